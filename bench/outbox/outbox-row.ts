import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { betterQueue } from '../peers/better-queue.ts';
import { bullmq } from '../peers/bullmq.ts';
import { graphileWorker } from '../peers/graphile-worker.ts';
import { MissingPeer, type Peer, type ReadyPeer } from '../peers/peer.ts';
import { pgBoss } from '../peers/pg-boss.ts';
import { plainjob } from '../peers/plainjob.ts';
import type { BenchOrder, BenchReport, BenchRow, Measured } from '../row.ts';
import { openBareOutbox } from './bare-outbox.ts';
import { openOwnOutbox } from './own-outbox.ts';
import { runRace, type Contestant, type Lap } from './race.ts';

const JOBS = 400;
const ROUNDS = 7;
const OURS = 'Heads Up';
const BARE = 'the bare loop';
const LEAST_OF_BARE = 0.8;
/** At least so much faster than it. */
const targets: ReadonlyMap<string, number> = new Map([[plainjob.name, 1.5]]);

export const outbox: BenchRow = {
  name: 'outbox',
  title: 'A delivery put in line, claimed and finished, on the disk at each step',
  run: (order) =>
    measureOutbox({ ...order, jobs: Math.min(order.rows, JOBS), rounds: ROUNDS }, [
      plainjob,
      betterQueue,
      bullmq,
      graphileWorker,
      pgBoss,
    ]),
};

/** The outbox beside the bare loop and those of the peers that are installed. */
export async function measureOutbox(
  order: Pick<BenchOrder, 'folder' | 'say'> & Readonly<{ jobs: number; rounds: number }>,
  peers: readonly Peer[],
): Promise<BenchReport> {
  const ready = new Map<string, ReadyPeer>();
  const missing: string[] = [];
  try {
    for (const peer of peers) {
      const prepared = await prepare(peer, order);
      if (typeof prepared === 'string') missing.push(prepared);
      else ready.set(peer.name, prepared);
    }
    const contestants: Contestant[] = [
      { name: OURS, open: openOwnOutbox },
      { name: BARE, open: openBareOutbox },
      ...[...ready].map(([name, { open }]) => ({ name, open })),
    ];
    const laps = await runRace({ ...order, contestants });
    return report(laps, missing);
  } finally {
    for (const { close } of ready.values()) await close();
  }
}

async function prepare(peer: Peer, { folder, say }: Pick<BenchOrder, 'folder' | 'say'>): Promise<ReadyPeer | string> {
  const own = join(folder, peer.name);
  mkdirSync(own);
  try {
    return await peer.prepare(own);
  } catch (error) {
    if (!(error instanceof MissingPeer)) throw error;
    say(`SKIPPED ${peer.name}: ${error.message}`);
    return `- SKIPPED ${peer.name}: ${error.message}`;
  }
}

/** What a job costs from the line to its end. */
const alone = ({ queuedAlone, worked }: Lap): number => queuedAlone + worked;
const byPage = ({ queuedByPage, worked }: Lap): number => queuedByPage + worked;

function report(laps: ReadonlyMap<string, readonly Lap[]>, missing: readonly string[]): BenchReport {
  const ours = laps.get(OURS) ?? [];
  /** The median over the rounds of how much longer they take than we do. */
  const timesOurs = (theirs: readonly Lap[], cost: (lap: Lap) => number): number =>
    median(theirs.flatMap((lap, round) => (ours[round] === undefined ? [] : [cost(lap) / cost(ours[round])])));
  const measured: Measured[] = [];
  for (const [name, theirs] of laps) {
    if (name === OURS) continue;
    const least = name === BARE ? LEAST_OF_BARE : (targets.get(name) ?? 1);
    const figure = timesOurs(theirs, byPage);
    measured.push({
      name: `outbox, times the speed of ${name}`,
      figure,
      unit: 'x',
      target: least === 1 ? 'more than 1' : `at least ${least}`,
      reached: least === 1 ? figure > 1 : figure >= least,
    });
    const withOwnCommit = timesOurs(theirs, alone);
    measured.push({
      name: `the same, put in line one by one: ${name}`,
      figure: withOwnCommit,
      unit: 'x',
      target: null,
      reached: null,
    });
  }
  return { measured, notes: [...table(laps), ...missing, ...remarks], skipped: null };
}

function table(laps: ReadonlyMap<string, readonly Lap[]>): readonly string[] {
  const perSecond = (all: readonly Lap[], cost: (lap: Lap) => number): string =>
    Math.round(1000 / median(all.map(cost))).toLocaleString('en');
  return [
    `Jobs per second, medians of ${laps.get(OURS)?.length ?? 0} rounds in which all took part, in a new order each time:`,
    [
      '| queue | put in line, one by one | put in line by the page | claimed and finished | by the page, all of it |',
      '| --- | ---: | ---: | ---: | ---: |',
      ...[...laps].map(([name, all]) => {
        const figures = [({ queuedAlone }: Lap) => queuedAlone, ({ queuedByPage }: Lap) => queuedByPage];
        const costs = [...figures, ({ worked }: Lap) => worked, byPage];
        return `| ${name} | ${costs.map((cost) => perSecond(all, cost)).join(' | ')} |`;
      }),
    ].join('\n'),
  ];
}

const remarks = [
  '- **What counts**: a delivery is put in line in the commit of the page of a sync that caused it, a hundred rows at most; the ' +
    'commit that ends one also claims the next. So the product makes one commit per job, and one per page. The peers get the ' +
    'same pages through their own calls for many jobs at once. Beside it stands what it costs when each is put in line alone.',
  '- **The bare loop** leaves the very same rows behind, in the same file with the same indexes: delivery, attempt with request ' +
    'and answer, decisions, counts. It asks no question and knows no settings, holds, storms, windows or checks.',
  '- **All are as durable**: what is acknowledged is on the disk. plainjob sets `synchronous = NORMAL` and better-queue-sqlite ' +
    '`OFF` with the journal in memory; both are set to WAL and `FULL` here. Redis runs with `appendfsync always`, PostgreSQL with ' +
    'its defaults. better-queue says `queued` before it has written; the benchmark waits for the write.',
  '- **One job, one commit**: each peer works on one job at a time. BullMQ, graphile-worker and pg-boss can batch, and are many ' +
    'times faster then; what a crash leaves in doubt grows with it.',
  '- **What they do not keep**: no peer here keeps a log of attempts and decisions that is filtered, searched and paged ' +
    'beside the queue. That is most of what our job costs, and the bare loop pays for it, too: a delivery that is put in line ' +
    'writes 11 pages of 4 kB, and the commit that ends one and claims the next 14; plainjob writes 3, and 4 in its two commits. ' +
    'So the faster the disk syncs, the less one commit instead of two is worth. The bare loop is the limit of what code can reach.',
];

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
