import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { toError } from '../../../shared/result.ts';
import { scratch } from '../../helpers/scratch.ts';
import { engineName, readPoints, startEngineProcess, valueOf, type EngineProcess } from './engine.ts';
import type { EngineOrder } from './engine-process.ts';
import type { Seen } from './gate.ts';
import { mindTheLine, settleUnknown, undoSkip } from './person.ts';
import { makeOlder } from './older-shop.ts';
import { LostError } from './remote-calls.ts';
import { nameKill } from './replay.ts';
import type { ShopHistory, ShopOrder, Worker } from './shop-history.ts';
import { createNotebook } from './shop-notes.ts';
import { planLife, planShop, type Act, type LifePlan, type ShopPlan, type Strike } from './shop-plan.ts';
import { worldName } from './world.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Answers on a loaded machine must not look like lost ones. */
const TIMEOUT_MS = 400;
/** Nothing of the setting up may be lost. */
const SET_UP_TIMEOUT_MS = 10_000;
const LATENCY_MS = 6;
/** Steps of the clock in a life in peace, and how many such lives there may be. */
const PEACE_STEPS = 8;
const MOST_PEACE = 12;

/**
 * One shop from its first start through all its kills to its peace. Leaves its folder for whoever judges it.
 *
 * What goes wrong with the harness's own processes on the way ends the shop, and is in its history.
 */
export async function runShop({ world, onReached }: Worker, order: ShopOrder): Promise<ShopHistory> {
  const plan = planShop(order.seed, order.shop, order.customers);
  const { urls, credentials } = await world.call.start(plan.options);
  const base = mkdtempSync(join(scratch, 'heads-up-kill-'));
  const dataFolder = join(base, 'data');
  const countPath = join(base, 'points');
  mkdirSync(dataFolder);
  const notebook = createNotebook();
  const lives: { at: number; diedAt: number; killed: string }[] = [];
  const skews: { at: number; skewMs: number }[] = [];
  let now = plan.options.startAt;
  let skewMs = 0;
  let faults: ShopPlan['faults'] = 'none';
  let turns = 0;
  let running: EngineProcess | undefined;

  const engineOrder = (strike: Strike | null): EngineOrder => ({
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
    strike,
    countPath,
    sqlAtStart: order.sqlAtStart,
  });

  async function startEngine(): Promise<EngineProcess> {
    notebook.beginLife();
    rmSync(countPath, { force: true });
    running = await startEngineProcess();
    return running;
  }

  async function pass(ms: number): Promise<void> {
    now += ms;
    await world.call.advanceTo(now);
  }

  /** Wakes the engine and notes what it must have seen. */
  async function look(engine: EngineProcess): Promise<void> {
    const round = { at: now, believed: now + skewMs };
    notebook.addRound(round);
    await engine.call.wake();
    if (faults !== 'none') return;
    const { lastSyncAt } = valueOf(await engine.ask('status.get', {}));
    if (lastSyncAt !== null && Math.abs(lastSyncAt - round.believed) < MINUTE_MS) notebook.addLook(round);
  }

  async function act(engine: EngineProcess, what: Act): Promise<void> {
    const { wreck } = notebook.read();
    switch (what) {
      case 'settle_unknown':
        if (wreck !== null) await settleUnknown(plan.person, engine, world, wreck);
        return;
      case 'undo':
        if (wreck !== null) await undoSkip(engine, wreck);
        return;
      case 'back_up': {
        const made = await engine.ask('backups.create', {});
        if (made.ok) notebook.addBackup(made.value.name, now);
        return;
      }
      case 'restore': {
        const name = notebook.beginRestore(dataFolder);
        if (name === undefined) return;
        await engine.ask('backups.restore', { name });
        await mindTheLine(engine);
        return;
      }
      case 'cut_network':
        await Promise.all([engine.call.wake(), world.call.cutNetwork()]);
        notebook.addCut();
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

  async function live(engine: EngineProcess, life: Pick<LifePlan, 'rounds'>, kill: Strike | null): Promise<void> {
    await engine.call.start(engineOrder(kill));
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

  async function lookAtWreck(): Promise<void> {
    notebook.lookAtWreck(dataFolder, now, await world.call.takeBroken());
  }

  async function liveAndDie(number: number): Promise<void> {
    const life = planLife(order.seed, order.shop, number, plan, turns);
    const kill = order.replay?.[number] ?? life.kill;
    skewMs = life.skewMs;
    faults = number % 3 === 2 ? 'none' : plan.faults;
    await world.call.mendNetwork();
    await world.call.setFaults(faults);
    const lostAnswer = order.lostAnswer ?? (plan.faults === 'none' ? null : life.lostAnswer);
    if (lostAnswer !== null) await world.call.forceFault({ ...anyEvent, kind: lostAnswer });
    await pass(life.awayMs);
    skews.push({ at: now, skewMs });
    const engine = await startEngine();
    const die = (): void => void engine.process.kill('SIGKILL');
    let reached: Seen | null = null;
    onReached((seen) => {
      reached = seen;
      die();
    });
    await world.call.arm(kill.kind === 'request' ? kill : null);
    const timer = kill.kind === 'moment' ? setTimeout(die, kill.ms) : undefined;
    const bornAt = now;
    const strike = kill.kind === 'request' || kill.kind === 'moment' ? null : kill;
    const problem = await live(engine, life, strike).then(() => null, toError);
    // One that has just died by its own hand must not be taken for one that this kills.
    if (problem instanceof LostError && problem.who === engineName && problem.how === 'ended') await engine.ended;
    die();
    clearTimeout(timer);
    const end = await engine.ended;
    const count = readPoints({ countPath });
    turns = Math.max(turns, count.turns);
    const wasByItsOwnHand = strike !== null && !engine.process.killed;
    const killed = nameKill(kill, { reached, points: count.points, wasByItsOwnHand });
    lives.push({ at: bornAt, diedAt: now, killed });
    if (problem instanceof LostError && problem.who === worldName) throw problem;

    const name = `life ${number}, killed at ${killed},`;
    const errors = engine.errors().trim();
    if (problem !== null && !(problem instanceof LostError && problem.how === 'ended'))
      notebook.addProblem(`${name} was in trouble: ${problem.message}`);
    if (end !== 'SIGKILL' || (strike === null && !engine.process.killed))
      notebook.addProblem(`${name} ended by itself with ${end}: ${errors}`);
    else if (errors !== '') notebook.addProblem(`${name} logged ${errors}`);
    await world.call.release();
    await lookAtWreck();
  }

  /** A life without a kill, which ends by itself. */
  async function liveInPeace(): Promise<void> {
    const engine = await startEngine();
    const rounds = Array.from({ length: PEACE_STEPS }, (_, index) => ({
      ms: 2 * HOUR_MS,
      act: index === 0 ? ('settle_unknown' as const) : null,
    }));
    await live(engine, { rounds }, null);
    await stop(engine);
    await world.call.release();
    await lookAtWreck();
  }

  async function stop(engine: EngineProcess): Promise<void> {
    await engine.call.stop();
    engine.process.kill();
    await engine.ended;
    const errors = engine.errors().trim();
    if (errors !== '') notebook.addProblem(`a life in peace logged ${errors}`);
  }

  async function setUp(): Promise<void> {
    const engine = await startEngine();
    await engine.call.start({ ...engineOrder(null), timeoutMs: SET_UP_TIMEOUT_MS });
    const { inboxToken, webhookSecret } = credentials;
    valueOf(await engine.ask('connections.saveInbox', { url: urls.inbox, token: inboxToken, webhookSecret }));
    valueOf(await engine.ask('settings.save', { shopName: 'Fern', accountPageLink: 'https://fern.example/account' }));
    await engine.call.wake();
    valueOf(await engine.ask('sending.setOn', { on: true }));
    await stop(engine);
    await lookAtWreck();
  }

  async function comeToPeace(): Promise<void> {
    skewMs = 0;
    faults = 'none';
    await world.call.setFaults('none');
    await world.call.mendNetwork();
    await world.call.arm(null);
    await pass(MINUTE_MS);
    skews.push({ at: now, skewMs });
    for (let peace = 0; peace < MOST_PEACE; peace += 1) {
      await liveInPeace();
      const { wreck } = notebook.read();
      const isSettled = wreck?.isQuiet === true && (plan.person === 'absent' || wreck.unknown.length === 0);
      if (peace >= 2 && isSettled) break;
    }
  }

  let broken: string | null = null;
  try {
    await world.call.setLatency(LATENCY_MS);
    await setUp();
    if (plan.olderVersion !== null) makeOlder(join(dataFolder, 'heads-up.db'), plan.olderVersion);
    for (let number = 0; number < order.kills && !order.isOver(); number += 1) await liveAndDie(number);
    await comeToPeace();
  } catch (thrown) {
    broken = `it broke off after ${lives.length} kills: ${toError(thrown).message}`;
  } finally {
    running?.process.kill('SIGKILL');
    await running?.ended;
  }
  return {
    plan,
    order,
    lives,
    notes: notebook.read(),
    skews,
    broken,
    dataFolder,
    endedAt: now,
    remove: () => rmSync(base, { recursive: true, force: true }),
  };
}

const anyEvent = { service: 'postscript', method: 'POST', pathIncludes: '/api/v2/events' } as const;
