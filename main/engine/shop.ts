import type { ReplySource } from '../core/handle-replies.ts';
import type { Platform } from '../core/platform-port.ts';
import { stepBulkResend, type BulkResends } from '../core/bulk-resend.ts';
import { syncPauseMs } from '../core/check-delivery.ts';
import { deliverDue, parkInterrupted, type DeliverDeps } from '../core/deliver-due.ts';
import { handleReplies, pollReplies } from '../core/handle-replies.ts';
import { isLineStopped } from '../core/line-pause.ts';
import { mindClock } from '../core/mind-clock.ts';
import { planNotices } from '../core/plan-notices.ts';
import { runSkips } from '../core/run-skips.ts';
import type { Clock, Log } from '../core/store.ts';
import { billingClock, syncPlatform } from '../core/sync-platform.ts';
import type { TriggerChannel } from '../../shared/domain/remote.ts';
import { toError } from '../../shared/result.ts';
import { dateIn } from '../../shared/domain/calendar.ts';
import { isSettingSaved, saveSettings } from '../db/shop.ts';
import { redateOrders } from '../db/subscriptions.ts';
import type { WriteDb } from '../db/types.ts';
import { stopWhenClosing, stopWhenRefused } from './closing.ts';
import type { Connections } from './connections.ts';
import { createEraser } from './eraser.ts';
import { createLane } from './lane.ts';
import { createRest } from './rest.ts';
import { createBulkResends, createStore, type EngineStore } from './store.ts';

/** The remote services of one shop; null while one is not connected. */
export type ShopClients = Readonly<{
  platform: Platform | null;
  channel: TriggerChannel | null;
  replies: ReplySource | null;
}>;

export type ShopOptions = Pick<DeliverDeps, 'takeTurn' | 'takeFreeTurn' | 'random'> &
  Readonly<{
    db: WriteDb;
    clock: Clock;
    log: Log;
    connections: Connections;
    clients: () => ShopClients;
    onChange: () => void;
    /** No job begins before it settles. */
    ready?: Promise<void>;
    /** False while nothing may be sent or asked, because the database was not checked yet or is damaged. */
    mayWork?: () => boolean;
    /** Told how each job ended; null when it went well. */
    onJobEnd?: (job: string, error: Error | null) => void;
  }>;

export type SyncState = Readonly<{
  isRunning: boolean;
  rowsSeen: number;
  /** How many subscriptions the platform says it has; null until it said so. Bills are counted in `rowsSeen` only. */
  rowsTotal: number | null;
  problem: string | null;
}>;

/** When the clock's knock makes each job due, epoch ms. */
export type NextRuns = Readonly<{ syncAt: number; repliesAt: number }>;

/**
 * One shop at work: its database, its services, its jobs. The real shop and the practice shop are both one of these.
 *
 * The jobs run in three lanes, so that a long sync or a long queue never delays an answer to a customer; within a
 * lane a job never overlaps itself. Every job may run at any time and twice: queries decide what is due.
 */
export type Shop = Readonly<{
  db: WriteDb;
  store: EngineStore;
  bulk: BulkResends;
  clock: Clock;
  connections: Connections;
  clients: () => ShopClients;
  syncState: () => SyncState;
  nextRuns: () => NextRuns;
  sync: () => Promise<void>;
  /** Reads replies, decides them, and takes open skips a step further. */
  replies: () => Promise<void>;
  deliver: () => Promise<void>;
  /** Goes on with the bulk resend that is under way, if there is one. */
  resend: () => Promise<void>;
  /** What is due by the clock: the cron's knock. */
  knock: () => Promise<void>;
  /** The computer is about to sleep: no delivery leaves until `runAll`, or for half a minute. */
  rest: () => void;
  /** Everything, whether due or not: at start, on wake, and for each step of the practice clock. */
  runAll: () => Promise<void>;
  /** Empties what is older than the merchant wants to keep, and answers with how many rows that were. */
  eraseOldContents: () => number;
  /** Waits for the jobs under way. */
  settle: () => Promise<void>;
  /** Ends the jobs under way at their next request, and waits for that. Nothing begins after it. */
  close: () => Promise<void>;
}>;

export function createShop(options: ShopOptions): Shop {
  const { db, clock, log, onChange, mayWork = () => true } = options;
  const store = createStore(db);
  const bulk = createBulkResends(db);
  const eraser = createEraser(db, store, clock, log);
  let isClosed = false;
  const isClosing = (): boolean => isClosed || !mayWork();
  let syncState: SyncState = { isRunning: false, rowsSeen: 0, rowsTotal: null, problem: null };
  let syncedAt = Number.NEGATIVE_INFINITY;
  let polledAt = Number.NEGATIVE_INFINITY;
  let seenAt = Number.NEGATIVE_INFINITY;
  const rest = createRest(clock.now);
  const mayDeliver = (): boolean => !isClosing() && !rest.isOn();

  const platformNow = (): Platform | null => {
    const { platform } = options.clients();
    return platform === null ? null : stopWhenClosing(platform, isClosing);
  };

  /** For whatever waits in line: the sync alone tries a token that was refused. */
  const platformForTheLine = (): Platform | null => {
    const platform = platformNow();
    return platform && stopWhenRefused(platform, () => options.connections.view('smartrr').state === 'refused');
  };

  async function sync(): Promise<void> {
    const platform = platformNow();
    syncedAt = clock.now();
    if (platform === null) return;
    syncState = { isRunning: true, rowsSeen: 0, rowsTotal: null, problem: syncState.problem };
    const onRows = (rows: number, total: number | null): void => {
      const { rowsSeen, rowsTotal } = syncState;
      syncState = { ...syncState, rowsSeen: rowsSeen + rows, rowsTotal: total ?? rowsTotal };
      onChange();
    };
    try {
      const outcome = await syncPlatform({ store, platform, clock, log, onRows }, (billingRun) => adopt(billingRun));
      syncState = { ...syncState, isRunning: false, problem: outcome.ok ? null : outcome.error.message };
      if (outcome.ok) planNotices(store, billingClock(store), clock.now());
      else log('warn', 'The sync did not finish', { why: outcome.error.message });
      eraser.eraseDaily();
    } catch (thrown) {
      syncState = { ...syncState, problem: 'The sync stopped because of an error in Heads Up. It is tried again.' };
      throw thrown;
    } finally {
      syncState = { ...syncState, isRunning: false };
      onChange();
    }
  }

  /** The platform knows the shop's zone; until the merchant says otherwise it is the shop's. */
  function adopt(billingRun: Readonly<{ timeZone: string; shopName: string | null }>): void {
    const settings = store.settings();
    // What was chosen before the platform was connected stands, also where it is the default.
    const timeZone = isSettingSaved(db, 'timeZone') ? settings.timeZone : billingRun.timeZone;
    const shopName = settings.shopName === '' ? (billingRun.shopName ?? '') : settings.shopName;
    store.transaction(() => {
      saveSettings(db, { timeZone, shopName });
      if (timeZone !== settings.timeZone) redateOrders(db, (at) => dateIn(timeZone, at));
    });
    store.forgetSettings();
  }

  async function replies(): Promise<void> {
    for (;;) {
      polledAt = clock.now();
      const { replies: source } = options.clients();
      const error = source === null ? undefined : await pollReplies(store, source, clock.now);
      if (error !== undefined) log('warn', 'Replies could not be read', { why: error.message });
      await handleReplies(store, clock);
      const platform = platformForTheLine();
      const hasMore = platform !== null && (await runSkips({ store, platform, clock, log }));
      onChange();
      if (!hasMore || isClosing()) return;
    }
  }

  async function deliver(): Promise<void> {
    const { channel } = options.clients();
    const { takeTurn, takeFreeTurn, random } = options;
    await deliverDue({
      store,
      platform: platformForTheLine() ?? undefined,
      channel: channel ?? undefined,
      clock,
      takeTurn,
      takeFreeTurn,
      random,
      log,
      isClosing: () => !mayDeliver(),
    });
    onChange();
  }

  /** Each batch leaves before the next one is put in line, so that a cancel stops what has not begun. */
  async function resend(): Promise<void> {
    while (mayDeliver() && !isLineStopped(store, clock.now()) && stepBulkResend(store, bulk, clock.now())) {
      onChange();
      await deliverLane.run();
    }
  }

  // A bug in one job must not stop the others; it is logged and the next knock tries again.
  const noteFailure = (name: string, thrown: unknown): void => {
    const error = toError(thrown);
    log('error', `The job ${name} failed`, { why: error.message, stack: error.stack });
    options.onJobEnd?.(name, error);
  };
  function begin(): void {
    beginning = undefined;
    try {
      const count = isClosing() ? 0 : parkInterrupted(store, clock.now());
      if (count > 0) log('warn', 'Requests were under way when Heads Up stopped', { count });
    } catch (thrown) {
      log('error', 'Requests that were under way are looked at by the next delivery', { why: toError(thrown).message });
    }
  }
  let beginning = options.ready?.then(begin);
  if (beginning === undefined) begin();
  const guarded = (name: string, job: () => Promise<void>) => async (): Promise<void> => {
    if (beginning !== undefined) await beginning;
    if (isClosing()) return;
    try {
      await job();
      options.onJobEnd?.(name, null);
    } catch (thrown) {
      noteFailure(name, thrown);
    }
  };
  const mindTime = (): void => {
    if (isClosing()) return;
    const now = clock.now();
    try {
      mindClock(store, seenAt, now, log);
      seenAt = now;
    } catch (thrown) {
      noteFailure('clock', thrown);
    }
  };
  const syncLane = createLane(guarded('sync', sync));
  const repliesLane = createLane(guarded('replies', replies));
  const deliverLane = createLane(guarded('deliver', deliver));
  const resendLane = createLane(guarded('resend', resend));

  const syncThenDeliver = async (): Promise<void> => {
    await syncLane.run();
    await deliverLane.run();
  };
  const answerThenDeliver = async (): Promise<void> => {
    await repliesLane.run();
    await deliverLane.run();
  };

  const settle = async (): Promise<void> => {
    // First: it is what gives the deliver lane its work.
    await resendLane.settle();
    await Promise.all([syncLane.settle(), repliesLane.settle(), deliverLane.settle()]);
  };

  return {
    db,
    store,
    bulk,
    clock,
    connections: options.connections,
    clients: options.clients,
    syncState: () => ({ ...syncState, problem: syncState.problem ?? store.mark('not_understood') ?? null }),
    nextRuns: () => {
      const { syncMinutes, replyPollSeconds } = store.settings();
      const now = clock.now();
      const after = (last: number, everyMs: number): number => Math.max(now, last + everyMs);
      return { syncAt: after(syncedAt, syncMinutes * 60_000), repliesAt: after(polledAt, replyPollSeconds * 1000) };
    },
    sync: syncThenDeliver,
    replies: answerThenDeliver,
    deliver: deliverLane.run,
    resend: resendLane.run,
    knock: guarded('knock', async () => {
      mindTime();
      const now = clock.now();
      const { replyPollSeconds } = store.settings();
      // A clock that was set back must not silence the jobs until it has caught up.
      const isDue = (last: number, everyMs: number): boolean => now - last >= everyMs || now < last;
      const jobs: Promise<void>[] = [deliverLane.run()];
      // Not waited for: it may take as long as its deliveries do, and the next knock must come.
      if (bulk.findNewest()?.endedAt === null) void resendLane.run();
      if (isDue(syncedAt, syncPauseMs(store, now))) jobs.push(syncThenDeliver());
      if (isDue(polledAt, replyPollSeconds * 1000)) jobs.push(answerThenDeliver());
      await Promise.all(jobs);
    }),
    rest: rest.begin,
    runAll: async () => {
      rest.end();
      mindTime();
      await syncLane.run();
      await answerThenDeliver();
      await resendLane.run();
    },
    eraseOldContents: eraser.eraseNow,
    settle,
    close: async () => {
      isClosed = true;
      await settle();
    },
  };
}
