import { prepared, type ReadDb, type WriteDb } from './types.ts';

/** As many rows in one transaction: the lock is never held long. */
const BATCH = 500;

/** Not while it is undecided or waits for a person: they need to read it. */
const OLD_REPLY = `body <> '' AND received_at < :before AND reason IS NOT NULL AND needs_person = 0`;
/** Not while its delivery is still open or waits for a person. */
const OLD_ATTEMPT = `request IS NOT NULL AND started_at < :before AND EXISTS (
  SELECT 1 FROM deliveries WHERE deliveries.id = attempts.delivery_id AND state IN ('accepted','suppressed'))`;

/** How many rows `eraseOldContents` would empty. */
export function countOldContents(db: ReadDb, before: number): number {
  const row = prepared<{ before: number }, { count: number }>(
    db,
    `SELECT (SELECT count(*) FROM replies INDEXED BY replies_with_body WHERE ${OLD_REPLY})
       + (SELECT count(*) FROM attempts INDEXED BY attempts_with_contents WHERE ${OLD_ATTEMPT}) AS count`,
  ).get({ before });
  return row?.count ?? 0;
}

/**
 * Erases what was written in old replies and attempts; the rows, their decisions and their times stay.
 *
 * @param before epoch ms; what is older is erased
 * @returns how many rows were emptied
 */
export function eraseOldContents(db: WriteDb, before: number): number {
  const replies = prepared<{ before: number; limit: number }>(
    db,
    `UPDATE replies SET body = '' WHERE sequence IN (
       SELECT sequence FROM replies INDEXED BY replies_with_body WHERE ${OLD_REPLY} LIMIT :limit
     )`,
  );
  const attempts = prepared<{ before: number; limit: number }>(
    db,
    `UPDATE attempts SET request = NULL, response = NULL WHERE id IN (
       SELECT id FROM attempts INDEXED BY attempts_with_contents WHERE ${OLD_ATTEMPT} LIMIT :limit
     )`,
  );
  let erased = 0;
  for (const statement of [replies, attempts]) {
    for (let changes = BATCH; changes === BATCH; erased += changes)
      changes = statement.run({ before, limit: BATCH }).changes;
  }
  return erased;
}
