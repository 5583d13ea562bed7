import { randomInt } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeOwnVictim } from '../../test/torture/kill/own-victim.ts';
import { killVictim, type Victim, type VictimReport } from '../../test/torture/kill/victim.ts';
import { startVictimServer } from '../../test/torture/kill/victim-server.ts';
import { loadBullmq } from '../peers/bullmq.ts';
import { MissingPeer } from '../peers/peer.ts';
import { loadPlainjob } from '../peers/plainjob.ts';
import { startRedis } from '../peers/redis-server.ts';
import type { BenchOrder, BenchReport, BenchRow, Measured } from '../row.ts';

const KILLS = 30;
/** Our bound; the others get the same. */
const AT_ONCE = 3;
/** On a machine that has much else to do a process may come to nothing for seconds. */
const QUIET_MS = 10_000;

/** A queue to be killed, with what has to run beside it. */
type Killed = Readonly<{ victim: Victim; close: () => Promise<void> }>;
type Candidate = Readonly<{ name: string; prepare: (folder: string) => Promise<Killed> }>;

const entryOf = (file: string): string => fileURLToPath(new URL(`../peers/${file}`, import.meta.url));
const nothing = (): Promise<void> => Promise.resolve();

const own: Candidate = {
  name: 'Heads Up',
  prepare: async () => ({ victim: await makeOwnVictim(), close: nothing }),
};
const others: readonly Candidate[] = [
  {
    name: 'plainjob',
    prepare: async () => {
      await loadPlainjob();
      return { victim: { name: 'plainjob', entry: entryOf('plainjob-victim.ts') }, close: nothing };
    },
  },
  {
    name: 'BullMQ',
    prepare: async (folder) => {
      await loadBullmq();
      const redis = await startRedis(folder);
      const environment = { REDIS_PORT: String(redis.port) };
      return { victim: { name: 'BullMQ', entry: entryOf('bullmq-victim.ts'), environment }, close: redis.stop };
    },
  },
];

export const kills: BenchRow = {
  name: 'kills',
  title: 'What is done twice and what is lost when a queue is killed in its work',
  run: (order) => countKills(order),
};

async function countKills(order: BenchOrder): Promise<BenchReport> {
  const seed = randomInt(1, 2 ** 31);
  const measured: Measured[] = [];
  const missing: string[] = [];
  for (const candidate of [own, ...others]) {
    const report = await killOne(candidate, seed, order);
    if (typeof report === 'string') missing.push(report);
    else measured.push(...figuresOf(candidate, report));
  }
  return { measured, notes: [`Seed ${seed}, ${KILLS} kills each.`, ...missing, ...remarks], skipped: null };
}

async function killOne(
  { name, prepare }: Candidate,
  seed: number,
  { folder, say }: BenchOrder,
): Promise<VictimReport | string> {
  const own = join(folder, name);
  mkdirSync(own);
  let killed: Killed;
  try {
    killed = await prepare(own);
  } catch (error) {
    if (!(error instanceof MissingPeer)) throw error;
    say(`SKIPPED ${name}: ${error.message}`);
    return `- SKIPPED ${name}: ${error.message}`;
  }
  const { server, close } = await startVictimServer(seed);
  try {
    say(`${name}: ${KILLS} kills`);
    return await killVictim(killed.victim, {
      kills: KILLS,
      seed,
      atOnce: AT_ONCE,
      quietMs: QUIET_MS,
      folder: own,
      server,
    });
  } finally {
    await close();
    await killed.close();
  }
}

function figuresOf(candidate: Candidate, { duplicates, lost, unknown, waiting }: VictimReport): Measured[] {
  const perKill = (what: string, count: number, most: number | null): Measured => ({
    name: `${candidate.name}: ${what} per kill`,
    figure: count / KILLS,
    unit: '',
    target: most === null ? null : `at most ${most}`,
    reached: most === null ? null : count / KILLS <= most,
  });
  if (candidate !== own) return [perKill('done twice', duplicates, null), perKill('not done at the end', lost, null)];
  return [
    perKill('done twice', duplicates, 0),
    perKill('lost silently', lost, 0),
    perKill('waiting for a person', unknown, AT_ONCE),
    perKill('still in line at the end', waiting, null),
  ];
}

const remarks = [
  '- The simulated Postscript runs in a process of its own, knows no `external_id` again, and answers up to 40 ms late, half of ' +
    'it before the effect. Counted is what it received. Each start brings 20 jobs, and SIGKILL comes 0 to 60 ms later. ' +
    'The last start is left alone until nothing new has come for 10 s, for a minute at most: what a peer has not done by then ' +
    'may still lie in its queue.',
  '- plainjob and BullMQ promise each job at least once, and keep that promise: what was under way is done again. Their ' +
    'time-outs (half an hour, half a minute) are cut to 0.4 s and 1 s here, so that they come to it. The outbox promises each ' +
    'text at most once, and shows a person which ones are in doubt.',
];
