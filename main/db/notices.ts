import type { EarlierNotice, OpenNotice } from '../../shared/domain/deliveries.ts';
import { MAY_HAVE_LEFT, toDelivery, type DeliveryRecord } from './deliveries.ts';
import { prepared, type ReadDb } from './types.ts';

/** Deliveries of the Upcoming Order trigger, by order and by customer. Tests are never among them. */

/**
 * Of a row of `deliveries`: it is a notice of that order, whatever the lead days were. Served by the unique index of the
 * keys, which begin with the order: the plus keeps SQLite from reading all that is about that day instead.
 */
export function isNoticeOf(subscriptionId: string, orderDate: string): string {
  const start = `'upcoming:' || ${subscriptionId} || ':' || ${orderDate}`;
  return `deliveries.key > ${start} || ':' AND deliveries.key < ${start} || ';'
    AND trigger = 'upcoming_order' AND is_test = 0
    AND deliveries.subscription_id = ${subscriptionId} AND +deliveries.order_date = ${orderDate}`;
}

/**
 * A request for it ended without a clear answer, or may have been made by a file that was replaced, whatever has become
 * of it since: a person who sends it again does not take back the first one.
 */
export const MAY_HAVE_ARRIVED = `(
  EXISTS (SELECT 1 FROM attempts WHERE attempts.delivery_id = deliveries.id AND attempts.outcome = 'unknown')
  OR EXISTS (
    SELECT 1 FROM decisions WHERE decisions.delivery_id = deliveries.id AND decisions.reason = 'restored_in_line'
  ))`;

/** When a backup was put in the place of a file that may have handed it over. */
const RESTORED_AT = `(SELECT max(at) FROM decisions WHERE decisions.delivery_id = deliveries.id
  AND decisions.reason = 'restored_in_line')`;

/** One that was sent, or may have been, counts before one that was not; of two such the older. */
export function findNotice(db: ReadDb, subscriptionId: string, orderDate: string): EarlierNotice | undefined {
  type Row = DeliveryRecord & { mayHaveLeft: 0 | 1; mayHaveArrived: 0 | 1 };
  const rows = prepared<{ subscriptionId: string; orderDate: string }, Row>(
    db,
    `SELECT *, ${MAY_HAVE_LEFT} AS mayHaveLeft, ${MAY_HAVE_ARRIVED} AS mayHaveArrived
     FROM deliveries WHERE ${isNoticeOf(':subscriptionId', ':orderDate')} LIMIT 100`,
  )
    .all({ subscriptionId, orderDate })
    // Here and not in SQL: a sorter costs ten times the search, and every change that a sync finds comes through here.
    .toSorted((a, b) => a.id - b.id);
  const row =
    rows.find(({ state }) => state !== 'suppressed') ?? rows.find(({ mayHaveLeft }) => mayHaveLeft === 1) ?? rows[0];
  return row === undefined
    ? undefined
    : { ...toDelivery(row), mayHaveLeft: row.mayHaveLeft === 1, mayHaveArrived: row.mayHaveArrived === 1 };
}

/**
 * Notices that these customers have, or may have, on their phones for orders from that date on; newest first.
 *
 * An `unknown` one counts, also when it was sent again or dropped since: a customer who answers it has evidently got it.
 * The newest is the one whose request left last, by the order of the attempts and not by the clock: that may have been
 * set back, and a person who marks an old notice as accepted today does not put it on top of the phone.
 */
export function listNoticesOfCustomers(
  db: ReadDb,
  customerIds: readonly string[],
  fromDate: string,
): readonly OpenNotice[] {
  type Row = Omit<OpenNotice, 'isInDoubt'> & { readonly lastAttempt: number; readonly isInDoubt: 0 | 1 };
  const statement = prepared<{ customerId: string; fromDate: string }, Row>(
    db,
    `SELECT deliveries.id AS deliveryId, customer_id AS customerId, subscription_id AS subscriptionId,
       order_date AS orderDate, order_at AS orderAt, state <> 'accepted' AS isInDoubt,
       -- A person who sends it again makes it due anew.
       min(due_at, coalesce((SELECT min(started_at) FROM attempts WHERE delivery_id = deliveries.id), due_at)) AS earliestAt,
       max(coalesce(last.started_at, due_at), coalesce(${RESTORED_AT}, 0)) AS leftAt,
       coalesce(last.id, 0) AS lastAttempt
     FROM deliveries INDEXED BY deliveries_by_customer
     LEFT JOIN attempts AS last ON last.id =
       (SELECT max(attempts.id) FROM attempts WHERE attempts.delivery_id = deliveries.id)
     WHERE customer_id = :customerId AND trigger = 'upcoming_order' AND is_test = 0 AND order_date >= :fromDate
       AND (state IN ('accepted','unknown') OR ${MAY_HAVE_ARRIVED})
       AND subscription_id IS NOT NULL AND order_at IS NOT NULL
     ORDER BY created_at DESC LIMIT 100`,
  );
  return customerIds
    .flatMap((customerId) => statement.all({ customerId, fromDate }))
    .toSorted((a, b) => b.lastAttempt - a.lastAttempt)
    .map((row) => ({ ...row, isInDoubt: row.isInDoubt === 1 }));
}
