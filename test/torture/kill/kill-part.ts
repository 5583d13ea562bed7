import { writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding, Part, PartOrder, PartReport } from '../part.ts';
import { controls, runControl } from './controls.ts';
import type { Seen } from './gate.ts';
import { nameReplay, readReplay } from './replay.ts';
import type { ShopOrder, Worker } from './shop-history.ts';
import { runShop } from './shop-run.ts';
import { judgeShop, type ShopVerdict } from './shop-verdict.ts';
import { drawTimeline } from './timeline.ts';
import { startWorldProcess } from './world.ts';

const KILLS_PER_SHOP = 25;
const CUSTOMERS = 250;
const MINUTE_MS = 60_000;
const AT_ONCE = Math.max(2, Math.floor(availableParallelism() / 2));

type Order = PartOrder<'kills'>;
type Judged = Readonly<{ verdict: ShopVerdict; findings: readonly Finding[]; timeline: readonly string[] }>;

/** SIGKILL at a thousand moments and points, judged by what the simulators received. */
export const killPart: Part<'kills'> = {
  name: 'kill',
  title: 'the engine is killed at any moment: nothing twice, nothing lost silently',
  sizes: { kills: 1000 },
  run: async (order) => (order.replay === null ? runAll(order) : replayOne(order, order.replay)),
};

async function runAll(order: Order): Promise<PartReport> {
  const { seed, sizes, minutes, say } = order;
  const startedAt = performance.now();
  const isOver = (): boolean => minutes !== null && performance.now() - startedAt > minutes * MINUTE_MS;
  const findings: Finding[] = [];
  const verdicts: ShopVerdict[] = [];
  const shops = Math.ceil(sizes.kills / KILLS_PER_SHOP);
  let next = 0;
  const killsOf = (shop: number): number => Math.min(KILLS_PER_SHOP, sizes.kills - shop * KILLS_PER_SHOP);

  async function work(): Promise<void> {
    await withWorker(async (worker) => {
      for (let shop = next++; shop < shops && !isOver(); shop = next++) {
        const judged = await playShop(worker, shopOrder(seed, shop, killsOf(shop), isOver));
        if (judged.timeline.length > 0) say(`What happened is in ${keepTimeline(seed, shop, judged.timeline)}`);
        verdicts.push(judged.verdict);
        findings.push(...judged.findings);
        say(`shop ${shop + 1} of ${shops}: ${sum(verdicts, 'kills')} kills, ${findings.length} findings`);
      }
    });
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, shops) }, work));
  const ownMs = performance.now() - startedAt;

  const caught = await withWorker(async (worker) => {
    const counts: number[] = [];
    for (const control of controls) counts.push(await runControl(worker, control, seed));
    return counts;
  });
  for (const [index, { name }] of controls.entries()) {
    if (caught[index] === 0) findings.push({ what: `The control "${name}" was not found out.`, replay: null });
  }
  return {
    figures: [
      { name: 'kills', value: sum(verdicts, 'kills') },
      { name: 'ms per kill, everything included', value: Math.round(ownMs / Math.max(1, sum(verdicts, 'kills'))) },
      { name: 'shops', value: verdicts.length },
      { name: 'triggers accepted', value: sum(verdicts, 'accepted') },
      { name: 'orders skipped for replies', value: sum(verdicts, 'skips') },
      { name: 'duplicate events', value: sum(verdicts, 'duplicates') },
      { name: 'requests without a clear answer', value: sum(verdicts, 'unclear') },
      { name: '  at most: under way when it was killed or cut off', value: sum(verdicts, 'underWay') },
      { name: '  and answers that the fault mix lost', value: sum(verdicts, 'answersLost') },
      { name: 'unknown in the end, where nobody looked', value: sum(verdicts, 'unknown') },
      { name: 'repeats that Postscript dropped, all asked for', value: sum(verdicts, 'dropped') },
      ...controls.map(({ name, finds }, index) => ({ name: `control, ${name}: ${finds}`, value: caught[index] ?? 0 })),
    ],
    findings,
    skipped: null,
  };
}

async function replayOne({ seed, say }: Order, replay: string): Promise<PartReport> {
  const { shop, kills } = readReplay(replay);
  const judged = await withWorker((worker) =>
    playShop(worker, { ...shopOrder(seed, shop, kills.length, () => false), replay: kills }),
  );
  for (const line of judged.timeline) say(line);
  return { figures: [{ name: 'kills', value: judged.verdict.kills }], findings: judged.findings, skipped: null };
}

function shopOrder(seed: number, shop: number, kills: number, isOver: () => boolean): ShopOrder {
  return { seed, shop, kills, customers: CUSTOMERS, replay: null, sqlAtStart: null, isOver };
}

async function playShop(worker: Worker, order: ShopOrder): Promise<Judged> {
  const history = await runShop(worker, order);
  try {
    const ledger = await worker.world.call.ledger();
    const verdict = judgeShop(history, ledger);
    const replay = nameReplay(order.shop, history.lives);
    return {
      verdict,
      findings: verdict.findings.map((what) => ({ what: `shop ${order.shop}: ${what}`, replay })),
      timeline: verdict.findings.flatMap((finding) => [finding, ...drawTimeline(finding, history, ledger), '']),
    };
  } finally {
    history.remove();
    await worker.world.call.close();
  }
}

/** A kill at a moment may not hit the same request twice, so what was seen is kept. */
function keepTimeline(seed: number, shop: number, lines: readonly string[]): string {
  const path = join(tmpdir(), `heads-up-kill-${seed}-${shop}.txt`);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

/** A process with simulators, which ends with the work. */
export async function withWorker<Result>(work: (worker: Worker) => Promise<Result>): Promise<Result> {
  let handle: (seen: Seen) => void = () => undefined;
  const world = await startWorldProcess((seen) => handle(seen));
  try {
    return await work({
      world,
      onReached: (next) => {
        handle = next;
      },
    });
  } finally {
    world.process.kill();
    await world.ended;
  }
}

function sum(verdicts: readonly ShopVerdict[], name: Exclude<keyof ShopVerdict, 'findings'>): number {
  return verdicts.reduce((total, verdict) => total + verdict[name], 0);
}
