import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { PracticeLedger } from '../../../main/practice/ledger.ts';
import type { ShopHistory } from './shop-history.ts';

type Entry = Readonly<{ at: number; who: 'world' | 'engine' | 'harness'; text: string }>;

/**
 * Everything that both sides know about what a finding names, in the order of time, with the kills in between. Without a
 * ledger, because the simulators are gone, only one side.
 */
export function drawTimeline(finding: string, history: ShopHistory, ledger: PracticeLedger | null): readonly string[] {
  const subjects = findSubjects(finding);
  const isAbout = (entry: Entry): boolean =>
    entry.who === 'harness' || subjects.some((subject) => entry.text.includes(subject));
  const entries = [
    ...(ledger === null ? [] : readWorld(ledger)),
    ...readEngine(history),
    ...readHarness(history),
  ].filter(isAbout);
  return entries
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, who, text }) => `${new Date(at).toISOString()} ${who.padEnd(7)} ${text}`);
}

/** Ids of the platform, bills and replies that stand in the text. */
function findSubjects(finding: string): readonly string[] {
  const ids = finding.match(/[0-9a-f]{8}(?:-[0-9a-f]{3,}){3}-[0-9a-f]{12}|\b5\d{5}\b|reply \S+/g) ?? [finding];
  return [...new Set(ids.map((id) => id.replace('reply ', '')))];
}

function readWorld(ledger: PracticeLedger): Entry[] {
  const tell = (at: number, what: string, row: unknown): Entry => ({
    at,
    who: 'world',
    text: `${what} ${JSON.stringify(row)}`,
  });
  return [
    ...ledger.events.map((row) => tell(row.at, 'took in', { ...row, properties: undefined })),
    ...ledger.skips.map((row) => tell(row.at, 'skipped', row)),
    ...ledger.unskips.map((row) => tell(row.at, 'took the skip back', row)),
    ...ledger.replies.map((row) => tell(row.at, 'texted', row)),
    ...ledger.facts.map((row) => tell(row.at, 'fact', row)),
    ...ledger.orders.flatMap((row) => [
      tell(row.from, 'order stands', row),
      ...(row.until === null ? [] : [tell(row.until, `order ${row.ended ?? ''}`, row)]),
    ]),
  ];
}

function readEngine({ dataFolder }: ShopHistory): Entry[] {
  const path = join(dataFolder, 'heads-up.db');
  if (!existsSync(path)) return [];
  const db = new Database(path, { readonly: true });
  try {
    const read = (what: string, sql: string): Entry[] =>
      db
        .prepare<[], { at: number }>(sql)
        .all()
        .map((row) => ({ at: row.at, who: 'engine', text: `${what} ${JSON.stringify(row)}` }));
    return [
      ...read('delivery', 'SELECT created_at AS at, key, state, reason, attempts, due_at, deadline_at FROM deliveries'),
      ...read(
        'attempt',
        `SELECT started_at AS at, key, number, origin, outcome, http_status, message FROM attempts
         JOIN deliveries ON deliveries.id = delivery_id`,
      ),
      ...read(
        'decision',
        'SELECT at, reason, trigger, fact, customer_id, subscription_id, order_date, reply_id, detail FROM decisions',
      ),
      ...read('skip', 'SELECT created_at AS at, * FROM skips'),
      ...read('reply', 'SELECT received_at AS at, id, body, keyword, reason, order_date FROM replies'),
    ];
  } finally {
    db.close();
  }
}

function readHarness({ lives, skews, notes: { forgotten } }: ShopHistory): Entry[] {
  const tell = (at: number, text: string): Entry => ({ at, who: 'harness', text });
  return [
    ...lives.flatMap(({ at, diedAt, killed }, number) => [
      tell(at, `life ${number} begins`),
      tell(diedAt, `life ${number} killed at ${killed}`),
    ]),
    ...skews
      .filter(({ skewMs }) => skewMs !== 0)
      .map(({ at, skewMs }) => tell(at, `clock ${skewMs / 3_600_000} h ahead`)),
    ...forgotten.map(({ from, until }) => tell(until, `restored the backup of ${new Date(from).toISOString()}`)),
  ];
}
