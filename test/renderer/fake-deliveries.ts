import type { DeliveryFilter } from '../../shared/domain/delivery-filter.ts';
import { triggers } from '../../shared/domain/triggers.ts';
import type { BulkResendView } from '../../shared/ipc/deliveries-contract.ts';
import type { Handlers } from '../../shared/ipc/contract.ts';
import type { DeliveryRow } from '../../shared/ipc/schemas.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { DAY, HOUR, makeAttempts, makeDecisions, makeDeliveries, NOW, pageOf, pick } from './fake-data.ts';

type Channels = Extract<keyof Handlers, `deliveries.${string}`>;

export type FakeDeliveries = Readonly<{
  handlers: Pick<Handlers, Channels>;
  countForPerson: () => number;
  /** Begins anew with that many deliveries. */
  fill: (count: number) => void;
  /** What a busy engine does: new rows on top. */
  add: (count: number) => void;
}>;

const WAITING = 40;

/** The log, from memory. A bulk resend stays at its first few until it is stopped, so that it can be looked at. */
export function createFakeDeliveries(count: number, announce: () => void): FakeDeliveries {
  let rows: DeliveryRow[] = makeDeliveries(count);
  let bulk: BulkResendView | null = null;

  function changed<T>(value: T): Result<T> {
    announce();
    return ok(value);
  }

  function change(id: number, over: Partial<DeliveryRow>): Result<Record<string, never>> {
    rows = rows.map((row) => (row.id === id ? { ...row, ...over } : row));
    return changed({});
  }

  const countOf = (filter: DeliveryFilter, state: DeliveryRow['state']): number =>
    rows.filter((row) => row.state === state && isIn(filter, row)).length;

  return {
    countForPerson: () => rows.filter(({ state }) => state === 'unknown' || state === 'failed').length,
    fill: (size) => {
      rows = makeDeliveries(size);
    },
    add: (size) => {
      const newest = makeDeliveries(size).map((row) => ({
        ...row,
        id: row.id + (rows[0]?.id ?? 0),
        createdAt: NOW + row.id,
      }));
      rows = [...newest, ...rows];
      announce();
    },
    handlers: {
      'deliveries.list': ({ cursor, filter }) =>
        ok({
          ...pageOf(
            rows.filter((row) => isIn(filter, row)),
            cursor,
          ),
          isSearchCut: filter.search === 'a',
        }),
      'deliveries.follow': ({ filter, newest, ids }) =>
        ok({
          newer: rows.filter((row) => isIn(filter, row) && row.id > (newest?.id ?? 0)).length,
          rows: rows.filter(({ id }) => ids.includes(id)),
        }),
      'deliveries.volume': ({ from }) => {
        const isOneDay = from !== null;
        return ok({
          unit: isOneDay ? 'hour' : 'day',
          bars: Array.from({ length: isOneDay ? 24 : 30 }, (_, index) => {
            const startsAt = isOneDay
              ? Date.parse(`${from.slice(0, 10)}T04:00:00Z`) + index * HOUR
              : NOW - (29 - index) * DAY;
            const date = new Date(startsAt - 4 * HOUR).toISOString();
            return {
              period: isOneDay ? `${date.slice(0, 13)}:00` : date.slice(0, 10),
              startsAt,
              count: rows.length === 0 ? 0 : pick([38, 52, 47, 61, 0, 12, 44, 58, 3, 71, 49, 20], index),
            };
          }),
        });
      },
      'deliveries.get': ({ id, withPhone = false }) => {
        const delivery = rows.find((row) => row.id === id);
        if (delivery === undefined) return fail('not_found', `There is no delivery ${id}.`, 'It may have been erased.');
        return ok({
          delivery: withPhone ? { ...delivery, phone: '+12125550110' } : delivery,
          deadlineAt: delivery.createdAt + 3 * DAY,
          attempts: makeAttempts(delivery, withPhone),
          decisions: makeDecisions(delivery.customerId ?? '', 2).map((decision) => ({
            ...decision,
            reason: decision.id === 2 ? delivery.reason : 'queued',
          })),
          renderedCopy: triggers[delivery.trigger].sampleCopy.replace('{first_name}', 'Dana'),
          properties: {
            account_page_link: 'https://fern.example/account',
            order_date: 'March 18, 2027',
            product_titles: 'House Espresso 500 g',
            order_total: '$38.00',
          },
        });
      },
      'deliveries.resend': ({ id }) => change(id, { state: 'waiting', reason: 'resent_by_person', waitsFor: 'turn' }),
      'deliveries.markAccepted': ({ id }) => change(id, { state: 'accepted', reason: 'marked_accepted' }),
      'deliveries.planBulkResend': ({ filter }) =>
        ok({ failed: countOf(filter, 'failed'), unknown: countOf(filter, 'unknown') }),
      'deliveries.startBulkResend': ({ expected }) => {
        if (expected > WAITING) return fail('conflict', 'Meanwhile it would be 1.', 'Look at the number again.');
        bulk = {
          id: 1,
          state: 'running',
          total: expected,
          resent: 3,
          refused: 0,
          startedAt: NOW,
          endedAt: null,
        };
        return changed(bulk);
      },
      'deliveries.cancelBulkResend': () => {
        if (bulk === null) return fail('conflict', 'This bulk resend has ended already.');
        bulk = { ...bulk, state: 'cancelled', endedAt: NOW };
        return changed(bulk);
      },
      'deliveries.bulkResend': () => ok(bulk),
      'deliveries.exportPage': ({ filter, cursor, withPhones }) => {
        const page = pageOf(
          rows.filter((row) => isIn(filter, row)),
          cursor,
        );
        const lines = page.rows.map(({ id, state, phone }) => `${id},${state},${withPhones ? '+12125550110' : phone}`);
        return ok({ text: `${lines.join('\r\n')}\r\n`, rows: page.rows.length, nextCursor: page.nextCursor });
      },
    },
  };
}

function isIn(filter: DeliveryFilter, row: DeliveryRow): boolean {
  const { state, trigger, answer, isTest, customerId, orderDate, search } = filter;
  return (
    (state === null || row.state === state) &&
    (trigger === null || row.trigger === trigger) &&
    (answer === null || row.answer === answer) &&
    (isTest === null || row.isTest === isTest) &&
    (customerId === null || row.customerId === customerId) &&
    (orderDate === null || row.orderDate === orderDate) &&
    (search === '' || row.customerName.toLowerCase().includes(search.toLowerCase()))
  );
}
