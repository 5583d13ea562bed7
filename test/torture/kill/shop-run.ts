import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { scratch } from '../../helpers/scratch.ts';
import type { Look } from '../../../main/practice/judge-types.ts';
import { EndedError } from './remote-calls.ts';
import { readPoints, startEngineProcess, valueOf, type EngineProcess } from './engine.ts';
import type { EngineOrder } from './engine-process.ts';
import type { Seen } from './gate.ts';
import { mindTheLine, settleUnknown, undoSkip } from './person.ts';
import { makeOlder } from './older-shop.ts';
import { nameKill } from './replay.ts';
import type { ShopHistory, ShopOrder, Worker } from './shop-history.ts';
import { planLife, planShop, type Act, type Kill, type LifePlan, type ShopPlan } from './shop-plan.ts';
import { readWreck, type Wreck } from './wreck.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Answers on a loaded machine must not look like lost ones. */
const TIMEOUT_MS = 400;
/** Nothing of the setting up may be lost. */
const SET_UP_TIMEOUT_MS = 10_000;
const LATENCY_MS = 6;
const MOST_UNDER_WAY = 3;
/** Steps of the clock in a life in peace, and how many such lives there may be. */
const PEACE_STEPS = 8;
const MOST_PEACE = 12;

/** One shop from its first start through all its kills to its peace. Leaves its folder for whoever judges it. */
export async function runShop({ world, onReached }: Worker, order: ShopOrder): Promise<ShopHistory> {
  const plan = planShop(order.seed, order.shop, order.customers);
  const base = mkdtempSync(join(scratch, 'heads-up-kill-'));
  const dataFolder = join(base, 'data');
  mkdirSync(dataFolder);
  const { urls, credentials } = await world.call.start(plan.options);
  await world.call.setLatency(LATENCY_MS);
  let now = plan.options.startAt;
  let skewMs = 0;
  let faults: ShopPlan['faults'] = 'none';
  let turns = 0;
  let wreck: Wreck | null = null;
  let underWay = 0;
  let answersLost = 0;
  let restoring: { from: number } | null = null;
  const lives: { at: number; diedAt: number; killed: string; isEarly: boolean }[] = [];
  const problems: string[] = [];
  const forgotten: { from: number; until: number }[] = [];
  const backups = new Map<string, number>();
  const skews: { at: number; skewMs: number }[] = [];
  const resent = new Map<string, number>();
  let looks: Look[] = [];
  let rounds: Look[] = [];

  const engineOrder = (killAt: number | null, countsTurns: boolean): EngineOrder => ({
    dataFolder,
    remotes: { postscript: urls.postscript, smartrr: urls.smartrr },
    secrets: {
      postscript_key: credentials.postscriptKey,
      smartrr_token: credentials.smartrrToken,
      inbox_token: credentials.inboxToken,
      inbox_webhook_secret: credentials.webhookSecret,
    },
    now: now + skewMs,
    timeoutMs: TIMEOUT_MS,
    killAt,
    countsTurns,
    countPath: join(base, 'points'),
    sqlAtStart: order.sqlAtStart,
  });

  async function pass(ms: number): Promise<void> {
    now += ms;
    await world.call.advanceTo(now);
  }

  /** Wakes the engine and notes what it must have seen. */
  async function look(engine: EngineProcess): Promise<void> {
    const round = { at: now, believed: now + skewMs };
    rounds.push(round);
    await engine.call.wake();
    if (faults !== 'none') return;
    const { lastSyncAt } = valueOf(await engine.ask('status.get', {}));
    if (lastSyncAt !== null && Math.abs(lastSyncAt - round.believed) < MINUTE_MS) looks.push(round);
  }

  async function act(engine: EngineProcess, what: Act): Promise<void> {
    switch (what) {
      case 'settle_unknown':
        if (wreck !== null) await settleUnknown(plan.person, engine, world, wreck);
        return;
      case 'undo':
        if (wreck !== null) await undoSkip(engine, wreck);
        return;
      case 'back_up': {
        const made = await engine.ask('backups.create', {});
        if (made.ok) backups.set(made.value.name, now);
        return;
      }
      case 'restore': {
        const [name, madeAt] = [...backups].at(-1) ?? [];
        if (name === undefined || madeAt === undefined) return;
        restoring = { from: madeAt };
        await engine.ask('backups.restore', { name });
        await mindTheLine(engine);
        return;
      }
      case 'cut_network':
        await Promise.all([engine.call.wake(), world.call.cutNetwork()]);
        underWay += MOST_UNDER_WAY;
        await pass(MINUTE_MS);
        await engine.call.moveTo(now + skewMs);
        await engine.call.wake();
        await world.call.mendNetwork();
        return;
      case 'sleep':
        await engine.call.sleep();
        await pass(DAY_MS);
        await engine.call.moveTo(now + skewMs);
        return;
    }
  }

  async function live(engine: EngineProcess, life: Pick<LifePlan, 'rounds'>, kill: Kill | null): Promise<void> {
    const isTurn = kill?.kind === 'turn';
    const killAt = kill?.kind === 'turn' || kill?.kind === 'point' ? kill.number : null;
    await engine.call.start(engineOrder(killAt, isTurn));
    await mindTheLine(engine);
    await look(engine);
    for (const round of life.rounds) {
      await pass(round.ms);
      await engine.call.moveTo(now + skewMs);
      await mindTheLine(engine);
      if (round.act !== null) await act(engine, round.act);
      await look(engine);
    }
  }

  /** What the engine left behind, and what follows from it for the judge. */
  async function lookAtWreck(): Promise<void> {
    const broken = await world.call.takeBroken();
    const found = readWreck(dataFolder);
    if (found === null) return;
    problems.push(...found.problems.map((problem) => `after life ${lives.length}: ${problem}`));
    underWay += found.sending;
    // Those that broke because the engine died are among the rows that are under way.
    answersLost += Math.max(0, broken - found.sending);
    for (const { key, times } of found.resent) resent.set(key, Math.max(resent.get(key) ?? 0, times));
    const { wholeAt } = found;
    const seen = wholeAt === null ? undefined : rounds.findLast(({ believed }) => believed <= wholeAt);
    if (seen !== undefined && wholeAt !== null && wholeAt - seen.believed < MINUTE_MS) looks.push(seen);
    if (restoring !== null && found.restored?.restoredAt !== wreck?.restored?.restoredAt) {
      const gone = { from: restoring.from, until: now + MINUTE_MS };
      forgotten.push(gone);
      looks = looks.filter(({ at }) => at < gone.from);
      restoring = null;
    }
    wreck = found;
  }

  async function liveAndDie(number: number): Promise<void> {
    const life = planLife(order.seed, order.shop, number, plan, turns);
    const kill = order.replay?.[number] ?? life.kill;
    skewMs = life.skewMs;
    faults = number % 3 === 2 ? 'none' : plan.faults;
    await world.call.mendNetwork();
    await world.call.setFaults(faults);
    await pass(life.awayMs);
    skews.push({ at: now, skewMs });
    rounds = [];
    const engine = await startEngineProcess();
    const die = (): void => void engine.process.kill('SIGKILL');
    let reached: Seen | null = null;
    onReached((seen) => {
      reached = seen;
      die();
    });
    await world.call.arm(kill.kind === 'request' ? kill : null);
    const timer = kill.kind === 'moment' ? setTimeout(die, kill.ms) : undefined;
    const bornAt = now;
    const problem = await live(engine, life, kill).then(
      () => null,
      (thrown: unknown) => (thrown instanceof EndedError ? null : thrown),
    );
    const isEarly = !engine.process.killed && engine.process.exitCode === null;
    die();
    clearTimeout(timer);
    const end = await engine.ended;
    const { errors } = engine;
    if (problem !== null || (end !== 'SIGKILL' && end !== 0))
      problems.push(`life ${number} ended with ${String(end)}: ${String(problem)} ${errors()}`);
    else if (errors().trim() !== '') problems.push(`life ${number}: ${errors().trim()}`);
    await world.call.releaseLate();
    const count = readPoints(engineOrder(null, false));
    turns = Math.max(turns, count.turns);
    lives.push({ at: bornAt, diedAt: now, killed: nameKill(kill, reached, count.points), isEarly });
    await lookAtWreck();
  }

  /** A life without a kill, which ends by itself. */
  async function liveInPeace(steps: number, acts: Act | null): Promise<void> {
    rounds = [];
    const engine = await startEngineProcess();
    try {
      await live(
        engine,
        { rounds: Array.from({ length: steps }, (_, index) => ({ ms: 2 * HOUR_MS, act: index === 0 ? acts : null })) },
        null,
      );
      await engine.call.stop();
    } catch (thrown) {
      problems.push(`a life in peace: ${String(thrown)} ${engine.errors()}`);
    }
    if (engine.errors().trim() !== '') problems.push(`a life in peace: ${engine.errors().trim()}`);
    engine.process.kill();
    await engine.ended;
    await lookAtWreck();
  }

  async function setUp(): Promise<void> {
    const engine = await startEngineProcess();
    await engine.call.start({ ...engineOrder(null, false), timeoutMs: SET_UP_TIMEOUT_MS });
    const { inboxToken, webhookSecret } = credentials;
    valueOf(await engine.ask('connections.saveInbox', { url: urls.inbox, token: inboxToken, webhookSecret }));
    valueOf(await engine.ask('settings.save', { shopName: 'Fern', accountPageLink: 'https://fern.example/account' }));
    await engine.call.wake();
    valueOf(await engine.ask('sending.setOn', { on: true }));
    await engine.call.stop();
    engine.process.kill();
    await engine.ended;
    await lookAtWreck();
  }

  await setUp();
  if (plan.olderVersion !== null) makeOlder(join(dataFolder, 'heads-up.db'), plan.olderVersion);
  for (let number = 0; number < order.kills && !order.isOver(); number += 1) await liveAndDie(number);
  skewMs = 0;
  faults = 'none';
  await world.call.setFaults('none');
  await world.call.mendNetwork();
  await world.call.arm(null);
  await pass(MINUTE_MS);
  skews.push({ at: now, skewMs });
  for (let peace = 0; peace < MOST_PEACE; peace += 1) {
    await liveInPeace(PEACE_STEPS, 'settle_unknown');
    const { isQuiet, unknown } = settled(wreck);
    if (peace >= 2 && isQuiet && (plan.person === 'absent' || unknown.length === 0)) break;
  }
  return {
    plan,
    order,
    lives,
    problems,
    looks,
    forgotten,
    skews,
    underWay,
    answersLost,
    resent,
    last: settled(wreck),
    dataFolder,
    endedAt: now,
    remove: () => rmSync(base, { recursive: true, force: true }),
  };
}

function settled(wreck: Wreck | null): Wreck {
  if (wreck === null) throw new Error('Expected the shop to have a database');
  return wreck;
}
