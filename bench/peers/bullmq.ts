import { loadPeer } from './load-peer.ts';
import type { Peer } from './peer.ts';
import { startRedis } from './redis-server.ts';

type Connection = Readonly<{ host: string; port: number; maxRetriesPerRequest: null }>;
type Queue = Readonly<{
  add: (name: string, data: unknown) => Promise<unknown>;
  addBulk: (jobs: readonly Readonly<{ name: string; data: unknown }>[]) => Promise<unknown>;
  close: () => Promise<void>;
}>;
type Worker = Readonly<{
  on: ((event: 'completed', heard: () => void) => unknown) &
    ((event: 'error', heard: (error: Error) => void) => unknown);
  close: () => Promise<void>;
}>;
type Bullmq = Readonly<{
  Queue: new (name: string, options: Readonly<{ connection: Connection }>) => Queue;
  Worker: new (
    name: string,
    work: (job: Readonly<{ data: unknown }>) => Promise<void>,
    options: Readonly<{
      connection: Connection;
      concurrency: number;
      lockDuration?: number;
      stalledInterval?: number;
      maxStalledCount?: number;
    }>,
  ) => Worker;
}>;

/**
 * Its package promises this shape; only what is used here is written down.
 *
 * @throws MissingPeer
 */
export async function loadBullmq(): Promise<Bullmq> {
  return (await loadPeer('bullmq')) as Bullmq;
}

/** On a Redis that writes every command to the disk before it answers: `appendfsync always`. One job at a time. */
export const bullmq: Peer = {
  name: 'BullMQ',
  prepare: async (folder) => {
    const { Queue, Worker } = await loadBullmq();
    const redis = await startRedis(folder);
    const connection: Connection = { host: '127.0.0.1', port: redis.port, maxRetriesPerRequest: null };
    let rounds = 0;
    return {
      open: async () => {
        rounds += 1;
        const name = `round-${rounds}`;
        const queue = new Queue(name, { connection });
        return {
          enqueue: async (keys) => {
            const jobs = keys.map((key) => ({ name: 'job', data: { key } }));
            await (jobs.length === 1 ? queue.add('job', jobs[0]?.data) : queue.addBulk(jobs));
          },
          work: async (count, onJob) => {
            const { promise: done, resolve, reject } = Promise.withResolvers<void>();
            const worker = new Worker(name, async () => onJob(), { connection, concurrency: 1 });
            let completed = 0;
            worker.on('error', reject);
            worker.on('completed', () => {
              completed += 1;
              if (completed === count) resolve();
            });
            await done;
            await worker.close();
          },
          close: () => queue.close(),
        };
      },
      close: redis.stop,
    };
  },
};
