import type { Clock } from '../../../main/core/store.ts';
import { openDatabase } from '../../../main/db/open-database.ts';
import { saveSettings } from '../../../main/db/shop.ts';
import { createClients, createLimiters } from '../../../main/engine/clients.ts';
import { createConnections } from '../../../main/engine/connections.ts';
import { createInstantClock } from '../../../main/engine/instant-clock.ts';
import { createShop } from '../../../main/engine/shop.ts';
import { createStore } from '../../../main/engine/store.ts';
import type { PracticeLedger } from '../../../main/practice/ledger.ts';
import { orderDate, runAt } from '../../../main/practice/intervals.ts';
import type { SendWindow } from '../../../shared/domain/calendar.ts';
import { openClockWorld } from './clock-world.ts';
import { createComputer, type Disturbance } from './computer.ts';
import { dayMs, hourMs, minuteMs, minuteOf, quarterMs, readWall } from './wall-clock.ts';

export type Stretch = Readonly<{ from: number; until: number }>;

/** One shop through one stretch of time. */
export type ClockCase = Readonly<{
  name: string;
  seed: number;
  zone: string;
  billingZone: string;
  leadDays: number;
  window: SendWindow;
  minimumNoticeHours: number;
  startAt: number;
  endAt: number;
  disturbances: readonly Disturbance[];
  /** Where every minute is a tick. Elsewhere the ticks are those at which something may be due. */
  everyMinute: readonly Stretch[];
  isOverHttp: boolean;
}>;

/** What a planner gets wrong: for the controls. */
export type WrongPlanner = 'plans in UTC' | 'counts 24 hours a day' | 'forgets what seems to be in the future';

export type Played = Readonly<{
  ledger: PracticeLedger;
  /** Orders with a line in the log that says why there is no notice: `subscription date`, and the reason. */
  reasons: ReadonlyMap<string, string>;
  /** When the platform will bill the orders that stand at the end, true time, by its own calendar. */
  cutoffs: ReadonlyMap<string, number>;
  ticks: number;
  /** What the engine itself found wrong. */
  problems: readonly string[];
}>;

const SYNC_MINUTES = 5;
/** A change of the platform is looked for once more a while later, where not every minute is a tick. */
const AFTER_CHANGE_MS = (SYNC_MINUTES + 1) * minuteMs;
const IDLE_MS = 6 * hourMs;

/**
 * Plays one shop through its time: the engine's real shop on a real database, knocked at tick after tick.
 *
 * The simulators live in true time; the engine lives by a computer that sleeps and whose clock is set.
 */
export async function playClock(one: ClockCase, wrong?: WrongPlanner): Promise<Played> {
  const { startAt, endAt, zone, leadDays, window, minimumNoticeHours } = one;
  const clockWorld = await openClockWorld(one);
  const { world } = clockWorld;
  const computer = createComputer(one.disturbances);
  let now = startAt;
  const reading = (): number => computer.reading(now);
  const clock: Clock = { now: reading, sleep: () => new Promise((resolve) => setImmediate(resolve)) };
  const problems: string[] = [];

  const db = openDatabase({ path: ':memory:', now: reading });
  saveSettings(db, {
    sendingOn: true,
    timeZone: wrong === 'plans in UTC' ? 'UTC' : zone,
    leadDays,
    window,
    minimumNoticeHours,
    syncMinutes: SYNC_MINUTES,
    accountPageLink: 'https://clock.example/account',
  });
  if (wrong === 'counts 24 hours a day') db.exec(countHours(one));
  const connections = createConnections(reading, () => undefined);
  // Rates are real time's; here no time passes while the engine works.
  const pace = { clock: createInstantClock(), timeoutMs: 60_000, fetch: clockWorld.fetch };
  const limiters = createLimiters(createStore(db).settings(), pace);
  const clients = createClients(
    {
      postscript: { url: clockWorld.postscript, key: clockWorld.postscriptKey },
      smartrr: { url: clockWorld.smartrr, token: clockWorld.smartrrToken },
      inbox: null,
    },
    limiters,
    pace,
    connections,
  );
  const shop = createShop({
    db,
    clock,
    log: (level, message, fields) => {
      if (level === 'error') problems.push(`${one.name}: ${message} ${JSON.stringify(fields)}`);
    },
    connections,
    clients: () => ({
      platform: clients.smartrr,
      channel: clients.channels?.custom_events ?? null,
      replies: null,
    }),
    takeTurn: () => limiters.postscript.take(),
    takeFreeTurn: () => limiters.postscript.takeFree(),
    random: () => 0.5,
    onChange: () => undefined,
  });

  const midnights = createMidnights(zone, computer.reading);
  const isFine = (at: number): boolean => one.everyMinute.some(({ from, until }) => at >= from && at < until);
  let changedAt = startAt;
  let ticks = 0;

  function nextTick(): number {
    if (isFine(now)) return now + minuteMs;
    const dueAt = shop.store.nextDueAt();
    const candidates = [
      world.clock.nextAt(),
      // Its due time is one of the computer's clock.
      dueAt === undefined ? null : dueAt - (reading() - now),
      midnights.after(now),
      changedAt + AFTER_CHANGE_MS,
      now + IDLE_MS,
      ...computer.turns,
      ...one.everyMinute.map(({ from }) => from),
    ];
    return Math.min(endAt, ...candidates.filter((at) => at !== null).filter((at) => at > now));
  }

  try {
    await shop.runAll();
    while (now < endAt) {
      const wasAsleep = computer.isAsleep(now);
      const before = reading() - now;
      const next = nextTick();
      const worldAt = world.clock.nextAt();
      await world.clock.advanceTo(next);
      now = next;
      if (worldAt !== null && worldAt <= next) changedAt = next;
      if (computer.isAsleep(now)) continue;
      if (wrong === 'forgets what seems to be in the future' && reading() - now < before) forgetFuture(db, reading());
      ticks += 1;
      // As the hosts do: everything at once when the computer wakes, else what is due.
      await (wasAsleep ? shop.runAll() : shop.knock());
    }
    const reasons = db
      .prepare<[], { name: string; reason: string }>(
        `SELECT subscription_id || ' ' || order_date AS name, reason FROM decisions
         WHERE trigger = 'upcoming_order' AND subscription_id IS NOT NULL AND reason NOT IN ('queued','accepted') ORDER BY id`,
      )
      .all();
    return {
      ledger: world.ledger.read(),
      reasons: new Map(reasons.map(({ name, reason }) => [name, reason])),
      cutoffs: new Map(
        world.subscriptions.rows.map((subscription) => [
          `${subscription.id} ${orderDate(world, subscription)}`,
          runAt(world, subscription.nextDay),
        ]),
      ),
      ticks,
      problems,
    };
  } finally {
    await shop.close();
    db.close();
    await clockWorld.close();
  }
}

/** A day has 24 hours, it thinks, and a zone the distance from UTC that it has at the start. */
function countHours({ leadDays, window, zone, startAt }: ClockCase): string {
  const { day, minute } = readWall(zone, startAt);
  const aheadMs = day * dayMs + minute * minuteMs - startAt;
  const openingMs = minuteOf(window.opens) * minuteMs;
  return `CREATE TRIGGER counts_hours AFTER INSERT ON deliveries BEGIN
    UPDATE deliveries SET due_at = (new.order_at + ${aheadMs}) / ${dayMs} * ${dayMs} - ${aheadMs} + ${openingMs} - ${leadDays * dayMs}
    WHERE id = new.id;
  END`;
}

/** Whatever was accepted "later than now" has not happened yet, it thinks. */
function forgetFuture(db: ReturnType<typeof openDatabase>, now: number): void {
  db.prepare(
    "UPDATE deliveries SET state = 'waiting', finished_at = NULL, due_at = ? WHERE state = 'accepted' AND finished_at > ?",
  ).run(now, now);
}

/** When the computer's calendar shows another date than before, true time. */
function createMidnights(zone: string, reading: (at: number) => number): Readonly<{ after: (at: number) => number }> {
  let known = Number.NEGATIVE_INFINITY;
  let lookedAt = Number.POSITIVE_INFINITY;
  return {
    after: (at) => {
      if (at >= lookedAt && at < known) return known;
      lookedAt = at;
      const { day } = readWall(zone, reading(at));
      known = (Math.floor(at / quarterMs) + 1) * quarterMs;
      while (readWall(zone, reading(known)).day === day) known += quarterMs;
      return known;
    },
  };
}
