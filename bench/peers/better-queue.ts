import { join } from 'node:path';
import { loadPeer } from './load-peer.ts';
import type { Peer } from './peer.ts';

type Done = (error?: unknown, value?: unknown) => void;
type Store = {
  connect: (done: Done) => void;
  /** Answers when what was put before is written. */
  getTask: (id: string, done: Done) => void;
  readonly _db: Readonly<{ exec: (sql: string, done: Done) => void }>;
};
type Queue = Readonly<{
  push: (task: Readonly<{ id: string }>) => Readonly<{ on: (event: 'queued', heard: () => void) => void }>;
  pause: () => void;
  resume: () => void;
  on: (event: 'task_finish', heard: () => void) => void;
  destroy: (done: Done) => void;
}>;
type QueueClass = new (
  work: (task: unknown, done: Done) => void,
  options: Readonly<{ store: Store; autoResume: boolean }>,
) => Queue;
type StoreClass = new (options: Readonly<{ path: string }>) => Store;

/** Its SQLite store sets `synchronous = OFF` and keeps its journal in memory; here that is set to WAL and `FULL`. */
export const betterQueue: Peer = {
  name: 'better-queue',
  prepare: async () => {
    // Both packages export a class in the way of CommonJS; only what is used here is written down.
    const { default: QueueOfTasks } = (await loadPeer('better-queue')) as { default: QueueClass };
    const { default: SqliteStore } = (await loadPeer('better-queue-sqlite')) as { default: StoreClass };
    return {
      open: async (folder) => {
        const store = new SqliteStore({ path: join(folder, 'better-queue.db') });
        let onJob = (): void => undefined;
        const connect = store.connect.bind(store);
        const connected = Promise.withResolvers<void>();
        store.connect = (done) =>
          connect((error, length) => {
            if (error) {
              done(error);
              return;
            }
            store._db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;', (refused) => {
              done(refused, length);
              connected.resolve();
            });
          });
        const work = (_task: unknown, done: Done): void => {
          onJob();
          done();
        };
        const queue = new QueueOfTasks(work, { store, autoResume: false });
        queue.pause();
        await connected.promise;
        return {
          // It says `queued` before it has written; its next read waits for the write.
          enqueue: async (keys) => {
            await Promise.all(
              keys.map((id) => new Promise<void>((resolve) => queue.push({ id }).on('queued', resolve))),
            );
            await new Promise<void>((resolve) => store.getTask(keys[0] ?? '', () => resolve()));
          },
          work: async (count, heard) => {
            onJob = heard;
            const { promise: done, resolve } = Promise.withResolvers<void>();
            let finished = 0;
            queue.on('task_finish', () => {
              finished += 1;
              if (finished === count) resolve();
            });
            queue.resume();
            await done;
          },
          close: () => new Promise((resolve) => queue.destroy(() => resolve())),
        };
      },
      close: () => Promise.resolve(),
    };
  },
};
