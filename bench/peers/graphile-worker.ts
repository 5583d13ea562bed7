import { loadPeer } from './load-peer.ts';
import type { Peer } from './peer.ts';
import { startPostgres } from './postgres-server.ts';

type Shared = Readonly<{ connectionString: string; schema: string; logger: unknown }>;
type Utilities = Readonly<{
  migrate: () => Promise<void>;
  addJob: (task: string, payload: unknown) => Promise<unknown>;
  addJobs: (jobs: readonly Readonly<{ identifier: string; payload: unknown }>[]) => Promise<unknown>;
  release: () => Promise<void>;
}>;
type Runner = Readonly<{
  events: Readonly<{ on: (event: 'job:complete', heard: () => void) => unknown }>;
  stop: () => Promise<void>;
}>;
type GraphileWorker = Readonly<{
  Logger: new (log: () => () => void) => unknown;
  makeWorkerUtils: (options: Shared) => Promise<Utilities>;
  run: (
    options: Shared & Readonly<{ concurrency: number; noHandleSignals: boolean; taskList: unknown }>,
  ) => Promise<Runner>;
}>;

/** On a PostgreSQL with its defaults, which wait for the disk. One job at a time, not batched. */
export const graphileWorker: Peer = {
  name: 'graphile-worker',
  prepare: async () => {
    // Its package promises this shape; only what is used here is written down.
    const { Logger, makeWorkerUtils, run } = (await loadPeer('graphile-worker')) as GraphileWorker;
    const postgres = await startPostgres();
    const logger = new Logger(() => () => undefined);
    let rounds = 0;
    return {
      open: async () => {
        rounds += 1;
        const shared = { connectionString: postgres.url, schema: `round_${rounds}`, logger };
        const utilities = await makeWorkerUtils(shared);
        await utilities.migrate();
        return {
          enqueue: async (keys) => {
            const jobs = keys.map((key) => ({ identifier: 'job', payload: { key } }));
            await (jobs.length === 1 ? utilities.addJob('job', jobs[0]?.payload) : utilities.addJobs(jobs));
          },
          work: async (count, onJob) => {
            const { promise: done, resolve } = Promise.withResolvers<void>();
            const runner = await run({ ...shared, concurrency: 1, noHandleSignals: true, taskList: { job: onJob } });
            let completed = 0;
            runner.events.on('job:complete', () => {
              completed += 1;
              if (completed === count) resolve();
            });
            await done;
            await runner.stop();
          },
          close: () => utilities.release(),
        };
      },
      close: postgres.stop,
    };
  },
};
