import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenQueue, QueueSession } from './queue-session.ts';

export type Contestant = Readonly<{ name: string; open: OpenQueue }>;

/** What one job cost in one round, ms. */
export type Lap = Readonly<{
  /** Put in line, in a commit of its own. */
  queuedAlone: number;
  /** Put in line, a hundred in a commit, as a page of a sync does it. */
  queuedByPage: number;
  /** Claimed and finished. */
  worked: number;
}>;

export type Race = Readonly<{
  contestants: readonly Contestant[];
  /** In each round and of each way to be put in line. */
  jobs: number;
  rounds: number;
  folder: string;
  say: (line: string) => void;
}>;

const PAGE = 100;

/** All of them in each round, in a new order each time. The laps of each, by round. */
export async function runRace({ contestants, jobs, rounds, folder, say }: Race): Promise<ReadonlyMap<string, Lap[]>> {
  const laps = new Map<string, Lap[]>(contestants.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round += 1) {
    say(`round ${round} of ${rounds}`);
    for (const { name, open } of inRandomOrder(contestants)) {
      const own = join(folder, 'round');
      mkdirSync(own);
      laps.get(name)?.push(await runLap(open, own, jobs));
      rmSync(own, { recursive: true });
    }
  }
  return laps;
}

async function runLap(open: OpenQueue, folder: string, jobs: number): Promise<Lap> {
  const keys = Array.from({ length: jobs * 2 }, (_, index) => String(index));
  const session = await open(folder, keys);
  try {
    const queuedAlone = await timed(async () => {
      for (const key of keys.slice(0, jobs)) await session.enqueue([key]);
    });
    const queuedByPage = await timed(async () => {
      for (let from = jobs; from < keys.length; from += PAGE) await session.enqueue(keys.slice(from, from + PAGE));
    });
    return {
      queuedAlone: queuedAlone / jobs,
      queuedByPage: queuedByPage / jobs,
      worked: await timeJobs(session, keys.length),
    };
  } finally {
    await session.close();
  }
}

/** From the beginning of one job to the beginning of the next, so that starting a worker counts for nobody. */
async function timeJobs(session: QueueSession, count: number): Promise<number> {
  let begun = 0;
  let [first, last] = [0, 0];
  await session.work(count, () => {
    last = performance.now();
    if (begun === 0) first = last;
    begun += 1;
  });
  if (begun !== count) throw new Error(`Expected ${count} jobs to be done once, but ${begun} began`);
  return (last - first) / (count - 1);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function inRandomOrder<T>(all: readonly T[]): readonly T[] {
  return all
    .map((value) => ({ value, at: Math.random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ value }) => value);
}
