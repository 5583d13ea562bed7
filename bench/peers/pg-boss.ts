import { loadPeer } from './load-peer.ts';
import type { Peer } from './peer.ts';
import { startPostgres } from './postgres-server.ts';

type Boss = Readonly<{
  on: (event: 'error', heard: (error: Error) => void) => unknown;
  start: () => Promise<unknown>;
  stop: (options: Readonly<{ graceful: boolean }>) => Promise<void>;
  createQueue: (name: string) => Promise<void>;
  send: (name: string, data: object) => Promise<unknown>;
  insert: (name: string, jobs: readonly Readonly<{ data: object }>[]) => Promise<unknown>;
  fetch: (name: string, options: Readonly<{ batchSize: number }>) => Promise<readonly Readonly<{ id: string }>[]>;
  complete: (name: string, id: string) => Promise<unknown>;
}>;
type BossClass = new (
  options: Readonly<{ connectionString: string; schema: string; supervise: boolean; schedule: boolean }>,
) => Boss;

/** On a PostgreSQL with its defaults, which wait for the disk. Its own worker polls; here jobs are fetched in a loop. */
export const pgBoss: Peer = {
  name: 'pg-boss',
  prepare: async () => {
    // Its package promises this shape; only what is used here is written down.
    const { PgBoss } = (await loadPeer('pg-boss')) as { PgBoss: BossClass };
    const postgres = await startPostgres();
    let rounds = 0;
    return {
      open: async () => {
        rounds += 1;
        const schema = `round_${rounds}`;
        const boss = new PgBoss({ connectionString: postgres.url, schema, supervise: false, schedule: false });
        boss.on('error', (error) => {
          throw error;
        });
        await boss.start();
        await boss.createQueue('job');
        return {
          enqueue: async (keys) => {
            const jobs = keys.map((key) => ({ data: { key } }));
            const [first] = jobs;
            await (jobs.length === 1 && first !== undefined ? boss.send('job', first.data) : boss.insert('job', jobs));
          },
          work: async (count, onJob) => {
            for (let done = 0; done < count;) {
              const [job] = await boss.fetch('job', { batchSize: 1 });
              if (job === undefined) throw new Error(`Expected ${count} jobs, got ${done}`);
              onJob();
              await boss.complete('job', job.id);
              done += 1;
            }
          },
          close: () => boss.stop({ graceful: false }),
        };
      },
      close: postgres.stop,
    };
  },
};
