import { writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PracticeLedger } from '../../../main/practice/ledger.ts';
import { toError } from '../../../shared/result.ts';
import type { Finding, Part, PartOrder, PartReport } from '../part.ts';
import { controls, runControl } from './controls.ts';
import { nameReplay, readReplay } from './replay.ts';
import type { ShopHistory, ShopOrder } from './shop-history.ts';
import { runShop } from './shop-run.ts';
import { breakOff, judgeShop, type ShopVerdict } from './shop-verdict.ts';
import { drawTimeline } from './timeline.ts';
import { createWorkers, type Workers } from './worker.ts';

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
    const workers = createWorkers();
    for (let shop = next++; shop < shops && !isOver(); shop = next++) {
      const judged = await playShop(workers, shopOrder(seed, shop, killsOf(shop), isOver));
      if (judged.timeline.length > 0) say(`What happened is in ${keepTimeline(seed, shop, judged.timeline)}`);
      verdicts.push(judged.verdict);
      findings.push(...judged.findings);
      say(`shop ${shop + 1} of ${shops}: ${sum(verdicts, 'kills')} kills, ${findings.length} findings`);
    }
    await workers.end();
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, shops) }, work));
  const ownMs = performance.now() - startedAt;
  const caught = await runControls(seed, findings);
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

/** How often each was found out; one that was not, or could not be run, is a finding. */
async function runControls(seed: number, findings: Finding[]): Promise<readonly number[]> {
  const workers = createWorkers();
  const counts: number[] = [];
  for (const control of controls) {
    try {
      const count = await runControl(await workers.current(), control, seed);
      counts.push(count);
      if (count === 0) findings.push({ what: `The control "${control.name}" was not found out.`, replay: null });
    } catch (thrown) {
      await workers.end();
      counts.push(0);
      findings.push({
        what: `The control "${control.name}" could not be run: ${toError(thrown).message}`,
        replay: null,
      });
    }
  }
  await workers.end();
  return counts;
}

async function replayOne({ seed, say }: Order, replay: string): Promise<PartReport> {
  const { shop, kills } = readReplay(replay);
  const workers = createWorkers();
  const judged = await playShop(workers, { ...shopOrder(seed, shop, kills.length, () => false), replay: kills });
  await workers.end();
  for (const line of judged.timeline) say(line);
  return { figures: [{ name: 'kills', value: judged.verdict.kills }], findings: judged.findings, skipped: null };
}

function shopOrder(seed: number, shop: number, kills: number, isOver: () => boolean): ShopOrder {
  return { seed, shop, kills, customers: CUSTOMERS, replay: null, sqlAtStart: null, lostAnswer: null, isOver };
}

/** Never fails: what breaks off is a finding, and the next shop gets new simulators. */
async function playShop(workers: Workers, order: ShopOrder): Promise<Judged> {
  let history: ShopHistory | undefined;
  try {
    const worker = await workers.current();
    history = await runShop(worker, order);
    const { wreck } = history.notes;
    if (history.broken !== null || wreck === null) {
      await workers.end();
      return report(
        history,
        breakOff(history.lives.length, [...history.notes.problems, history.broken ?? 'it has no database']),
        null,
      );
    }
    const ledger = await worker.world.call.ledger();
    await worker.world.call.close();
    return report(history, judgeShop(history, wreck, ledger), ledger);
  } catch (thrown) {
    await workers.end();
    const verdict = breakOff(history?.lives.length ?? 0, [`it could not be played: ${toError(thrown).message}`]);
    return { verdict, findings: findingsOf(order.shop, verdict, history?.lives ?? []), timeline: [] };
  } finally {
    history?.remove();
  }
}

function report(history: ShopHistory, verdict: ShopVerdict, ledger: PracticeLedger | null): Judged {
  return {
    verdict,
    findings: findingsOf(history.order.shop, verdict, history.lives),
    timeline: verdict.findings.flatMap((finding) => [finding, ...drawTimeline(finding, history, ledger), '']),
  };
}

function findingsOf(shop: number, { findings }: ShopVerdict, lives: ShopHistory['lives']): readonly Finding[] {
  const replay = nameReplay(shop, lives);
  return findings.map((what) => ({ what: `shop ${shop}: ${what}`, replay }));
}

/** A kill at a moment may not hit the same request twice, so what was seen is kept. */
function keepTimeline(seed: number, shop: number, lines: readonly string[]): string {
  const path = join(tmpdir(), `heads-up-kill-${seed}-${shop}.txt`);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

function sum(verdicts: readonly ShopVerdict[], name: Exclude<keyof ShopVerdict, 'findings'>): number {
  return verdicts.reduce((total, verdict) => total + verdict[name], 0);
}
