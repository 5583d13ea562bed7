import { answerClasses, type AnswerClass, type DeliveryFilter } from '../../shared/domain/delivery-filter.ts';
import { deliveryStates, type DeliveryState } from '../../shared/domain/deliveries.ts';
import { triggerNames, type TriggerName } from '../../shared/domain/triggers.ts';
import { searchLog } from './delivery-search.ts';
import { prepared, type ReadDb } from './types.ts';

/**
 * Which statement answers which filter.
 *
 * Each combination has one constant text, put together from constants below: the narrowest condition names the index
 * (`drivers`, narrowest first), the others sort out what it finds. Every index ends in `created_at`, so the period is a
 * range of it, its order is the page's order, and depth costs nothing.
 *
 * State, trigger and answer have one index together. What a filter leaves open of them is asked for value by value, and
 * the lists are merged: that is a search more for each, and no row is walked past.
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
  /** Null is that of what has not been answered yet. */
  answer?: AnswerClass | null;
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
  answer: 'deliveries.answer IS :answer',
  trigger: 'deliveries.trigger = :trigger',
  state: 'deliveries.state = :state',
};
const conditionNames = Object.keys(conditionTexts) as (keyof LogConditions)[];

type Driver = Readonly<{ index: string; isFor: (conditions: LogConditions) => boolean }>;

const drivers: readonly Driver[] = [
  { index: 'deliveries_by_customer', isFor: ({ customerId }) => customerId !== undefined },
  { index: 'deliveries_tests', isFor: ({ isTest, phoneEnding }) => isTest === 1 || phoneEnding !== undefined },
  { index: 'deliveries_by_order', isFor: ({ orderDate }) => orderDate !== undefined },
  {
    index: 'deliveries_by_kind',
    isFor: ({ state, trigger, answer }) => [state, trigger, answer].some((given) => given !== undefined),
  },
  { index: 'deliveries_by_created', isFor: () => true },
];

function driverOf(conditions: LogConditions): string | undefined {
  return conditions.id === undefined ? drivers.find(({ isFor }) => isFor(conditions))?.index : undefined;
}

/** The same conditions as lists that are each one stretch of their index. */
function toLists(conditions: LogConditions): readonly LogConditions[] {
  if (driverOf(conditions) !== 'deliveries_by_kind') return [conditions];
  const { state, trigger, answer } = conditions;
  const states = state === undefined ? deliveryStates : [state];
  const triggers = trigger === undefined ? triggerNames : [trigger];
  const answers = answer === undefined ? [...answerClasses, null] : [answer];
  return states.flatMap((state) =>
    triggers.flatMap((trigger) => answers.map((answer) => ({ ...conditions, state, trigger, answer }))),
  );
}

function fromAndWhere(conditions: LogConditions): Readonly<{ from: string; where: string }> {
  const given = conditionNames.filter((name) => conditions[name] !== undefined);
  const where = given
    .map((name) => (name === 'isTest' && conditions.isTest === 1 ? 'deliveries.is_test = 1' : conditionTexts[name]))
    .concat('deliveries.created_at >= :from');
  const index = driverOf(conditions);
  return {
    from: index === undefined ? 'deliveries' : `deliveries INDEXED BY ${index}`,
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

/** Where the rows of the log before that position are, newest first. */
export function readLogPage(db: ReadDb, query: LogQuery, before: LogPosition, limit: number): LogPosition[] {
  const start = before.createdAt >= query.until ? { createdAt: query.until, id: 0 } : before;
  const found = query.either.flatMap(toLists).flatMap((list) => {
    const { from, where } = fromAndWhere(list);
    return prepared<Record<string, unknown>, LogPosition>(
      db,
      `SELECT deliveries.id, deliveries.created_at AS createdAt FROM ${from}
       WHERE ${where} AND (deliveries.created_at, deliveries.id) < (:createdAt, :beforeId)
       ORDER BY deliveries.created_at DESC, deliveries.id DESC LIMIT :limit`,
    ).all({ ...list, from: query.from, createdAt: start.createdAt, beforeId: start.id, limit });
  });
  // One delivery can be found in two ways: by its customer and by its order.
  return [...new Map(found.map((place) => [place.id, place])).values()]
    .toSorted((a, b) => b.createdAt - a.createdAt || b.id - a.id)
    .slice(0, limit);
}

/** How many rows came after that position; stops counting at `limit`. */
export function countNewer(db: ReadDb, query: LogQuery, after: LogPosition, limit: number): number {
  const ids = query.either.flatMap(toLists).flatMap((list) => {
    const { from, where } = fromAndWhere(list);
    return prepared<Record<string, unknown>, { id: number }>(
      db,
      `SELECT deliveries.id FROM ${from}
       WHERE ${where} AND deliveries.created_at < :until AND (deliveries.created_at, deliveries.id) > (:createdAt, :afterId)
       LIMIT :limit`,
    ).all({
      ...list,
      from: query.from,
      until: query.until,
      createdAt: after.createdAt,
      afterId: after.id,
      limit,
    });
  });
  return Math.min(limit, new Set(ids.map(({ id }) => id)).size);
}
