import { setImmediate } from 'node:timers/promises';
import { countOrder, createCounts, type Comparison } from '../../core/compare-forecasts.ts';
import { whyNoticesRest } from '../../core/decide-notice.ts';
import { eventProperties } from '../../core/event-properties.ts';
import { createForecaster, type Forecast } from '../../core/forecast-notice.ts';
import { renderCopy } from '../../core/send-test.ts';
import { restoredNotices } from '../../core/restored.ts';
import { billingClock } from '../../core/sync-platform.ts';
import { searchCustomers } from '../../db/customer-search.ts';
import { listUpcomingOrders, listUpcomingOrdersOfCustomer, type OrderPlace } from '../../db/upcoming-orders.ts';
import { addDays, dateIn, nextWindowOpening } from '../../../shared/domain/calendar.ts';
import { FORECAST_DAYS, type UpcomingOrder } from '../../../shared/domain/forecast.ts';
import { maskPhone } from '../../../shared/domain/phone.ts';
import { countSegments } from '../../../shared/domain/segments.ts';
import type { ShopSettings } from '../../../shared/domain/settings.ts';
import type { Handlers, Input } from '../../../shared/ipc/contract.ts';
import type { UpcomingRow } from '../../../shared/ipc/upcoming-contract.ts';
import { ok } from '../../../shared/result.ts';
import type { EngineContext } from '../context.ts';
import type { Shop } from '../shop.ts';

const PAGE = 50;
/** Orders looked at for one page, however few of them match. */
const MOST_LOOKED_AT = 2000;
/** Orders counted between two breaths: the engine's other work is never kept waiting for all of them. */
const SLICE = 500;
const MOST_FOUND = 25;

export function upcomingHandlers({
  active,
}: Pick<EngineContext, 'active'>): Pick<Handlers, 'upcoming.list' | 'upcoming.days'> {
  return {
    'upcoming.list': (input) => ok(listPage(active(), input)),
    'upcoming.days': async ({ tried }) => {
      const shop = active();
      const saved = shop.store.settings();
      const now = shop.clock.now();
      const today = dateIn(saved.timeZone, now);
      const billing = billingClock(shop.store);
      const restored = restoredNotices(shop.store);
      const withTried = { ...saved, ...tried };
      const comparison: Comparison = {
        saved: createForecaster(saved, billing, now, restored),
        tried: tried === null ? null : createForecaster(withTried, billing, now, restored),
        nextOpening: nextWindowOpening(saved.timeZone, withTried.window, now),
      };
      const counts = createCounts();
      const through = addDays(today, FORECAST_DAYS - 1 + Math.max(saved.leadDays, withTried.leadDays));
      for await (const order of readOrders(shop, today, through)) countOrder(counts, comparison, order);
      const goes = sumByDay(counts.goes, saved.timeZone);
      const triedGoes = tried === null ? null : sumByDay(counts.tried, saved.timeZone);
      const { leadDays, window, minimumNoticeHours } = saved;
      return ok({
        restsBecause: whyNoticesRest(saved) ?? null,
        saved: { leadDays, window, minimumNoticeHours },
        totals: counts.totals,
        days: Array.from({ length: FORECAST_DAYS }, (_, day) => {
          const date = addDays(today, day);
          return { date, goes: goes.get(date) ?? 0, tried: triedGoes === null ? null : (triedGoes.get(date) ?? 0) };
        }),
        difference: tried === null ? null : counts.difference,
      });
    },
  };
}

function sumByDay(counts: ReadonlyMap<number, number>, timeZone: string): Map<string, number> {
  const days = new Map<string, number>();
  for (const [at, count] of counts) {
    const date = dateIn(timeZone, at);
    days.set(date, (days.get(date) ?? 0) + count);
  }
  return days;
}

/** Orders of the range, a slice at a time. What changes meanwhile is counted at the next asking. */
async function* readOrders(shop: Shop, today: string, through: string): AsyncGenerator<UpcomingOrder> {
  let after: OrderPlace = { orderDate: today, row: 0 };
  for (;;) {
    const orders = listUpcomingOrders(shop.db, after, through, SLICE);
    yield* orders;
    const last = orders.at(-1);
    if (last === undefined || orders.length < SLICE) return;
    after = last;
    await setImmediate();
  }
}

function listPage(
  shop: Shop,
  { cursor, outcomes, text, noticeDate, tried }: Input<'upcoming.list'>,
): { rows: UpcomingRow[]; nextCursor: string | null } {
  const { db, store, clock } = shop;
  const settings: ShopSettings = { ...store.settings(), ...tried };
  const now = clock.now();
  const today = dateIn(settings.timeZone, now);
  const range = {
    from: noticeDate === null ? today : addDays(noticeDate, settings.leadDays),
    through: addDays(noticeDate ?? addDays(today, FORECAST_DAYS - 1), settings.leadDays),
  };
  const forecastOf = createForecaster(settings, billingClock(store), now, restoredNotices(store));
  const toRow = (order: UpcomingOrder): UpcomingRow | undefined => {
    const forecast = forecastOf(order);
    return outcomes.includes(forecast.outcome) ? describe(shop, settings, order, forecast) : undefined;
  };

  if (text.trim() !== '') {
    const orders = searchCustomers(db, text, MOST_FOUND)
      .flatMap(({ id }) => listUpcomingOrdersOfCustomer(db, id))
      .filter(({ orderDate }) => orderDate >= range.from && orderDate <= range.through)
      .toSorted((a, b) => (a.orderDate < b.orderDate ? -1 : 1));
    return { rows: orders.flatMap((order) => toRow(order) ?? []), nextCursor: null };
  }

  const rows: UpcomingRow[] = [];
  let after: OrderPlace = readPlace(cursor) ?? { orderDate: range.from, row: 0 };
  for (let lookedAt = 0; lookedAt < MOST_LOOKED_AT; lookedAt += PAGE) {
    const orders = listUpcomingOrders(db, after, range.through, PAGE);
    for (const order of orders) {
      after = order;
      const row = toRow(order);
      if (row !== undefined) rows.push(row);
      if (rows.length === PAGE) return { rows, nextCursor: toCursor(after) };
    }
    if (orders.length < PAGE) return { rows, nextCursor: null };
  }
  return { rows, nextCursor: toCursor(after) };
}

function describe(shop: Shop, settings: ShopSettings, order: UpcomingOrder, forecast: Forecast): UpcomingRow {
  const { store } = shop;
  const subscription = store.findSubscription(order.subscriptionId);
  const customer = subscription === undefined ? undefined : store.findCustomer(subscription.customerId);
  if (subscription === undefined || customer === undefined)
    throw new Error(`Expected subscription ${order.subscriptionId} and its customer`);
  const properties = eventProperties('upcoming_order', settings, subscription, { orderDate: order.orderDate });
  const renderedCopy = renderCopy(store, 'upcoming_order', subscription, properties);
  return {
    subscriptionId: subscription.id,
    platformNumber: subscription.platformNumber,
    customerId: customer.id,
    customerName: `${customer.firstName ?? ''} ${customer.lastName ?? ''}`.trim(),
    phone: customer.phone === null ? null : maskPhone(customer.phone),
    hasEmail: customer.email !== null,
    orderDate: order.orderDate,
    productTitles: [...subscription.productTitles],
    noticeDate: addDays(order.orderDate, -settings.leadDays),
    ...forecast,
    delivery: order.notice === null ? null : { id: order.notice.id, state: order.notice.state },
    renderedCopy,
    segments: countSegments(renderedCopy).segments,
  };
}

const SEPARATOR = '|';

function toCursor({ orderDate, row }: OrderPlace): string {
  return `${orderDate}${SEPARATOR}${row}`;
}

/** Undefined for one that is none: then the list begins anew. */
function readPlace(cursor: string | null): OrderPlace | undefined {
  const [, orderDate, row] = /^(\d{4}-\d{2}-\d{2})\|(\d{1,15})$/.exec(cursor ?? '') ?? [];
  return orderDate === undefined ? undefined : { orderDate, row: Number(row) };
}
