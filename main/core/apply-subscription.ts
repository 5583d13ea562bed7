import { dateIn } from '../../shared/domain/calendar.ts';
import { normalisePhone } from '../../shared/domain/phone.ts';
import type {
  Customer,
  PaymentMethod,
  PlatformEvent,
  PlatformSubscription,
  Standing,
  StoredSubscription,
} from '../../shared/domain/platform.ts';
import { detectTriggers, hasEnded, isLaterDate, isLive } from './detect-triggers.ts';
import { queueDelivery } from './queue-delivery.ts';
import { isStillToCome } from './still-to-come.ts';
import type { Store } from './store.ts';

export type ApplyContext = Readonly<{
  baselineAt: number;
  isFirstSync: boolean;
  /** The platform's own clock when it answered, where that is known. */
  platformNow?: number | null;
}>;

export type Applied = 'new' | 'changed' | 'same' | 'older' | 'incomplete';

/**
 * Takes one subscription as read from the platform into the database, with the deliveries and decisions that its
 * change calls for. Call it in a transaction: the change and what follows from it are one commit.
 *
 * - An answer older than what is known is a stale read and changes nothing.
 * - Of a customer who was erased nothing is taken in.
 * - A field that is missing from the answer keeps the value that is known.
 * - `eventsRead` is the subscription's log, or null when it was not read: then its skips are still to be looked at.
 */
export function applySubscription(
  store: Store,
  read: PlatformSubscription,
  eventsRead: readonly PlatformEvent[] | null,
  { baselineAt, isFirstSync, platformNow = null }: ApplyContext,
  now: number,
): Applied {
  const settings = store.settings();
  const before = store.findSubscription(read.subscription.id);
  if (before !== undefined && read.subscription.updatedAt < before.updatedAt) return 'older';
  const events = eventsRead ?? [];
  const isAhead = isStillToCome(read.subscription.updatedAt, now, platformNow);
  const updatedAt = isAhead
    ? (before?.updatedAt ?? Math.min(read.subscription.createdAt, now))
    : read.subscription.updatedAt;
  const after = merge(store, read, before, settings.timeZone, eventsRead !== null, updatedAt);
  if (after === undefined) return 'incomplete';

  const isTakenIn = store.updateCustomer(
    read.customer.id,
    (known) => mergeCustomer(read, known, settings.country),
    now,
  );
  if (!isTakenIn && before === undefined) return 'same';
  const orderDateOf = (iso: string): string => dateIn(settings.timeZone, Date.parse(iso));
  // What has just become known has no orders yet that anything here was done about.
  const orders = before === undefined ? [] : ordersMentioned(before, after, events, orderDateOf);
  // Only the end of one asks for the customer's others.
  const others = hasEnded({ before, after, baselineAt, now })
    ? store.listSubscriptionsOfCustomer(after.customerId).filter(({ id }) => id !== after.id)
    : [];
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
    undoneSkips: new Set(orders.filter((date) => store.wasSkipUndone(after.id, date))),
    billedOrders: new Set(
      orders.filter((date) => store.listBillsOfOrder(after.id, date).some(({ status }) => status !== 'canceled')),
    ),
    otherLiveSubscriptions: others.filter(({ status }) => isLive(status)).length,
    otherCancelledAt: others.reduce<number | null>(
      (latest, { cancelledAt }) => (cancelledAt === null ? latest : Math.max(latest ?? 0, cancelledAt)),
      null,
    ),
  });
  store.saveSubscription(after, now, before ?? null);
  for (const delivery of detection.deliveries) queueDelivery(store, delivery, now);
  for (const decision of detection.decisions) if (store.decide(decision, now)) store.count('not_sent', now);
  if (before === undefined) return 'new';
  return before.updatedAt === after.updatedAt ? 'same' : 'changed';
}

/**
 * Of rows that have not moved, all those of customers about whom one of them says something new.
 *
 * Nearly always there is none, and a page is asked about for less than half of what its rows cost one by one.
 */
export function listRowsWithNews(store: Store, rows: readonly PlatformSubscription[]): readonly PlatformSubscription[] {
  const { country } = store.settings();
  const known = store.findCustomers([...new Set(rows.map(({ customer }) => customer.id))]);
  const changed = new Set<string>();
  for (const row of rows) {
    const before = known.get(row.customer.id);
    if (before === undefined || !isSameCustomer(before, mergeCustomer(row, before, country)))
      changed.add(row.customer.id);
  }
  return changed.size === 0 ? [] : rows.filter(({ customer }) => changed.has(customer.id));
}

function isSameCustomer(one: Customer, other: Customer): boolean {
  return (
    one.phone === other.phone &&
    one.email === other.email &&
    one.firstName === other.firstName &&
    one.lastName === other.lastName &&
    one.platformNumber === other.platformNumber
  );
}

/**
 * The customer alone, of a row that has not moved: a changed number need not touch the subscription.
 *
 * Where several subscriptions hold numbers of their own, the number stays until one of them moves: each walk would
 * otherwise take one after the other.
 */
export function refreshCustomer(store: Store, read: PlatformSubscription, now: number): void {
  const { country } = store.settings();
  const { id } = read.customer;
  store.updateCustomer(
    id,
    (before) => {
      const after = mergeCustomer(read, before, country);
      const isPhoneSure = after.phone === before?.phone || store.listSubscriptionsOfCustomer(id).length === 1;
      return isPhoneSure ? after : { ...after, phone: before?.phone ?? null };
    },
    now,
  );
}

/**
 * Cheap test before anything else is read: has the platform touched the subscription since its log was read?
 *
 * Another status or next order under the same date of change counts too: the answer before may have been a garbled one.
 */
export function hasMoved(before: Standing | undefined, read: PlatformSubscription): 'new' | 'moved' | 'same' {
  if (before === undefined) return 'new';
  const { updatedAt, status, nextOrderAt } = read.subscription;
  if (updatedAt > before.eventsThrough) return 'moved';
  if (updatedAt < before.updatedAt) return 'same';
  const isOther =
    (status !== null && status !== before.status) || (nextOrderAt !== null && nextOrderAt !== before.nextOrderAt);
  return isOther ? 'moved' : 'same';
}

function merge(
  store: Store,
  read: PlatformSubscription,
  before: StoredSubscription | undefined,
  timeZone: string,
  wereEventsRead: boolean,
  updatedAt: number,
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
    updatedAt,
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
    paymentMethod: mergePaymentMethod(subscription.paymentMethod, before?.paymentMethod ?? null),
    nextOrderDate: nextOrderAt === null ? null : dateIn(timeZone, nextOrderAt),
    noticeOrderDate: before?.noticeOrderDate ?? null,
    eventsThrough: wereEventsRead || before === undefined ? updatedAt : before.eventsThrough,
  };
}

/** Of one method the latest date stays, whatever an answer leaves out or takes back: only a later one tells anything. */
function mergePaymentMethod(read: PaymentMethod | null, before: PaymentMethod | null): PaymentMethod | null {
  if (read === null) return before;
  return before?.id === read.id && !isLaterDate(read.updatedAt, before.updatedAt)
    ? { ...read, updatedAt: before.updatedAt }
    : read;
}

/** What the row leaves out keeps the value that is known. */
function mergeCustomer(
  { customer, phones }: PlatformSubscription,
  before: Customer | undefined,
  country: string,
): Customer {
  const phone = findPhone(phones, country);
  return {
    id: customer.id,
    platformNumber: customer.platformNumber ?? before?.platformNumber ?? null,
    firstName: customer.firstName ?? before?.firstName ?? null,
    lastName: customer.lastName ?? before?.lastName ?? null,
    email: customer.email ?? before?.email ?? null,
    phone: phone ?? before?.phone ?? null,
  };
}

/** The first that is a number; those behind it are not looked at. */
function findPhone(phones: readonly string[], country: string): string | undefined {
  for (const raw of phones) {
    const phone = normalisePhone(raw, country);
    if (phone !== null) return phone;
  }
  return undefined;
}

/** A notice counts when it reached Postscript, or may have. */
function mayHaveNotice(store: Store, subscriptionId: string, orderDate: string): boolean {
  const notice = store.findNotice(subscriptionId, orderDate);
  if (notice === undefined) return false;
  return ['accepted', 'unknown', 'sending'].includes(notice.state) || notice.mayHaveArrived;
}

function ordersMentioned(
  before: StoredSubscription,
  after: StoredSubscription,
  events: readonly PlatformEvent[],
  orderDateOf: (iso: string) => string,
): readonly string[] {
  const dates = events.flatMap(({ orderIso }) => (orderIso === null ? [] : [orderDateOf(orderIso)]));
  for (const next of [before.nextOrderDate, after.nextOrderDate]) if (next) dates.push(next);
  return [...new Set(dates)];
}
