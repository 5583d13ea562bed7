import { join } from 'node:path';
import Database from 'better-sqlite3';
import { enqueuedLine, type VictimEnvironment } from '../../test/torture/kill/victim.ts';
import { loadPlainjob, silent } from './plainjob.ts';
import { postJob } from './post-job.ts';

/** plainjob in the kill loop: entry of its process. As durable as ours, and as many jobs at once. */

/** Its default is half an hour: short, so that it comes to take up again what was under way. */
const TIMEOUT_MS = 400;

// The victims' loop starts this process, with all of them.
const { VICTIM_FOLDER, VICTIM_JOBS, VICTIM_AT_ONCE } = process.env as VictimEnvironment;
const { better, defineQueue, defineWorker } = await loadPlainjob();
const db = new Database(join(VICTIM_FOLDER, 'plainjob.db'));
const maintenance = { timeout: TIMEOUT_MS, maintenanceInterval: TIMEOUT_MS / 2 };
const queue = defineQueue({ connection: better(db), logger: silent, ...maintenance });
db.pragma('synchronous = FULL');
const keys = JSON.parse(VICTIM_JOBS) as readonly string[];
if (keys.length > 0) queue.addMany('job', keys);
process.stdout.write(`${enqueuedLine}\n`);
const work = ({ data }: Readonly<{ data: string }>): Promise<void> => postJob(JSON.parse(data) as string);
const workers = Array.from({ length: Number(VICTIM_AT_ONCE) }, () =>
  defineWorker('job', work, { queue, logger: silent, pollIntervall: 50 }).start(),
);
await Promise.all(workers);
