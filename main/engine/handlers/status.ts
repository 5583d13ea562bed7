import { readHold } from '../../core/hold.ts';
import { createForecaster } from '../../core/forecast-notice.ts';
import { restoredNotices } from '../../core/restored.ts';
import { billingClock } from '../../core/sync-platform.ts';
import { countDeliveriesForPerson, countDeliveriesInState, countOpenDeliveries } from '../../db/delivery-log.ts';
import { countMissedNotices, listMissedNotices } from '../../db/missed-notices.ts';
import { countRepliesForPerson } from '../../db/reply-log.ts';
import { readTotal, sumHours } from '../../db/shop.ts';
import { countNextOrders } from '../../db/subscriptions.ts';
import { listUnplannedOrders } from '../../db/upcoming-orders.ts';
import { addDays, dateIn, instantOf } from '../../../shared/domain/calendar.ts';
import type { Handlers } from '../../../shared/ipc/contract.ts';
import { ok } from '../../../shared/result.ts';
import type { ConnectionName } from '../connections.ts';
import type { EngineContext } from '../context.ts';
import type { Shop } from '../shop.ts';
import { waitBriefly } from '../wait-briefly.ts';

const DAYS_AHEAD = 14;
/** At most this many orders are looked at one by one for what goes out first. */
const MOST_DUE = 10_000;
/** How far back a missed notice is worth a person's time. */
const MISSED_MS = 7 * 86_400_000;
const PAGE = 50;

type Channels = 'status.get' | 'overview.get' | 'overview.missed' | 'sync.run';

export function statusHandlers(context: EngineContext): Pick<Handlers, Channels> {
  const { start, active } = context;
  // In practice nothing comes by itself: the clock is moved.
  const waitsForTime = (shop: Shop, name: ConnectionName): boolean =>
    context.practice() === undefined && shop.connections.view(name).state !== 'missing';
  return {
    'status.get': () => {
      const shop = active();
      const settings = shop.store.settings();
      const syncedAt = shop.store.mark('synced_at');
      return ok({
        version: start.version,
        now: shop.clock.now(),
        timeZone: settings.timeZone,
        billing: billingClock(shop.store),
        shopName: settings.shopName,
        isPractice: context.practice() !== undefined,
        sendingOn: settings.sendingOn,
        hold: readHold(shop.store, shop.clock.now()) ?? null,
        connections: shop.connections.viewAll(),
        lastSyncAt: syncedAt === undefined ? null : Number(syncedAt),
        sync: { ...shop.syncState(), nextAt: waitsForTime(shop, 'smartrr') ? shop.nextRuns().syncAt : null },
        nextReplyPollAt: waitsForTime(shop, 'inbox') ? shop.nextRuns().repliesAt : null,
        clockSkewMs: context.practice() === undefined ? context.real.clockSkewMs() : null,
        needsPerson: { deliveries: countDeliveriesForPerson(shop.db), replies: countRepliesForPerson(shop.db) },
        storage: context.storage(),
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
        unknown: countDeliveriesInState(shop.db, 'unknown'),
        failed: countDeliveriesInState(shop.db, 'failed'),
        missed: countMissedNotices(shop.db, shop.clock.now() - MISSED_MS),
        upcomingNotices: countOrdersAhead(shop, today),
        noticesDueNow: countNoticesDueNow(shop),
      });
    },
    'overview.missed': ({ cursor }) => {
      const { db, clock } = active();
      const [, at, id] = /^(\d+)-(\d+)$/.exec(cursor ?? '') ?? [];
      const before = { at: Number(at ?? Number.MAX_SAFE_INTEGER), id: Number(id ?? Number.MAX_SAFE_INTEGER) };
      const rows = listMissedNotices(db, clock.now() - MISSED_MS, before, PAGE);
      const last = rows.at(-1);
      const nextCursor = last === undefined || rows.length < PAGE ? null : `${last.at}-${last.id}`;
      return ok({ rows, nextCursor });
    },
    'sync.run': async () => {
      await waitBriefly(active().sync());
      return ok({});
    },
  };
}

/** Orders by the date on which their notice is due, as the subscriptions stand now. */
function countOrdersAhead(shop: Shop, today: string): { date: string; notices: number }[] {
  const { leadDays } = shop.store.settings();
  const counts = new Map(
    countNextOrders(shop.db, addDays(today, leadDays), addDays(today, leadDays + DAYS_AHEAD - 1)).map(
      ({ date, count }) => [date, count],
    ),
  );
  return Array.from({ length: DAYS_AHEAD }, (_, day) => ({
    date: addDays(today, day),
    notices: counts.get(addDays(today, day + leadDays)) ?? 0,
  }));
}

/** The largest number of notices that the overview announces at once: first those due now, then day by day. */
export function mostNoticesAhead(shop: Shop): number {
  const today = dateIn(shop.store.settings().timeZone, shop.clock.now());
  return Math.max(countNoticesDueNow(shop), ...countOrdersAhead(shop, today).map(({ notices }) => notices));
}

/** What switching sending on now would let out first: due, and still in time. */
function countNoticesDueNow(shop: Shop): number {
  const { db, store, clock } = shop;
  const settings = store.settings();
  const forecastOf = createForecaster(settings, billingClock(store), clock.now(), restoredNotices(store));
  const throughDate = addDays(dateIn(settings.timeZone, clock.now()), settings.leadDays);
  return listUnplannedOrders(db, throughDate, MOST_DUE).filter((order) => forecastOf(order).outcome === 'goes').length;
}
