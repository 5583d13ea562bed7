import type { DecisionReason } from '../../shared/domain/decisions.ts';
import type { ForecastNotice, UpcomingOrder } from '../../shared/domain/forecast.ts';
import { MAY_HAVE_LEFT } from './deliveries.ts';
import { isNoticeOf } from './notices.ts';
import { prepared, type ReadDb } from './types.ts';

/** What the forecast reads: the next order of every live subscription with all that decides about its notice. */

type OrderRecord = {
  row: number;
  subscriptionId: string;
  customerId: string;
  status: string;
  orderDate: string;
  orderAt: number;
  createdAt: number;
  noticeOrderDate: string | null;
  hasRecipient: 0 | 1;
  isBilled: 0 | 1;
  noticeId: number | null;
};

/** The place after which a page begins: orders come by date, then by the subscription's row. */
export type OrderPlace = Readonly<{ orderDate: string; row: number }>;

export type PlacedOrder = UpcomingOrder & OrderPlace;

const FACTS = `subscriptions.row_id AS row, subscriptions.id AS subscriptionId, subscriptions.customer_id AS customerId, status,
  next_order_date AS orderDate, next_order_at AS orderAt, created_at AS createdAt, notice_order_date AS noticeOrderDate,
  (phone IS NOT NULL OR email IS NOT NULL) AS hasRecipient,
  EXISTS (SELECT 1 FROM bills WHERE bills.subscription_id = subscriptions.id AND bills.order_date = next_order_date
    AND bills.status <> 'canceled') AS isBilled,
  (SELECT deliveries.id FROM deliveries WHERE ${isNoticeOf('subscriptions.id', 'next_order_date')}
    ORDER BY state = 'suppressed', NOT ${MAY_HAVE_LEFT}, deliveries.id LIMIT 1) AS noticeId`;

/** Orders after that place up to that date, in the order of places; served by `subscriptions_by_next_order`. */
export function listUpcomingOrders(db: ReadDb, after: OrderPlace, throughDate: string, limit: number): PlacedOrder[] {
  return prepared<OrderPlace & { throughDate: string; limit: number }, OrderRecord>(
    db,
    `SELECT ${FACTS} FROM subscriptions INDEXED BY subscriptions_by_next_order
     JOIN customers ON customers.id = subscriptions.customer_id
     WHERE (status = 'ACTIVE' OR status = 'PAUSED') AND next_order_at IS NOT NULL
       AND (next_order_date, subscriptions.row_id) > (:orderDate, :row) AND next_order_date <= :throughDate
     ORDER BY next_order_date, subscriptions.row_id LIMIT :limit`,
  )
    .all({ orderDate: after.orderDate, row: after.row, throughDate, limit })
    .map((record) => ({ ...toFacts(db, record), row: record.row }));
}

/** Orders up to that date that the planner has not dealt with; served by `subscriptions_to_plan`. */
export function listUnplannedOrders(db: ReadDb, throughDate: string, limit: number): UpcomingOrder[] {
  return prepared<{ throughDate: string; limit: number }, OrderRecord>(
    db,
    `SELECT ${FACTS} FROM subscriptions INDEXED BY subscriptions_to_plan
     JOIN customers ON customers.id = subscriptions.customer_id
     WHERE status = 'ACTIVE' AND next_order_date IS NOT NULL AND notice_order_date IS NOT next_order_date
       AND next_order_at IS NOT NULL AND next_order_date <= :throughDate
     ORDER BY next_order_date LIMIT :limit`,
  )
    .all({ throughDate, limit })
    .map((row) => toFacts(db, row));
}

/** The next orders of one customer's live subscriptions, soonest first. */
export function listUpcomingOrdersOfCustomer(db: ReadDb, customerId: string): UpcomingOrder[] {
  return prepared<{ customerId: string }, OrderRecord>(
    db,
    `SELECT ${FACTS} FROM subscriptions INDEXED BY subscriptions_by_customer
     JOIN customers ON customers.id = subscriptions.customer_id
     WHERE subscriptions.customer_id = :customerId AND (status = 'ACTIVE' OR status = 'PAUSED')
       AND next_order_at IS NOT NULL
     ORDER BY next_order_date, subscriptions.row_id LIMIT 200`,
  )
    .all({ customerId })
    .map((row) => toFacts(db, row));
}

function toFacts(db: ReadDb, row: OrderRecord): UpcomingOrder {
  const { subscriptionId, customerId, orderDate, orderAt, createdAt, noticeId } = row;
  const isPlanned = row.noticeOrderDate === orderDate;
  const isPaused = row.status === 'PAUSED';
  return {
    subscriptionId,
    orderDate,
    orderAt,
    createdAt,
    isPaused,
    hasRecipient: row.hasRecipient === 1,
    isBilled: row.isBilled === 1,
    isPlanned,
    notice: noticeId === null ? null : readNotice(db, noticeId),
    decided: isPlanned && noticeId === null ? findRefusal(db, customerId, subscriptionId, orderDate) : null,
  };
}

function readNotice(db: ReadDb, id: number): ForecastNotice | null {
  const row = prepared<{ id: number }, Omit<ForecastNotice, 'mayHaveLeft'> & { mayHaveLeft: 0 | 1 }>(
    db,
    `SELECT id, key, state, reason, due_at AS dueAt, deadline_at AS deadlineAt, ${MAY_HAVE_LEFT} AS mayHaveLeft
     FROM deliveries WHERE id = :id`,
  ).get({ id });
  return row === undefined ? null : { ...row, mayHaveLeft: row.mayHaveLeft === 1 };
}

/** The newest line of the log that says why this order gets no notice. */
function findRefusal(db: ReadDb, customerId: string, subscriptionId: string, orderDate: string): DecisionReason | null {
  return (
    prepared<{ customerId: string; subscriptionId: string; orderDate: string }, { reason: DecisionReason }>(
      db,
      `SELECT reason FROM decisions INDEXED BY decisions_by_customer
       WHERE customer_id = :customerId AND subscription_id = :subscriptionId AND order_date = :orderDate
         AND trigger = 'upcoming_order'
       ORDER BY id DESC LIMIT 1`,
    ).get({ customerId, subscriptionId, orderDate })?.reason ?? null
  );
}
