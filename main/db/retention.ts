import { prepared, type WriteDb } from './types.ts';

/** As many rows in one transaction: the lock is never held long. */
const BATCH = 500;

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
       SELECT sequence FROM replies INDEXED BY replies_with_body
       WHERE body <> '' AND received_at < :before AND reason IS NOT NULL AND needs_person = 0 LIMIT :limit
     )`,
  );
  const attempts = prepared<{ before: number; limit: number }>(
    db,
    `UPDATE attempts SET request = NULL, response = NULL WHERE id IN (
       SELECT id FROM attempts INDEXED BY attempts_with_contents
       WHERE request IS NOT NULL AND started_at < :before LIMIT :limit
     )`,
  );
  let erased = 0;
  for (const statement of [replies, attempts]) {
    for (let changes = BATCH; changes === BATCH; erased += changes)
      changes = statement.run({ before, limit: BATCH }).changes;
  }
  return erased;
}
