import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readHold } from '../core/hold.ts';
import { releaseStorm } from '../core/storm-guard.ts';
import type { Log } from '../core/store.ts';
import { billingClock } from '../core/sync-platform.ts';
import { MAY_HAVE_ARRIVED } from '../db/notices.ts';
import { prepared, type ReadDb } from '../db/types.ts';
import { judge } from '../practice/judge.ts';
import type { EngineRecord, Verdict } from '../practice/judge-types.ts';
import type { PracticeOptions, PracticeShop } from '../practice/practice-shop-types.ts';
import { createPracticeSession } from './practice-session.ts';

export type PracticeReport = Readonly<{
  days: number;
  customers: number;
  seed: number;
  /** Trigger -> how many Postscript accepted. */
  deliveriesAccepted: Readonly<Record<string, number>>;
  /** Deliveries that Postscript may or may not have, and those it refused: both wait for a person. */
  needsPerson: Readonly<{ unknown: number; failed: number; replies: number }>;
  decisions: Readonly<Record<string, number>>;
  replies: Readonly<Record<string, number>>;
  skipsVerified: number;
  /** How often a person had to release the storm guard. */
  stormHolds: number;
  faults: Readonly<Record<string, number>>;
  /** Resident memory of the engine's process, MB: before the first sync, and the most it reached. */
  memoryMb: Readonly<{ before: number; peak: number }>;
}> &
  Verdict;

export type PracticeRunOptions = Readonly<{
  options: PracticeOptions;
  days: number;
  start: (options: PracticeOptions) => Promise<PracticeShop>;
  onProgress: (line: string) => void;
  log: Log;
  /** Where its database is put, and removed at the end. */
  folder?: string;
}>;

const DAY_MS = 86_400_000;
/**
 * How long the engine waits for an answer, real ms. With faults every lost answer costs that long, so it is short, yet
 * longer than the slow answers; without faults a busy machine must not look like a lost answer.
 */
const TIMEOUT_MS = { none: 2000, mixed: 200, rough: 200 } as const satisfies Record<PracticeOptions['faults'], number>;

/** Plays so many days of the practice shop through the real engine, then lets the judge look at the simulators' side. */
export async function runPractice({
  options,
  days,
  start,
  onProgress,
  log,
  folder: parent = tmpdir(),
}: PracticeRunOptions): Promise<PracticeReport> {
  const folder = mkdtempSync(join(parent, 'heads-up-practice-'));
  const timeoutMs = TIMEOUT_MS[options.faults];
  // Twice, because reads of the platform are waited for twice as long.
  const practiceShop = await start({ ...options, faultHoldMs: timeoutMs * 3 });
  const memory = watchMemory();
  let stormHolds = 0;
  const session = createPracticeSession({
    practiceShop,
    startAt: options.startAt,
    databasePath: join(folder, 'practice.db'),
    settings: { shopName: 'Fern & Fable Coffee', accountPageLink: 'https://fern-and-fable.example/account' },
    timeoutMs,
    random: Math.random,
    log,
    onChange: memory.sample,
    onStep: (now) => {
      memory.sample();
      // The merchant of a practice run looks at a storm and lets it pass.
      if (readHold(session.shop.store, now)?.kind === 'storm') {
        stormHolds += 1;
        releaseStorm(session.shop.store, now);
      }
    },
  });
  try {
    await session.shop.runAll();
    for (let day = 1; day <= days; day += 1) {
      await session.advanceTo(options.startAt + day * DAY_MS);
      const { n } = session.shop.db
        .prepare<[], { n: number }>("SELECT count(*) AS n FROM deliveries WHERE state = 'accepted'")
        .get() ?? { n: 0 };
      onProgress(`day ${day} of ${days}: ${n} triggers accepted`);
    }
    const ledger = await practiceShop.control.ledger();
    const { store, db } = session.shop;
    const settings = store.settings();
    const record = readRecord(db);
    const verdict = judge(ledger, record, {
      timeZone: settings.timeZone,
      billing: billingClock(store),
      leadDays: settings.leadDays,
      minimumNoticeHours: settings.minimumNoticeHours,
      window: settings.window,
      startedAt: options.startAt,
      endedAt: session.now(),
    });
    return {
      days,
      customers: options.customers,
      seed: options.seed,
      deliveriesAccepted: countBy(
        db,
        "SELECT trigger AS name, count(*) AS count FROM deliveries WHERE state = 'accepted' GROUP BY trigger",
      ),
      needsPerson: {
        unknown: record.deliveries.filter(({ state }) => state === 'unknown').length,
        failed: record.deliveries.filter(({ state }) => state === 'failed').length,
        replies: countBy(db, "SELECT 'n' AS name, count(*) AS count FROM replies WHERE needs_person = 1")['n'] ?? 0,
      },
      decisions: countBy(db, 'SELECT reason AS name, count(*) AS count FROM decisions GROUP BY reason'),
      replies: countBy(db, "SELECT coalesce(reason, 'undecided') AS name, count(*) AS count FROM replies GROUP BY 1"),
      skipsVerified: countBy(db, "SELECT 'n' AS name, count(*) AS count FROM skips WHERE state = 'verified'")['n'] ?? 0,
      stormHolds,
      faults: ledger.faults,
      memoryMb: memory.end(),
      ...verdict,
    };
  } finally {
    memory.end();
    await session.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** True when something that must be zero is not. */
export function isBroken(verdict: Verdict): boolean {
  const { duplicateEvents, duplicateSkips, lostTriggers, wrongOrderSkips, sentOutsideWindow, undecided } = verdict;
  return duplicateEvents + duplicateSkips + lostTriggers + wrongOrderSkips + sentOutsideWindow + undecided > 0;
}

function readRecord(db: ReadDb): EngineRecord {
  return {
    deliveries: prepared<[], { key: string; state: string; isTest: 0 | 1; mayHaveArrived: 0 | 1 }>(
      db,
      `SELECT key, state, is_test AS isTest, ${MAY_HAVE_ARRIVED} AS mayHaveArrived FROM deliveries`,
    )
      .all()
      .map((row) => ({ ...row, isTest: row.isTest === 1, mayHaveArrived: row.mayHaveArrived === 1 })),
    decisions: prepared<
      [],
      {
        fact: string | null;
        reason: string;
        trigger: string | null;
        subscriptionId: string | null;
        orderDate: string | null;
      }
    >(
      db,
      'SELECT fact, reason, trigger, subscription_id AS subscriptionId, order_date AS orderDate FROM decisions',
    ).all(),
    replies: prepared<[], { id: string; reason: string | null }>(db, 'SELECT id, reason FROM replies').all(),
  };
}

function countBy(db: ReadDb, sql: string): Record<string, number> {
  const rows = prepared<[], { name: string; count: number }>(db, sql).all();
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}

/** Resident memory, sampled while the run goes on. */
function watchMemory(): Readonly<{ sample: () => void; end: () => { before: number; peak: number } }> {
  const before = process.memoryUsage.rss();
  let peak = before;
  const sample = (): void => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  const timer = setInterval(sample, 20).unref();
  const toMb = (bytes: number): number => Math.round(bytes / 104_857.6) / 10;
  return {
    sample,
    end: () => {
      clearInterval(timer);
      return { before: toMb(before), peak: toMb(peak) };
    },
  };
}
