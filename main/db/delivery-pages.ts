import type { AnswerClass, DeliveryFilter } from '../../shared/domain/delivery-filter.ts';
import type { DeliveryState } from '../../shared/domain/deliveries.ts';
import type { TriggerName } from '../../shared/domain/triggers.ts';
import { searchLog } from './delivery-search.ts';
import { prepared, type ReadDb } from './types.ts';

/**
 * Which statement answers which filter.
 *
 * Each combination has one constant text, put together from constants below: the narrowest condition names the index
 * (`drivers`, narrowest first), the others sort out what it finds. Every index ends in `created_at`, so the period is a
 * range of it, its order is the page's order, and depth costs nothing.
 */

/** What a row must be; only what is given is asked for. */
export type LogConditions = Readonly<{
  id?: number;
  customerId?: string;
  subscriptionId?: string;
  orderDate?: string;
  /** Of tests, whose phones may belong to no customer. */
  phoneEnding?: string;
  isTest?: 0 | 1;
  answer?: AnswerClass;
  trigger?: TriggerName;
  state?: DeliveryState;
}>;

/** A row's place in the log, which is ordered by the time of the decision. */
export type LogPosition = Readonly<{ createdAt: number; id: number }>;

/** A filter with its period as instants and its search looked up. */
export type LogQuery = Readonly<{
  /** A row belongs to the log's answer when it meets one of these. */
  either: readonly LogConditions[];
  from: number;
  until: number;
  isSearchCut: boolean;
}>;

export const newestPosition: LogPosition = { createdAt: Number.MAX_SAFE_INTEGER, id: Number.MAX_SAFE_INTEGER };

const conditionTexts: Readonly<Record<keyof LogConditions, string>> = {
  id: 'deliveries.id = :id',
  customerId: 'deliveries.customer_id = :customerId',
  subscriptionId: 'deliveries.subscription_id = :subscriptionId',
  orderDate: 'deliveries.order_date = :orderDate',
  phoneEnding: "deliveries.is_test = 1 AND deliveries.phone LIKE '%' || :phoneEnding",
  // Only a written-out value meets the condition of the index that holds the tests alone.
  isTest: 'deliveries.is_test = :isTest',
  answer: 'deliveries.answer = :answer',
  trigger: 'deliveries.trigger = :trigger',
  state: 'deliveries.state = :state',
};
const conditionNames = Object.keys(conditionTexts) as (keyof LogConditions)[];

type Driver = Readonly<{ index: string; isFor: (conditions: LogConditions) => boolean }>;

const drivers: readonly Driver[] = [
  { index: 'deliveries_by_customer', isFor: ({ customerId }) => customerId !== undefined },
  { index: 'deliveries_tests', isFor: ({ isTest, phoneEnding }) => isTest === 1 || phoneEnding !== undefined },
  { index: 'deliveries_by_order', isFor: ({ orderDate }) => orderDate !== undefined },
  // Nearly every answer is a 2xx; the others are what somebody looks for.
  { index: 'deliveries_by_answer', isFor: ({ answer }) => answer !== undefined && answer !== '2xx' },
  {
    index: 'deliveries_by_trigger_and_state',
    isFor: ({ trigger, state }) => trigger !== undefined && state !== undefined,
  },
  { index: 'deliveries_by_state', isFor: ({ state }) => state !== undefined },
  { index: 'deliveries_by_trigger', isFor: ({ trigger }) => trigger !== undefined },
  { index: 'deliveries_by_answer', isFor: ({ answer }) => answer !== undefined },
  { index: 'deliveries_by_created', isFor: () => true },
];

function fromAndWhere(conditions: LogConditions): Readonly<{ from: string; where: string }> {
  const given = conditionNames.filter((name) => conditions[name] !== undefined);
  const where = given
    .map((name) => (name === 'isTest' && conditions.isTest === 1 ? 'deliveries.is_test = 1' : conditionTexts[name]))
    .concat('deliveries.created_at >= :from');
  const driver = conditions.id === undefined ? drivers.find(({ isFor }) => isFor(conditions)) : undefined;
  return {
    from: driver === undefined ? 'deliveries' : `deliveries INDEXED BY ${driver.index}`,
    where: where.join(' AND '),
  };
}

/** The filter made ready; `period` holds its instants, the second one excluded. */
export function toLogQuery(
  db: ReadDb,
  filter: DeliveryFilter,
  period: Readonly<{ from: number; until: number }>,
  country: string,
): LogQuery {
  const { state, trigger, answer, isTest, customerId, orderDate } = filter;
  const always: LogConditions = {
    ...(state === null ? {} : { state }),
    ...(trigger === null ? {} : { trigger }),
    ...(answer === null ? {} : { answer }),
    ...(isTest === null ? {} : { isTest: isTest ? 1 : 0 }),
    ...(customerId === null ? {} : { customerId }),
    ...(orderDate === null ? {} : { orderDate }),
  };
  if (filter.search.trim() === '') return { either: [always], ...period, isSearchCut: false };
  const { found, isCut } = searchLog(db, filter.search, country);
  const either = found
    .filter((one) => customerId === null || one.customerId === undefined || one.customerId === customerId)
    .filter((one) => orderDate === null || one.orderDate === undefined || one.orderDate === orderDate)
    .map((one) => ({ ...always, ...one }));
  return { either, ...period, isSearchCut: isCut };
}

/** Rows of the log before that position, newest first, as `select` shapes them. */
export function readLogPage<Row extends Readonly<{ id: number; created_at: number }>>(
  db: ReadDb,
  select: Readonly<{ columns: string; joins: string }>,
  query: LogQuery,
  before: LogPosition,
  limit: number,
): Row[] {
  const start = before.createdAt >= query.until ? { createdAt: query.until, id: 0 } : before;
  const rows = query.either.flatMap((conditions) => {
    const { from, where } = fromAndWhere(conditions);
    return prepared<Record<string, unknown>, Row>(
      db,
      `SELECT ${select.columns} FROM ${from} ${select.joins}
       WHERE ${where} AND (deliveries.created_at, deliveries.id) < (:createdAt, :beforeId)
       ORDER BY deliveries.created_at DESC, deliveries.id DESC LIMIT :limit`,
    ).all({ ...conditions, from: query.from, createdAt: start.createdAt, beforeId: start.id, limit });
  });
  if (query.either.length === 1) return rows;
  // One delivery can be found in two ways: by its customer and by its order.
  return [...new Map(rows.map((row) => [row.id, row])).values()]
    .toSorted((a, b) => b.created_at - a.created_at || b.id - a.id)
    .slice(0, limit);
}

/** How many rows came after that position; stops counting at `limit`. */
export function countNewer(db: ReadDb, query: LogQuery, after: LogPosition, limit: number): number {
  const ids = query.either.flatMap((conditions) => {
    const { from, where } = fromAndWhere(conditions);
    return prepared<Record<string, unknown>, { id: number }>(
      db,
      `SELECT deliveries.id FROM ${from}
       WHERE ${where} AND deliveries.created_at < :until AND (deliveries.created_at, deliveries.id) > (:createdAt, :afterId)
       LIMIT :limit`,
    ).all({
      ...conditions,
      from: query.from,
      until: query.until,
      createdAt: after.createdAt,
      afterId: after.id,
      limit,
    });
  });
  return Math.min(limit, new Set(ids.map(({ id }) => id)).size);
}
