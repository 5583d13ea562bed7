import Database from 'better-sqlite3';
import type {
  Customer,
  Frequency,
  FrequencyUnit,
  Standing,
  StoredSubscription,
  SubscriptionStatus,
} from '../../shared/domain/platform.ts';
import { findCustomer } from './customers.ts';
import { addToTotal } from './shop.ts';
import { isNoticeOf } from './notices.ts';
import { prepared, type ReadDb, type WriteDb } from './types.ts';

type SubscriptionRecord = {
  id: string;
  platform_number: string;
  customer_id: string;
  status: SubscriptionStatus;
  created_at: number;
  updated_at: number;
  cancelled_at: number | null;
  next_order_iso: string | null;
  next_order_at: number | null;
  next_order_date: string | null;
  is_migrated: 0 | 1;
  selling_plan_id: string | null;
  frequency_count: number | null;
  frequency_unit: FrequencyUnit | null;
  product_titles: string;
  total_cents: number | null;
  currency: string | null;
  payment_method_id: string | null;
  payment_last_digits: string | null;
  payment_updated_at: string | null;
  notice_order_date: string | null;
  events_through: number;
};

function toSubscription(row: SubscriptionRecord): StoredSubscription {
  const titles: unknown = JSON.parse(row.product_titles);
  return {
    id: row.id,
    platformNumber: row.platform_number,
    customerId: row.customer_id,
    status: row.status,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    cancelledAt: row.cancelled_at,
    nextOrderIso: row.next_order_iso,
    nextOrderAt: row.next_order_at,
    isMigrated: row.is_migrated === 1,
    sellingPlanId: row.selling_plan_id,
    frequency:
      row.frequency_count === null || row.frequency_unit === null
        ? null
        : { count: row.frequency_count, unit: row.frequency_unit },
    productTitles: Array.isArray(titles) ? titles.filter((title) => typeof title === 'string') : [],
    totalCents: row.total_cents,
    currency: row.currency,
    paymentMethod:
      row.payment_method_id === null || row.payment_updated_at === null
        ? null
        : { id: row.payment_method_id, lastDigits: row.payment_last_digits, updatedAt: row.payment_updated_at },
    nextOrderDate: row.next_order_date,
    noticeOrderDate: row.notice_order_date,
    eventsThrough: row.events_through,
  };
}

export function findSubscription(db: ReadDb, id: string): StoredSubscription | undefined {
  const row = prepared<{ id: string }, SubscriptionRecord>(db, 'SELECT * FROM subscriptions WHERE id = :id').get({
    id,
  });
  return row === undefined ? undefined : toSubscription(row);
}

/**
 * In the order of the ids, undefined for what is not known. A sync asks this of every row of the shop: so a page is
 * asked for at once, and only four columns are read.
 */
export function findStandings(db: ReadDb, ids: readonly string[]): readonly (Standing | undefined)[] {
  const found = ids.map((): Standing | undefined => undefined);
  const rows = prepared<{ ids: string }, [number, SubscriptionStatus, number, number | null, number]>(
    db,
    `SELECT json_each.key, status, updated_at, next_order_at, events_through
     FROM json_each(:ids) CROSS JOIN subscriptions ON subscriptions.id = json_each.value`,
  )
    .raw()
    .all({ ids: JSON.stringify(ids) });
  for (const [index, status, updatedAt, nextOrderAt, eventsThrough] of rows)
    found[index] = { status, updatedAt, nextOrderAt, eventsThrough };
  return found;
}

/** Newest first, at most 200. */
export function listSubscriptionsOfCustomer(db: ReadDb, customerId: string): readonly StoredSubscription[] {
  return prepared<{ customerId: string }, SubscriptionRecord>(
    db,
    'SELECT * FROM subscriptions WHERE customer_id = :customerId ORDER BY created_at DESC LIMIT 200',
  )
    .all({ customerId })
    .map(toSubscription);
}

/** Writes the row, or nothing when it is the same. */
export function saveSubscription(
  db: WriteDb,
  subscription: StoredSubscription,
  now: number,
  before: StoredSubscription | null = findSubscription(db, subscription.id) ?? null,
): void {
  if (before !== null && isSame(before, subscription)) return;
  const wasActive = before?.status === 'ACTIVE' ? 1 : 0;
  addToTotal(db, 'active_subscriptions', (subscription.status === 'ACTIVE' ? 1 : 0) - wasActive);
  prepared(
    db,
    `INSERT INTO subscriptions (id, platform_number, customer_id, status, created_at, updated_at, cancelled_at, next_order_iso,
       next_order_at, next_order_date, is_migrated, selling_plan_id, frequency_count, frequency_unit, product_titles,
       total_cents, currency, payment_method_id, payment_last_digits, payment_updated_at, notice_order_date,
       events_through, known_since)
     VALUES (:id, :platformNumber, :customerId, :status, :createdAt, :updatedAt, :cancelledAt, :nextOrderIso,
       :nextOrderAt, :nextOrderDate, :isMigrated, :sellingPlanId, :frequencyCount, :frequencyUnit, :productTitles,
       :totalCents, :currency, :paymentMethodId, :paymentLastDigits, :paymentUpdatedAt, :noticeOrderDate,
       :eventsThrough, :now)
     ON CONFLICT (id) DO UPDATE SET platform_number = excluded.platform_number, customer_id = excluded.customer_id,
       status = excluded.status, updated_at = excluded.updated_at, cancelled_at = excluded.cancelled_at,
       next_order_iso = excluded.next_order_iso, next_order_at = excluded.next_order_at,
       next_order_date = excluded.next_order_date, is_migrated = excluded.is_migrated,
       selling_plan_id = excluded.selling_plan_id, frequency_count = excluded.frequency_count,
       frequency_unit = excluded.frequency_unit, product_titles = excluded.product_titles,
       total_cents = excluded.total_cents, currency = excluded.currency, payment_method_id = excluded.payment_method_id,
       payment_last_digits = excluded.payment_last_digits, payment_updated_at = excluded.payment_updated_at,
       notice_order_date = excluded.notice_order_date, events_through = excluded.events_through`,
  ).run({
    id: subscription.id,
    platformNumber: subscription.platformNumber,
    customerId: subscription.customerId,
    status: subscription.status,
    createdAt: subscription.createdAt,
    updatedAt: subscription.updatedAt,
    cancelledAt: subscription.cancelledAt,
    nextOrderIso: subscription.nextOrderIso,
    nextOrderAt: subscription.nextOrderAt,
    nextOrderDate: subscription.nextOrderDate,
    isMigrated: subscription.isMigrated ? 1 : 0,
    sellingPlanId: subscription.sellingPlanId,
    frequencyCount: subscription.frequency?.count ?? null,
    frequencyUnit: subscription.frequency?.unit ?? null,
    productTitles: JSON.stringify(subscription.productTitles),
    totalCents: subscription.totalCents,
    currency: subscription.currency,
    paymentMethodId: subscription.paymentMethod?.id ?? null,
    paymentLastDigits: subscription.paymentMethod?.lastDigits ?? null,
    paymentUpdatedAt: subscription.paymentMethod?.updatedAt ?? null,
    noticeOrderDate: subscription.noticeOrderDate,
    eventsThrough: subscription.eventsThrough,
    now,
  });
}

function isSame(a: StoredSubscription, b: StoredSubscription): boolean {
  const keys = Object.keys(a) as (keyof StoredSubscription)[];
  return keys.every((key) =>
    typeof a[key] === 'object' ? JSON.stringify(a[key]) === JSON.stringify(b[key]) : a[key] === b[key],
  );
}

/** Orders up to that date that the planner has not dealt with, soonest first; served by `subscriptions_to_plan`. */
export function listOrdersToPlan(
  db: ReadDb,
  throughDate: string,
  limit: number,
): readonly { subscription: StoredSubscription; customer: Customer }[] {
  return prepared<{ throughDate: string; limit: number }, SubscriptionRecord>(
    db,
    `SELECT * FROM subscriptions INDEXED BY subscriptions_to_plan
     WHERE status = 'ACTIVE' AND next_order_date IS NOT NULL AND notice_order_date IS NOT next_order_date
       AND next_order_date <= :throughDate
     ORDER BY next_order_date LIMIT :limit`,
  )
    .all({ throughDate, limit })
    .map((row) => {
      // The index alone says so. Believed, the same order would be planned again and again, without an end.
      if (row.next_order_date === null || row.notice_order_date === row.next_order_date)
        throw new Database.SqliteError('The index of orders to plan does not fit its table', 'SQLITE_CORRUPT_INDEX');
      const customer = findCustomer(db, row.customer_id);
      if (customer === undefined) throw new Error(`Expected customer ${row.customer_id} of subscription ${row.id}`);
      return { subscription: toSubscription(row), customer };
    });
}

export function setNoticeOrderDate(db: WriteDb, subscriptionId: string, orderDate: string | null): void {
  prepared<{ subscriptionId: string; orderDate: string | null }>(
    db,
    'UPDATE subscriptions SET notice_order_date = :orderDate WHERE id = :subscriptionId',
  ).run({ subscriptionId, orderDate });
}

/** Active subscriptions by the date of their next order, for the forecast. */
export function countNextOrders(
  db: ReadDb,
  fromDate: string,
  throughDate: string,
): readonly { date: string; count: number }[] {
  return prepared<{ fromDate: string; throughDate: string }, { date: string; count: number }>(
    db,
    `SELECT next_order_date AS date, count(*) AS count FROM subscriptions INDEXED BY subscriptions_by_next_order
     WHERE status = 'ACTIVE' AND next_order_date BETWEEN :fromDate AND :throughDate
     GROUP BY next_order_date ORDER BY next_order_date`,
  ).all({ fromDate, throughDate });
}

export function findSellingPlan(db: ReadDb, id: string): Frequency | undefined {
  return prepared<{ id: string }, { count: number; unit: FrequencyUnit }>(
    db,
    'SELECT frequency_count AS count, frequency_unit AS unit FROM selling_plans WHERE id = :id',
  ).get({ id });
}

export function saveSellingPlan(db: WriteDb, id: string, frequency: Frequency): void {
  prepared<{ id: string; count: number; unit: FrequencyUnit }>(
    db,
    `INSERT INTO selling_plans (id, frequency_count, frequency_unit) VALUES (:id, :count, :unit)
     ON CONFLICT (id) DO UPDATE SET frequency_count = excluded.frequency_count, frequency_unit = excluded.frequency_unit
     WHERE frequency_count IS NOT excluded.frequency_count OR frequency_unit IS NOT excluded.frequency_unit`,
  ).run({ id, ...frequency });
}

/**
 * Sets every order's local date anew, a page at a time; for a shop that changed its time zone.
 *
 * An order with a notice that left keeps it under its new date: the same order must not be announced twice. A notice
 * that still waits is dropped as `order_moved` when its time comes, and planned anew.
 */
export function redateOrders(db: WriteDb, dateOf: (at: number) => string): void {
  const page = prepared<{ after: number }, { row: number; id: string; at: number }>(
    db,
    `SELECT row_id AS row, id, next_order_at AS at FROM subscriptions
     WHERE row_id > :after AND next_order_at IS NOT NULL ORDER BY row_id LIMIT 1000`,
  );
  const redate = prepared<{ id: string; date: string }>(
    db,
    `UPDATE subscriptions SET next_order_date = :date, notice_order_date = CASE WHEN EXISTS (
         SELECT 1 FROM deliveries WHERE ${isNoticeOf(':id', 'subscriptions.next_order_date')}
           AND order_date = subscriptions.notice_order_date AND state IN ('sending','accepted','unknown','failed')
       ) THEN :date ELSE notice_order_date END
     WHERE id = :id AND next_order_date IS NOT :date`,
  );
  for (let after = 0; ;) {
    const rows = page.all({ after });
    for (const { id, at } of rows) redate.run({ id, date: dateOf(at) });
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.row;
  }
}
