import { prepared, type WriteDb } from './types.ts';

/**
 * The distinct rows of the walk under way, in a temporary table: a walk of a large shop must not hold its ids in memory.
 */
export function startWalk(db: WriteDb): void {
  db.exec('CREATE TEMP TABLE IF NOT EXISTS walk_rows (id TEXT PRIMARY KEY) WITHOUT ROWID; DELETE FROM walk_rows;');
}

/** How many of these rows had not been seen in this walk. */
export function seeInWalk(db: WriteDb, ids: readonly string[]): number {
  return prepared<{ ids: string }>(
    db,
    'INSERT INTO walk_rows (id) SELECT value FROM json_each(:ids) WHERE true ON CONFLICT DO NOTHING',
  ).run({ ids: JSON.stringify(ids) }).changes;
}
