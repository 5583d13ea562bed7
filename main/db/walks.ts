import { prepared, type WriteDb } from './types.ts';

/**
 * The distinct rows of the walk under way, in a temporary table: a walk of a large shop must not hold its ids in memory.
 *
 * A subscription that is known stands there by its number: the numbers of a page lie beside each other, where its ids
 * would be written all over the table. Anything else stands there by its id.
 */
const createTable = 'CREATE TEMP TABLE IF NOT EXISTS walk_rows (row PRIMARY KEY) WITHOUT ROWID';

export function startWalk(db: WriteDb): void {
  db.exec(`${createTable}; DELETE FROM walk_rows;`);
}

/** How many of these rows had not been seen in this walk. */
export function seeInWalk(db: WriteDb, ids: readonly string[]): number {
  // One that was seen before it was known stands there by its id.
  return prepared<{ ids: string }>(
    db,
    `INSERT INTO walk_rows (row)
     SELECT coalesce((SELECT row_id FROM subscriptions WHERE subscriptions.id = value), value) FROM json_each(:ids)
     WHERE value NOT IN (SELECT row FROM walk_rows) ON CONFLICT DO NOTHING`,
  ).run({ ids: JSON.stringify(ids) }).changes;
}

/** For a customer whose subscriptions are about to go: they stay seen, and their numbers are free for others. */
export function keepIdsInWalk(db: WriteDb, customerId: string): void {
  db.exec(createTable);
  // With the plus a number is compared as one: an id may be written with digits alone.
  for (const sql of [
    `INSERT INTO walk_rows (row) SELECT id FROM subscriptions CROSS JOIN walk_rows ON row = +row_id
     WHERE customer_id = :customerId`,
    'DELETE FROM walk_rows WHERE row IN (SELECT +row_id FROM subscriptions WHERE customer_id = :customerId)',
  ])
    prepared<{ customerId: string }>(db, sql).run({ customerId });
}
