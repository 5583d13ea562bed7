import { enqueuedLine, type VictimEnvironment } from '../../test/torture/kill/victim.ts';
import { loadBullmq } from './bullmq.ts';
import { postJob } from './post-job.ts';

/** BullMQ in the kill loop: entry of its process. Its Redis runs beside it and is not killed. */

/** Its default is half a minute: short, so that it comes to take up again what was under way. */
const LOCK_MS = 1000;

// The victims' loop starts this process, with all of them; the row adds the port.
const { VICTIM_JOBS, VICTIM_AT_ONCE, REDIS_PORT } = process.env as VictimEnvironment & { REDIS_PORT: string };
const { Queue, Worker } = await loadBullmq();
const connection = { host: '127.0.0.1', port: Number(REDIS_PORT), maxRetriesPerRequest: null };
const queue = new Queue('jobs', { connection });
const keys = JSON.parse(VICTIM_JOBS) as readonly string[];
if (keys.length > 0) await queue.addBulk(keys.map((key) => ({ name: 'job', data: key })));
process.stdout.write(`${enqueuedLine}\n`);
const worker = new Worker('jobs', ({ data }) => postJob(String(data)), {
  connection,
  concurrency: Number(VICTIM_AT_ONCE),
  lockDuration: LOCK_MS,
  stalledInterval: LOCK_MS,
  // By default a job that was cut short twice fails, and is lost to this count.
  maxStalledCount: 1000,
});
// It says so when it has lost a lock to a kill; what comes of that is counted at the server.
worker.on('error', () => undefined);
