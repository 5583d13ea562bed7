import type { TriggerName } from '../../shared/domain/triggers.ts';
import { prepared, type ReadDb } from './types.ts';

/** What the card of a trigger says about its deliveries. Tests are left out everywhere. */

const MOST_COUNTED = 1000;

/** How many are in line, and when the first of them is due. Stops counting at 1,000. */
export function readLine(db: ReadDb, trigger: TriggerName): Readonly<{ count: number; nextDueAt: number | null }> {
  const line = prepared<{ trigger: string; limit: number }, { count: number; nextDueAt: number | null }>(
    db,
    `SELECT count(*) AS count, min(due_at) AS nextDueAt FROM (
       SELECT due_at FROM deliveries INDEXED BY deliveries_due_by_trigger
       WHERE trigger = :trigger AND is_test = 0 AND state IN ('planned','waiting','retrying')
       ORDER BY due_at LIMIT :limit
     )`,
  ).get({ trigger, limit: MOST_COUNTED });
  return line ?? { count: 0, nextDueAt: null };
}

/** How many were refused, or need somebody to check with Postscript. Stops counting at 1,000. */
export function countNotAccepted(db: ReadDb, trigger: TriggerName): number {
  return (
    prepared<{ trigger: string; limit: number }, { count: number }>(
      db,
      `SELECT count(*) AS count FROM (
         SELECT 1 FROM deliveries INDEXED BY deliveries_refused_by_trigger
         WHERE trigger = :trigger AND is_test = 0 AND state IN ('failed','unknown') LIMIT :limit
       )`,
    ).get({ trigger, limit: MOST_COUNTED })?.count ?? 0
  );
}

/** The newest one that Postscript said no to. */
export function findNewestRefusal(
  db: ReadDb,
  trigger: TriggerName,
): Readonly<{ deliveryId: number; at: number }> | undefined {
  return prepared<{ trigger: string }, { deliveryId: number; at: number }>(
    db,
    `SELECT id AS deliveryId, finished_at AS at FROM deliveries INDEXED BY deliveries_refused_by_trigger
     WHERE trigger = :trigger AND is_test = 0 AND state IN ('failed','unknown') AND state = 'failed' ORDER BY id DESC LIMIT 1`,
  ).get({ trigger });
}
