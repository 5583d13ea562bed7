import { copyFileSync, existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { Expected } from './crash-paths.ts';
import type { CrashWorld } from './crash-world.ts';

/** What the database says about itself, read without the engine. */
export type DatabaseSide = Readonly<{
  quickCheck: unknown;
  deliveries: readonly Readonly<{ key: string; state: string; attempts: number }>[];
  openAttempts: number;
  cursor: string | null;
  replies: readonly Readonly<{ id: string; reason: string | null }>[];
  skips: readonly Readonly<{ order: string; state: string }>[];
  /** Everything else that a kill must not change in the end, as text: one line per row, in the order of the lines. */
  books: readonly string[];
}>;

/** Instants of our own clock, and of the services' beside it, are left out: a start later is a start later. */
const books = [
  'SELECT id, status, updated_at, next_order_date, notice_order_date, cancelled_at, events_through FROM subscriptions',
  'SELECT id, phone, first_name FROM customers',
  'SELECT id, status, retry_count, order_date, updated_at FROM bills',
  'SELECT fact, reason, trigger, customer_id, subscription_id, order_date, reply_id, detail FROM decisions',
  'SELECT name, count FROM totals',
  'SELECT hour, name, count FROM hourly_counts',
  `SELECT name, value FROM marks WHERE name = 'baseline_at' OR name NOT GLOB '*_at'
     AND name NOT IN ('reply_cursor', 'subscriptions_through', 'bills_through')`,
] as const;

/** Reads a copy, so that SQLite's own recovery of the file is left to the engine that is being tested. */
export function readDatabase(path: string): DatabaseSide {
  const copy = `${path}.look`;
  copyFileSync(path, copy);
  if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${copy}-wal`);
  const db = new Database(copy);
  try {
    return {
      quickCheck: db.pragma('quick_check', { simple: true }),
      deliveries: db
        .prepare<[], { key: string; state: string; attempts: number }>(
          'SELECT key, state, attempts FROM deliveries ORDER BY key',
        )
        .all(),
      openAttempts:
        db.prepare<[], { n: number }>("SELECT count(*) AS n FROM attempts WHERE outcome = 'in_flight'").get()?.n ?? 0,
      cursor:
        db.prepare<[], { value: string }>("SELECT value FROM marks WHERE name = 'reply_cursor'").get()?.value ?? null,
      replies: db.prepare<[], { id: string; reason: string | null }>('SELECT id, reason FROM replies').all(),
      skips: db
        .prepare<[], { order: string; state: string }>(
          `SELECT subscription_id || ' ' || order_date AS "order", state FROM skips`,
        )
        .all(),
      books: books
        .flatMap((sql) => db.prepare(sql).all())
        .map((row) => JSON.stringify(row))
        .toSorted(),
    };
  } finally {
    db.close();
  }
}

/** Right after the kill: whatever is half done must be half done in one piece. */
export function judgeWreck(found: DatabaseSide): string[] {
  const problems: string[] = [];
  if (found.quickCheck !== 'ok') problems.push(`quick_check: ${String(found.quickCheck)}`);
  if ((found.cursor !== null && found.cursor !== '') !== found.replies.length > 0)
    problems.push(`the cursor is ${String(found.cursor)}, with ${found.replies.length} replies`);
  const intents = found.replies.filter(({ reason }) => reason === 'skip_started' || reason === 'undo_asked').length;
  const open = found.skips.filter(({ state }) => /^(undo_)?(planned|sent)$/.test(state)).length;
  if (intents !== open) problems.push(`${intents} replies wait for a skip, and ${open} skips are open`);
  const sending = found.deliveries.filter(({ state }) => state === 'sending').length;
  if (sending !== found.openAttempts) problems.push(`${sending} rows are sending, with ${found.openAttempts} attempts`);
  return problems;
}

export type Verdict = Readonly<{
  problems: readonly string[];
  unknown: number;
  /** Of the unknown ones, those that Postscript has after all. */
  unknownButDelivered: number;
}>;

/** Where nothing can be in doubt, the end must be the same as without the kill, to the last line. */
export function compareBooks(found: DatabaseSide, uncut: DatabaseSide): string[] {
  const missing = uncut.books.filter((line) => !found.books.includes(line));
  const added = found.books.filter((line) => !uncut.books.includes(line));
  const repeated = found.books.length - new Set(found.books).size - (uncut.books.length - new Set(uncut.books).size);
  return [
    ...missing.map((line) => `missing: ${line}`),
    ...added.map((line) => `added: ${line}`),
    ...(repeated === 0 ? [] : [`${repeated} lines more than once`]),
  ];
}

/** After everything: what the simulators saw, against what was due, and against what the database claims. */
export function judgeEnd({ world, ledger: readLedger }: CrashWorld, found: DatabaseSide, expected: Expected): Verdict {
  const ledger = readLedger();
  const problems: string[] = [];
  if (found.quickCheck !== 'ok') problems.push(`quick_check: ${String(found.quickCheck)}`);

  const received = new Map<string, number>();
  for (const { externalId } of ledger.events) received.set(externalId ?? '', (received.get(externalId ?? '') ?? 0) + 1);
  for (const [key, count] of received) {
    if (count > 1) problems.push(`duplicate: ${key} reached Postscript ${count} times`);
    if (!expected.keys.includes(key)) problems.push(`unexpected: ${key} reached Postscript`);
  }

  const states = new Map(found.deliveries.map(({ key, state }) => [key, state]));
  let unknown = 0;
  let unknownButDelivered = 0;
  for (const key of expected.keys) {
    const state = states.get(key);
    if (state === 'unknown') {
      unknown += 1;
      if (received.has(key)) unknownButDelivered += 1;
    } else if (state !== 'accepted' || !received.has(key)) {
      problems.push(`lost: ${key} is ${state ?? 'not on record'}, and ${received.has(key) ? 'there' : 'not there'}`);
    }
  }
  if (unknown > expected.mostUnknown) problems.push(`${unknown} triggers are unknown after one kill`);

  const skipped = ledger.skips.filter(({ by }) => by === 'API');
  const orders = skipped.map(({ subscriptionId, orderDate }) => `${subscriptionId} ${orderDate}`);
  if (JSON.stringify(orders) !== JSON.stringify(expected.skips))
    problems.push(`skips applied: ${JSON.stringify(orders)}, expected ${JSON.stringify(expected.skips)}`);
  const { unskips = [] } = expected;
  const backAgain = ledger.unskips.map(({ subscriptionId, orderDate }) => `${subscriptionId} ${orderDate}`);
  if (JSON.stringify(backAgain) !== JSON.stringify(unskips))
    problems.push(`unskips applied: ${JSON.stringify(backAgain)}, expected ${JSON.stringify(unskips)}`);
  const ends = expected.skips.map((order) => ({ order, state: unskips.includes(order) ? 'undone' : 'verified' }));
  if (JSON.stringify(found.skips) !== JSON.stringify(ends))
    problems.push(`skips on record: ${JSON.stringify(found.skips)}`);

  const sent = world.ledger.read().replies.map(({ id }) => id);
  if (JSON.stringify(found.replies.map(({ id }) => id)) !== JSON.stringify(sent))
    problems.push(`replies on record: ${JSON.stringify(found.replies)}`);
  if (sent.length !== expected.replies) problems.push(`${sent.length} replies were sent`);
  for (const { id, reason } of found.replies)
    if (reason !== (unskips.length > 0 ? 'undone' : 'skipped'))
      problems.push(`reply ${id} is ${reason ?? 'undecided'}`);
  return { problems: [...new Set(problems)], unknown, unknownButDelivered };
}
