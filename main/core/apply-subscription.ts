import { dateIn } from '../../shared/domain/calendar.ts';
import { normalisePhone } from '../../shared/domain/phone.ts';
import type { PlatformEvent, PlatformSubscription } from '../../shared/domain/platform.ts';
import { detectTriggers, isLive } from './detect-triggers.ts';
import { queueDelivery } from './queue-delivery.ts';
import type { Store, StoredSubscription } from './store.ts';

export type ApplyContext = Readonly<{ baselineAt: number; isFirstSync: boolean }>;

export type Applied = 'new' | 'changed' | 'same' | 'older' | 'incomplete';

/**
 * Takes one subscription as read from the platform into the database, with the deliveries and decisions that its
 * change calls for. Call it in a transaction: the change and what follows from it are one commit.
 *
 * - An answer older than what is known is a stale read and changes nothing.
 * - A field that is missing from the answer keeps the value that is known.
 * - `eventsRead` is the subscription's log, or null when it was not read: then its skips are still to be looked at.
 */
export function applySubscription(
  store: Store,
  read: PlatformSubscription,
  eventsRead: readonly PlatformEvent[] | null,
  { baselineAt, isFirstSync }: ApplyContext,
  now: number,
): Applied {
  const settings = store.settings();
  const before = store.findSubscription(read.subscription.id);
  if (before !== undefined && read.subscription.updatedAt < before.updatedAt) return 'older';
  const events = eventsRead ?? [];
  const after = merge(store, read, before, settings.timeZone, eventsRead !== null);
  if (after === undefined) return 'incomplete';

  saveCustomer(store, read, settings.country, now);
  const orderDateOf = (iso: string): string => dateIn(settings.timeZone, Date.parse(iso));
  const orders = ordersMentioned(before, events, orderDateOf);
  const detection = detectTriggers({
    before,
    after,
    events,
    orderDateOf,
    now,
    settings,
    baselineAt,
    isFirstSync,
    noticedOrders: new Set(orders.filter((date) => mayHaveNotice(store, after.id, date))),
    repliedSkips: new Set(orders.filter((date) => store.findSkip(after.id, date) !== undefined)),
    billedOrders: new Set(
      orders.filter((date) => store.listBillsOfOrder(after.id, date).some(({ status }) => status !== 'canceled')),
    ),
    otherLiveSubscriptions: store
      .listSubscriptionsOfCustomer(after.customerId)
      .filter(({ id, status }) => id !== after.id && isLive(status)).length,
  });
  store.saveSubscription(after, now);
  for (const delivery of detection.deliveries) queueDelivery(store, delivery, now);
  for (const decision of detection.decisions) if (store.decide(decision, now)) store.count('not_sent', now);
  if (before === undefined) return 'new';
  return before.updatedAt === after.updatedAt ? 'same' : 'changed';
}

/** Cheap test before anything else is read: has the platform touched the subscription since its log was read? */
export function hasMoved(store: Store, read: PlatformSubscription): 'new' | 'moved' | 'same' {
  const before = store.findSubscription(read.subscription.id);
  if (before === undefined) return 'new';
  return read.subscription.updatedAt > before.eventsThrough ? 'moved' : 'same';
}

function merge(
  store: Store,
  read: PlatformSubscription,
  before: StoredSubscription | undefined,
  timeZone: string,
  wereEventsRead: boolean,
): StoredSubscription | undefined {
  const { subscription } = read;
  const status = subscription.status ?? before?.status;
  if (status === undefined) return undefined;
  // A cancelled subscription may really have no next order; a live one with none is an answer with a hole.
  const hasNextOrder = subscription.nextOrderAt !== null || before === undefined || !isLive(status);
  const nextOrderIso = hasNextOrder ? subscription.nextOrderIso : before.nextOrderIso;
  const nextOrderAt = hasNextOrder ? subscription.nextOrderAt : before.nextOrderAt;
  // The delivery's rhythm is the selling plan's; the platform's own words are the fallback (1.4).
  const planned = subscription.sellingPlanId === null ? undefined : store.findSellingPlan(subscription.sellingPlanId);
  return {
    ...subscription,
    status,
    nextOrderIso,
    nextOrderAt,
    cancelledAt: subscription.cancelledAt ?? (status === 'CANCELLED' ? (before?.cancelledAt ?? null) : null),
    isMigrated: subscription.isMigrated || (before?.isMigrated ?? false),
    sellingPlanId: subscription.sellingPlanId ?? before?.sellingPlanId ?? null,
    frequency: planned ?? subscription.frequency ?? before?.frequency ?? null,
    productTitles: subscription.productTitles.length > 0 ? subscription.productTitles : (before?.productTitles ?? []),
    totalCents: subscription.totalCents ?? before?.totalCents ?? null,
    currency: subscription.currency ?? before?.currency ?? null,
    paymentMethod: subscription.paymentMethod ?? before?.paymentMethod ?? null,
    nextOrderDate: nextOrderAt === null ? null : dateIn(timeZone, nextOrderAt),
    noticeOrderDate: before?.noticeOrderDate ?? null,
    eventsThrough: wereEventsRead || before === undefined ? subscription.updatedAt : before.eventsThrough,
  };
}

function saveCustomer(store: Store, read: PlatformSubscription, country: string, now: number): void {
  const before = store.findCustomer(read.customer.id);
  const phone = read.phones.map((raw) => normalisePhone(raw, country)).find((number) => number !== null);
  store.saveCustomer(
    {
      id: read.customer.id,
      platformNumber: read.customer.platformNumber ?? before?.platformNumber ?? null,
      firstName: read.customer.firstName ?? before?.firstName ?? null,
      lastName: read.customer.lastName ?? before?.lastName ?? null,
      email: read.customer.email ?? before?.email ?? null,
      phone: phone ?? before?.phone ?? null,
    },
    now,
  );
}

/** A notice counts when it reached Postscript, or may have. */
function mayHaveNotice(store: Store, subscriptionId: string, orderDate: string): boolean {
  const state = store.findNotice(subscriptionId, orderDate)?.state;
  return state === 'accepted' || state === 'unknown' || state === 'sending';
}

function ordersMentioned(
  before: StoredSubscription | undefined,
  events: readonly PlatformEvent[],
  orderDateOf: (iso: string) => string,
): readonly string[] {
  const dates = events.flatMap(({ orderIso }) => (orderIso === null ? [] : [orderDateOf(orderIso)]));
  if (before?.nextOrderDate) dates.push(before.nextOrderDate);
  return [...new Set(dates)];
}
