import type { ReadDb } from './types.ts';

/** What must not be lost: small, and read whole before anything is sent. */
export const durableTables = ['settings', 'marks', 'replies', 'skips', 'attempts', 'deliveries'] as const;
/** What the platform could tell us again, and the big logs: looked at while the console already runs. */
export const otherTables = [
  'decisions',
  'totals',
  'hourly_counts',
  'selling_plans',
  'bills',
  'customers',
  'subscriptions',
] as const;

/** What SQLite finds wrong with one table and its indexes; null when it is sound. */
export function checkTable(
  db: ReadDb,
  table: (typeof durableTables)[number] | (typeof otherTables)[number],
): string | null {
  const answer = db.pragma(`quick_check('${table}')`, { simple: true });
  return answer === 'ok' ? null : String(answer);
}
