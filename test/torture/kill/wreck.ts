import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { EngineRecord } from '../../../main/practice/judge-types.ts';

/** What a killed engine has left behind, read without it. */
export type Wreck = Readonly<{
  /** What is wrong with it by itself; empty when all is well. */
  problems: readonly string[];
  /** Deliveries whose request was claimed and has no answer on record: their keys, and the attempts' ids. */
  sending: readonly Readonly<{ key: string; attemptId: number | null }>[];
  unknown: readonly Readonly<{ id: number; key: string }>[];
  /** Ids of skips that were read back. */
  verifiedSkips: readonly number[];
  /** Start of the last sync that left no row behind, by the engine's clock. */
  wholeAt: number | null;
  /** When the newest restored backup was made, and when it took the database's place, by the engine's clock. */
  restored: Readonly<{ madeAt: number; restoredAt: number }> | null;
  /** Requests that ended without a clear answer, in the whole life of the shop. */
  unknownAttempts: number;
  /** Keys that a person has sent again, and how often. */
  resent: readonly Readonly<{ key: string; times: number }>[];
  /** Nothing is under way or waits for its turn. */
  isQuiet: boolean;
  record: EngineRecord;
}>;

const MOST_SENDING = 3;

/** Reads a copy, so that SQLite's own recovery of the file is left to the engine that is being tested. */
export function readWreck(dataFolder: string): Wreck | null {
  const path = join(dataFolder, 'heads-up.db');
  // A kill between two renames of a restore; the next start ends it.
  if (!existsSync(path)) return null;
  const copy = join(dataFolder, '..', 'look.db');
  for (const suffix of ['', '-wal']) {
    rmSync(`${copy}${suffix}`, { force: true });
    if (existsSync(`${path}${suffix}`)) copyFileSync(`${path}${suffix}`, `${copy}${suffix}`);
  }
  const db = new Database(copy);
  try {
    return read(db);
  } finally {
    db.close();
  }
}

function read(db: Database.Database): Wreck {
  const all = <Row>(sql: string): Row[] => db.prepare<[], Row>(sql).all();
  const number = (sql: string): number => db.prepare<[], number>(sql).pluck().get() ?? 0;
  const mark = (name: string): string | undefined =>
    db.prepare<[string], string>('SELECT value FROM marks WHERE name = ?').pluck().get(name);
  const wholeAt = mark('whole_at');
  const restored = mark('restored');
  const sending = all<Wreck['sending'][number]>(
    `SELECT key, attempts.id AS attemptId FROM deliveries
     LEFT JOIN attempts ON delivery_id = deliveries.id AND outcome = 'in_flight' WHERE state = 'sending'`,
  );
  const openAttempts = number("SELECT count(*) FROM attempts WHERE outcome = 'in_flight'");
  const openSkips = number(
    "SELECT count(*) FROM skips WHERE state IN ('planned', 'sent', 'undo_planned', 'undo_sent')",
  );
  const waitingReplies = number("SELECT count(*) FROM replies WHERE reason IN ('skip_started', 'undo_asked')");
  const undecided = number('SELECT count(*) FROM replies WHERE reason IS NULL');
  const inLine = number("SELECT count(*) FROM deliveries WHERE state IN ('sending', 'retrying', 'waiting')");
  const quickCheck = db.pragma('quick_check', { simple: true });
  const broken = db.pragma('foreign_key_check') as unknown[];
  const problems: string[] = [];
  if (quickCheck !== 'ok') problems.push(`quick_check: ${String(quickCheck)}`);
  if (broken.length > 0) problems.push(`foreign_key_check: ${JSON.stringify(broken[0])}`);
  if (sending.length > MOST_SENDING) problems.push(`${sending.length} deliveries are under way at once`);
  if (sending.some(({ attemptId }) => attemptId === null) || sending.length !== openAttempts)
    problems.push(`${sending.length} deliveries are under way, with ${openAttempts} attempts`);
  if (waitingReplies > openSkips) problems.push(`${waitingReplies} replies wait for a skip, and ${openSkips} are open`);
  if (mark('reply_cursor') === undefined && number('SELECT count(*) FROM replies') > 0)
    problems.push('there are replies without a cursor behind them');
  return {
    problems,
    sending,
    unknown: all("SELECT id, key FROM deliveries WHERE state = 'unknown' AND is_test = 0 ORDER BY id"),
    verifiedSkips: all<{ id: number }>("SELECT id FROM skips WHERE state = 'verified' ORDER BY id").map(({ id }) => id),
    wholeAt: wholeAt === undefined ? null : Number(wholeAt),
    // Written by settleCopy and nothing else.
    restored: restored === undefined ? null : (JSON.parse(restored) as Wreck['restored']),
    unknownAttempts: number("SELECT count(*) FROM attempts WHERE outcome = 'unknown'"),
    resent: all(
      `SELECT key, count(*) AS times FROM attempts JOIN deliveries ON deliveries.id = delivery_id
       WHERE origin = 'manual' GROUP BY key`,
    ),
    isQuiet: inLine + openSkips + undecided === 0,
    record: {
      deliveries: all<{ key: string; state: string; isTest: number; mayHaveArrived: number }>(
        `SELECT key, state, is_test AS isTest, EXISTS (
           SELECT 1 FROM attempts WHERE delivery_id = deliveries.id AND outcome = 'unknown'
         ) OR EXISTS (
           SELECT 1 FROM decisions WHERE delivery_id = deliveries.id AND reason = 'restored_in_line'
         ) AS mayHaveArrived FROM deliveries`,
      ).map((row) => ({ ...row, isTest: row.isTest === 1, mayHaveArrived: row.mayHaveArrived === 1 })),
      decisions: all(
        'SELECT fact, reason, trigger, subscription_id AS subscriptionId, order_date AS orderDate FROM decisions',
      ),
      replies: all('SELECT id, reason FROM replies'),
    },
  };
}
