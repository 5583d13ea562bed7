import type { NewSkip, Skip } from '../../shared/domain/skips.ts';
import { prepared, type ReadDb, type WriteDb } from './types.ts';

const COLUMNS = `id, subscription_id AS subscriptionId, customer_id AS customerId, order_date AS orderDate, origin,
  reply_id AS replyId, state, puts, next_at AS nextAt, order_iso AS orderIso, new_order_date AS newOrderDate,
  created_at AS createdAt, finished_at AS finishedAt, undo_asked_at AS undoAskedAt, undo_of AS undoOf,
  asked_at AS askedAt`;

/** The intent to skip one order. Undefined when that order is being skipped, or was: the index forbids a second. */
export function insertSkip(db: WriteDb, skip: NewSkip, now: number): number | undefined {
  return prepared<Record<string, unknown>, { id: number }>(
    db,
    `INSERT INTO skips (subscription_id, customer_id, order_date, origin, reply_id, state, next_at, created_at)
     VALUES (:subscriptionId, :customerId, :orderDate, :origin, :replyId, 'planned', :nextAt, :now)
     ON CONFLICT DO NOTHING
     RETURNING id`,
  ).get({ ...skip, now })?.id;
}

export function findSkipById(db: ReadDb, id: number): Skip | undefined {
  return prepared<{ id: number }, Skip>(db, `SELECT ${COLUMNS} FROM skips WHERE id = :id`).get({ id });
}

/** The live or finished intent of an order; one that was dropped, refused or taken back does not count. */
export function findSkip(db: ReadDb, subscriptionId: string, orderDate: string): Skip | undefined {
  return prepared<{ subscriptionId: string; orderDate: string }, Skip>(
    db,
    `SELECT ${COLUMNS} FROM skips INDEXED BY skips_by_order
     WHERE subscription_id = :subscriptionId AND order_date = :orderDate
       AND state IN ('planned','sent','verified','unclear','undo_planned','undo_sent')`,
  ).get({ subscriptionId, orderDate });
}

/** True when a skip of ours of that order was taken back, or may have been. */
export function wasSkipUndone(db: ReadDb, subscriptionId: string, orderDate: string): boolean {
  return (
    prepared<{ subscriptionId: string; orderDate: string }>(
      db,
      `SELECT 1 FROM skips INDEXED BY skips_undone
       WHERE subscription_id = :subscriptionId AND order_date = :orderDate
         AND state IN ('undo_sent','undone','undo_unclear') LIMIT 1`,
    ).get({ subscriptionId, orderDate }) !== undefined
  );
}

/**
 * Orders of these customers, from that date on, that are being skipped or were, by us or not; newest first. One that was
 * taken back is among them: for a reply of before, the order was skipped.
 */
export function listSkipsOfCustomers(db: ReadDb, customerIds: readonly string[], fromDate: string): readonly Skip[] {
  const statement = prepared<{ customerId: string; fromDate: string }, Skip>(
    db,
    `SELECT ${COLUMNS} FROM skips INDEXED BY skips_by_customer
     WHERE customer_id = :customerId AND order_date >= :fromDate
       AND state IN ('planned','sent','verified','found','unclear','undo_planned','undo_sent','undone')
     LIMIT 100`,
  );
  return customerIds.flatMap((customerId) => statement.all({ customerId, fromDate })).toSorted((a, b) => b.id - a.id);
}

/** Newest first; whatever became of them. */
export function listNewestSkips(db: ReadDb, customerId: string, limit: number): readonly Skip[] {
  return prepared<{ customerId: string; limit: number }, Skip>(
    db,
    `SELECT ${COLUMNS} FROM skips INDEXED BY skips_by_customer
     WHERE customer_id = :customerId ORDER BY order_date DESC, id DESC LIMIT :limit`,
  ).all({ customerId, limit });
}

/** The skip that a reply led to, or the newest of them. */
export function findSkipOfReply(
  db: ReadDb,
  reply: Readonly<{ id: string; customerId: string; orderDate: string }>,
): Skip | undefined {
  return prepared<Record<string, unknown>, Skip>(
    db,
    `SELECT ${COLUMNS} FROM skips INDEXED BY skips_by_customer
     WHERE customer_id = :customerId AND order_date = :orderDate AND reply_id = :id ORDER BY skips.id DESC LIMIT 1`,
  ).get({ ...reply });
}

/**
 * First what was not tried yet: the order that is charged soonest, and of one day the customer who texted last and still has
 * the phone in hand. Then what is tried again, in turn, so that one that never gets an answer keeps nobody else waiting.
 */
export function listDueSkips(db: ReadDb, now: number, limit: number): readonly Skip[] {
  return prepared<{ now: number; limit: number }, Skip>(
    db,
    `SELECT ${COLUMNS} FROM skips INDEXED BY skips_open
     WHERE state IN ('planned','sent','undo_planned','undo_sent') AND next_at <= :now
     ORDER BY CASE WHEN next_at > coalesce(undo_asked_at, created_at) THEN next_at ELSE 0 END, order_date, id DESC
     LIMIT :limit`,
  ).all({ now, limit });
}

/** Writes how far an open skip has come. */
export function updateSkip(db: WriteDb, skip: Skip): void {
  const { changes } = prepared<Record<string, unknown>>(
    db,
    `UPDATE skips SET state = :state, puts = :puts, next_at = :nextAt, order_iso = :orderIso,
       new_order_date = :newOrderDate, finished_at = :finishedAt, undo_of = :undoOf,
       asked_at = :askedAt
     WHERE id = :id AND state IN ('planned','sent','undo_planned','undo_sent')`,
  ).run({ ...skip });
  if (changes !== 1) throw new Error(`Expected skip ${skip.id} to be open`);
}

/** The intent to take a verified skip back. False when it is in another state: only what we did and proved is undone. */
export function openUndo(db: WriteDb, id: number, now: number): boolean {
  const { changes } = prepared<{ id: number; now: number }>(
    db,
    `UPDATE skips SET state = 'undo_planned', puts = 0, next_at = :now, undo_asked_at = :now, undo_of = NULL,
       asked_at = NULL
     WHERE id = :id AND state = 'verified'`,
  ).run({ id, now });
  return changes === 1;
}

/**
 * Brings forward what waits longer than any pause lasts: it was told to wait by a clock that has been set back since.
 *
 * Only what waits for another try. A delivery that waits for its day waits for that day by the new clock too.
 */
export function shortenWaits(db: WriteDb, latest: number): number {
  const skips = prepared<{ latest: number }>(
    db,
    `UPDATE skips SET next_at = :latest WHERE state IN ('planned','sent','undo_planned','undo_sent') AND next_at > :latest`,
  ).run({ latest }).changes;
  const deliveries = prepared<{ latest: number }>(
    db,
    `UPDATE deliveries SET due_at = :latest WHERE state = 'retrying' AND due_at > :latest`,
  ).run({ latest }).changes;
  return skips + deliveries;
}

/** The earliest instant at which an open delivery or skip is due. */
export function nextDueAt(db: ReadDb): number | undefined {
  return (
    prepared<[], { at: number | null }>(
      db,
      `SELECT min(at) AS at FROM (
         SELECT min(due_at) AS at FROM deliveries INDEXED BY deliveries_open WHERE state IN ('planned','waiting','retrying')
         UNION ALL
         SELECT min(next_at) AS at FROM skips INDEXED BY skips_open
           WHERE state IN ('planned','sent','undo_planned','undo_sent')
       )`,
    ).get()?.at ?? undefined
  );
}
