import { join } from 'node:path';
import Database from 'better-sqlite3';
import { loadPeer } from './load-peer.ts';
import type { Peer } from './peer.ts';

type Queue = Readonly<{
  add: (type: string, data: unknown) => unknown;
  addMany: (type: string, data: readonly unknown[]) => unknown;
  close: () => void;
}>;
type Worker = Readonly<{ start: () => Promise<void>; stop: () => Promise<void> }>;
type Plainjob = Readonly<{
  better: (db: Database.Database) => unknown;
  defineQueue: (
    options: Readonly<{ connection: unknown; logger: unknown; timeout?: number; maintenanceInterval?: number }>,
  ) => Queue;
  defineWorker: (
    type: string,
    work: (job: Readonly<{ data: string }>) => void | Promise<void>,
    options: Readonly<{ queue: Queue; logger: unknown; pollIntervall?: number; onCompleted?: () => void }>,
  ) => Worker;
}>;

/**
 * Its package promises this shape; only what is used here is written down.
 *
 * @throws MissingPeer
 */
export async function loadPlainjob(): Promise<Plainjob> {
  return (await loadPeer('plainjob')) as Plainjob;
}

export const silent = { error: () => undefined, warn: () => undefined, info: () => undefined, debug: () => undefined };

/** SQLite through better-sqlite3, as ours. It sets `synchronous = NORMAL`; here that is set back to `FULL`. */
export const plainjob: Peer = {
  name: 'plainjob',
  prepare: async () => {
    const { better, defineQueue, defineWorker } = await loadPlainjob();
    return {
      open: async (folder) => {
        const db = new Database(join(folder, 'plainjob.db'));
        const queue = defineQueue({ connection: better(db), logger: silent });
        db.pragma('synchronous = FULL');
        return {
          enqueue: async (keys) => {
            const jobs = keys.map((key) => ({ key }));
            if (jobs.length === 1) queue.add('job', jobs[0]);
            else queue.addMany('job', jobs);
          },
          work: async (count, onJob) => {
            const { promise: done, resolve } = Promise.withResolvers<void>();
            let completed = 0;
            const onCompleted = (): void => {
              completed += 1;
              if (completed === count) resolve();
            };
            const worker = defineWorker('job', onJob, { queue, logger: silent, onCompleted });
            const ended = worker.start();
            await done;
            await worker.stop();
            await ended;
          },
          close: async () => queue.close(),
        };
      },
      close: () => Promise.resolve(),
    };
  },
};
