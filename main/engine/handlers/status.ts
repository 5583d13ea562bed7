import { readHold } from '../../core/hold.ts';
import { timeNotice } from '../../core/plan-notices.ts';
import { billingClock } from '../../core/sync-platform.ts';
import { countDeliveriesForPerson, countOpenDeliveries } from '../../db/delivery-log.ts';
import { countRepliesForPerson } from '../../db/reply-log.ts';
import { readTotal, sumHours } from '../../db/shop.ts';
import { countNextOrders } from '../../db/subscriptions.ts';
import { addDays, dateIn, instantOf } from '../../../shared/domain/calendar.ts';
import type { Handlers } from '../../../shared/ipc/contract.ts';
import { ok } from '../../../shared/result.ts';
import type { EngineContext } from '../context.ts';
import type { Shop } from '../shop.ts';
import { waitBriefly } from '../wait-briefly.ts';

const FORECAST_DAYS = 14;
/** A forecast looks at most at this many orders one by one. */
const MOST_DUE = 10_000;

export function statusHandlers(context: EngineContext): Pick<Handlers, 'status.get' | 'overview.get' | 'sync.run'> {
  const { start, active } = context;
  return {
    'status.get': () => {
      const shop = active();
      const settings = shop.store.settings();
      const syncedAt = shop.store.mark('synced_at');
      return ok({
        host: start.host,
        version: start.version,
        now: shop.clock.now(),
        timeZone: settings.timeZone,
        shopName: settings.shopName,
        isPractice: context.practice() !== undefined,
        sendingOn: settings.sendingOn,
        hold: readHold(shop.store, shop.clock.now()) ?? null,
        connections: shop.connections.viewAll(),
        lastSyncAt: syncedAt === undefined ? null : Number(syncedAt),
        sync: shop.syncState(),
        needsPerson: { deliveries: countDeliveriesForPerson(shop.db), replies: countRepliesForPerson(shop.db) },
        storage: context.storage(),
        secretStore: start.secretStore,
      });
    },
    'overview.get': () => {
      const shop = active();
      const { timeZone } = shop.store.settings();
      const today = dateIn(timeZone, shop.clock.now());
      const from = instantOf(timeZone, today, '00:00');
      const to = instantOf(timeZone, addDays(today, 1), '00:00');
      const countToday = (name: string): number => sumHours(shop.db, name, from, to);
      return ok({
        customers: readTotal(shop.db, 'customers'),
        activeSubscriptions: readTotal(shop.db, 'active_subscriptions'),
        today: {
          accepted: countToday('accepted'),
          waiting: countOpenDeliveries(shop.db),
          notSent: countToday('not_sent'),
          replies: countToday('replies'),
          skipped: countToday('skipped'),
        },
        upcomingNotices: forecastNotices(shop, today),
        noticesDueNow: countNoticesDueNow(shop),
      });
    },
    'sync.run': async () => {
      await waitBriefly(active().sync());
      return ok({});
    },
  };
}

/** Notices by the date on which they are due, as the subscriptions stand now. */
function forecastNotices(shop: Shop, today: string): { date: string; notices: number }[] {
  const { leadDays } = shop.store.settings();
  const counts = new Map(
    countNextOrders(shop.db, addDays(today, leadDays), addDays(today, leadDays + FORECAST_DAYS - 1)).map(
      ({ date, count }) => [date, count],
    ),
  );
  return Array.from({ length: FORECAST_DAYS }, (_, day) => ({
    date: addDays(today, day),
    notices: counts.get(addDays(today, day + leadDays)) ?? 0,
  }));
}

/** The largest number of notices that the overview announces at once: first those due now, then day by day. */
export function mostNoticesAhead(shop: Shop): number {
  const today = dateIn(shop.store.settings().timeZone, shop.clock.now());
  return Math.max(countNoticesDueNow(shop), ...forecastNotices(shop, today).map(({ notices }) => notices));
}

/** What switching sending on now would let out first: due, and still in time. */
function countNoticesDueNow(shop: Shop): number {
  const { store } = shop;
  const settings = store.settings();
  const now = shop.clock.now();
  const billing = billingClock(store);
  const throughDate = addDays(dateIn(settings.timeZone, now), settings.leadDays);
  return store
    .listOrdersToPlan(throughDate, MOST_DUE)
    .filter(({ subscription: { id, nextOrderDate, nextOrderAt } }) => {
      if (nextOrderDate === null || nextOrderAt === null) return false;
      const earlier = store.findNotice(id, nextOrderDate);
      if (earlier !== undefined && earlier.state !== 'suppressed') return false;
      return !timeNotice(settings, billing, { date: nextOrderDate, at: nextOrderAt }, now).isTooLate;
    }).length;
}
