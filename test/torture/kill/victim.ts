import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { createRandom } from '../../../main/practice/random.ts';

/**
 * A program that keeps a queue of jobs and makes one POST for each, started and killed in the same loop as any other:
 * what it does twice and what it loses is counted where its requests arrive.
 */
export type Victim = Readonly<{
  name: string;
  /** A module for Node 24; run in the folder that is named in the environment below. */
  entry: string;
  environment?: Readonly<Record<string, string>>;
  /** What it still has on its books when everything is over. Without it, nobody knows. */
  listOpen?: (folder: string) => OpenJobs;
}>;

/** Jobs that are not lost, although they are not done. */
export type OpenJobs = Readonly<{
  /** Shown to a person as in doubt. */
  unknown: readonly string[];
  /** Still in line. */
  waiting: readonly string[];
}>;

/** What a victim finds in its environment. */
export type VictimEnvironment = Readonly<{
  /** Its state lies here and outlives it. */
  VICTIM_FOLDER: string;
  /** POST `{"type": "job", "external_id": KEY}` here for each job, with `Authorization: Bearer VICTIM_KEY`; 2xx is done. */
  VICTIM_URL: string;
  VICTIM_KEY: string;
  /** New jobs of this start, as a JSON list of keys. Those of earlier starts that are not done go on by themselves. */
  VICTIM_JOBS: string;
  /** How many requests it may have under way. */
  VICTIM_AT_ONCE: string;
}>;

/** The line that it prints on stdout once all of VICTIM_JOBS are in its queue, whatever happens to it from then on. */
export const enqueuedLine = 'enqueued';

export type VictimReport = Readonly<{
  kills: number;
  jobs: number;
  /** Requests that had their effect. */
  effects: number;
  duplicates: number;
  /** Neither at the server, nor on its books. */
  lost: number;
  unknown: number;
  waiting: number;
}>;

/** Where the effects are counted. */
export type VictimServer = Readonly<{
  url: string;
  key: string;
  /** Requests that came in so far. */
  countRequests: () => Promise<number>;
  /** Of each key that had an effect, how many it had. */
  countEffects: () => Promise<ReadonlyMap<string, number>>;
}>;

const JOBS_PER_START = 20;
/** The kill comes so long after the first request of a start, ms; or after the jobs are in the queue, if none comes. */
const LONGEST_LIFE_MS = 60;
const NO_REQUEST_MS = 2000;
/** Longer than any peer's lock on a job that was under way, with its time-outs cut to half a second. */
const QUIET_MS = 3000;
const LONGEST_END_MS = 60_000;

/** Starts and kills it that often, lets it come to its end, and counts. */
export async function killVictim(
  victim: Victim,
  order: Readonly<{
    kills: number;
    seed: number;
    atOnce: number;
    folder: string;
    server: VictimServer;
    /** The end has come when nothing new has arrived for so long. */
    quietMs?: number;
  }>,
): Promise<VictimReport> {
  const { kills, seed, atOnce, folder, server, quietMs = QUIET_MS } = order;
  const random = createRandom(seed, 'victim', victim.name);
  const acknowledged: string[] = [];

  async function begin(jobs: readonly string[]): Promise<ChildProcess> {
    const environment: VictimEnvironment = {
      VICTIM_FOLDER: folder,
      VICTIM_URL: server.url,
      VICTIM_KEY: server.key,
      VICTIM_JOBS: JSON.stringify(jobs),
      VICTIM_AT_ONCE: String(atOnce),
    };
    const child = spawn(process.execPath, [victim.entry], {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', ...victim.environment, ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    await new Promise<void>((resolve, reject) => {
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk;
        if (output.split('\n').includes(enqueuedLine)) resolve();
      });
      child.once('exit', () => reject(new Error(`${victim.name} ended before its jobs were in its queue: ${output}`)));
    });
    acknowledged.push(...jobs);
    return child;
  }

  for (let start = 0; start < kills; start += 1) {
    const before = await server.countRequests();
    const child = await begin(Array.from({ length: JOBS_PER_START }, (_, index) => `job-${seed}-${start}-${index}`));
    const enqueuedAt = performance.now();
    while ((await server.countRequests()) === before && performance.now() - enqueuedAt < NO_REQUEST_MS) await wait(5);
    await wait(random.next() * LONGEST_LIFE_MS);
    await kill(child);
  }
  const last = await begin([]);
  await settle(server, quietMs);
  await kill(last);

  const effects = await server.countEffects();
  const { unknown, waiting } = victim.listOpen?.(folder) ?? { unknown: [], waiting: [] };
  const onItsBooks = new Set([...unknown, ...waiting]);
  const total = [...effects.values()].reduce((sum, count) => sum + count, 0);
  return {
    kills,
    jobs: acknowledged.length,
    effects: total,
    duplicates: total - effects.size,
    lost: acknowledged.filter((key) => !effects.has(key) && !onItsBooks.has(key)).length,
    unknown: unknown.length,
    waiting: waiting.length,
  };
}

async function kill(child: ChildProcess): Promise<void> {
  const hasEnded = once(child, 'exit');
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await hasEnded;
}

/** Until nothing new has arrived for a while: only the server knows when everything is over. */
async function settle({ countEffects }: VictimServer, quietMs: number): Promise<void> {
  const total = async (): Promise<number> =>
    [...(await countEffects()).values()].reduce((sum, count) => sum + count, 0);
  const startedAt = performance.now();
  let seen = await total();
  let seenAt = startedAt;
  while (performance.now() - seenAt < quietMs && performance.now() - startedAt < LONGEST_END_MS) {
    await wait(200);
    const now = await total();
    if (now === seen) continue;
    seen = now;
    seenAt = performance.now();
  }
}
