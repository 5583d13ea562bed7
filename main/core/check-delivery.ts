import type { Delivery } from '../../shared/domain/deliveries.ts';
import { dateIn } from '../../shared/domain/calendar.ts';
import type { DecisionReason } from '../../shared/domain/decisions.ts';
import type { PlatformEvent, StoredSubscription } from '../../shared/domain/platform.ts';
import { isLive, whyOrderIsGone } from './detect-triggers.ts';
import { readHold } from './hold.ts';
import type { Platform } from './platform-port.ts';
import type { Store } from './store.ts';

export type Check =
  | Readonly<{ kind: 'send' }>
  | Readonly<{ kind: 'drop'; reason: DecisionReason }>
  /** The platform could not be asked. */
  | Readonly<{ kind: 'later'; why: string }>;

/** What is known at once: the whole answer, or what the platform has to be asked for it. */
type FirstLook = Check | Readonly<{ kind: 'ask'; ask: () => Promise<Check> }>;

export type CheckDeps = Readonly<{ store: Store; platform: Platform | undefined }>;

/** A sync that left nothing behind and is this recent is as good as reading the subscription again. */
const FRESH_MS = 60_000;

/**
 * How long after one sync the next is due, ms.
 *
 * Sooner while notices wait to be sent: what no recent sync has seen is read one by one, at the two requests a second
 * that the platform is asked for, and a long line would leave at a fifth of its rate. Not where a sync walks everything.
 */
export function syncPauseMs(store: Store, now: number): number {
  const usual = store.settings().syncMinutes * 60_000;
  if (store.mark('subscriptions_filter') !== 'on' || store.mark('bills_filter') !== 'on') return usual;
  return isNoticeNext(store, now) ? FRESH_MS / 2 : usual;
}

/** Whether the next to leave is a notice, which a recent sync spares a request of its own. */
export function isNoticeNext(store: Store, now: number): boolean {
  if (!store.settings().sendingOn || readHold(store, now) !== undefined) return false;
  return store.nextDueDelivery(now, new Map(), false)?.trigger === 'upcoming_order';
}

const send: Check = { kind: 'send' };
const notConnected: Check = { kind: 'later', why: 'The platform is not connected.' };
const drop = (reason: DecisionReason): Check => ({ kind: 'drop', reason });

/** Just before sending: is what the text says still true? (design 3.2) */
export async function checkDelivery(deps: CheckDeps, delivery: Delivery, now: number): Promise<Check> {
  return askIfNeeded(lookAtDelivery(deps, delivery, now));
}

async function askIfNeeded(look: FirstLook): Promise<Check> {
  return look.kind === 'ask' ? look.ask() : look;
}

/** The same, as far as it can be told without asking anybody. */
export function lookAtDelivery(deps: CheckDeps, delivery: Delivery, now: number): FirstLook {
  if (delivery.isTest) return send;
  switch (delivery.trigger) {
    case 'upcoming_order':
      return checkNotice(deps, delivery, now);
    case 'skipped_order':
      return checkSkippedOrder(deps.store, delivery);
    case 'payment_method_failed':
      return checkPaymentFailed(deps.store, delivery);
    case 'customer_deactivated':
      return checkDeactivated(deps, delivery);
    case 'subscription_created':
      return checkCreated(deps.store, delivery);
    case 'payment_method_updated':
      return send;
  }
}

function checkNotice({ store, platform }: CheckDeps, delivery: Delivery, now: number): FirstLook {
  const known = subscriptionOf(store, delivery);
  if (known === undefined) return drop('subscription_ended');
  const { orderDate } = delivery;
  if (orderDate === null) return drop('order_moved');
  if (platform === undefined) return notConnected;
  const wholeAt = Number(store.mark('whole_at') ?? 0);
  if (now >= wholeAt && now - wholeAt <= FRESH_MS) return judgeNotice(store, platform, known, orderDate);
  return { kind: 'ask', ask: () => readNotice(store, platform, known, orderDate) };
}

async function readNotice(
  store: Store,
  platform: Platform,
  known: StoredSubscription,
  orderDate: string,
): Promise<Check> {
  const read = await platform.getSubscription(known.platformNumber, known.customerId);
  if (!read.ok)
    return read.error.kind === 'not_found' ? drop('subscription_ended') : { kind: 'later', why: read.error.message };
  const { status, nextOrderAt, updatedAt } = read.value.subscription;
  // A stale read: what we know is newer.
  if (updatedAt < known.updatedAt) return askIfNeeded(judgeNotice(store, platform, known, orderDate));
  // Not taken for what it was: a status that Heads Up has not heard of may mean that there is no order.
  if (status === null) return { kind: 'later', why: 'The platform left the status out, or wrote an unknown one.' };
  // Only looked at, not saved: the sync takes changes in together with the log that explains them.
  const fresh: StoredSubscription = {
    ...known,
    status,
    nextOrderDate: nextOrderAt === null ? known.nextOrderDate : dateIn(store.settings().timeZone, nextOrderAt),
  };
  return askIfNeeded(judgeNotice(store, platform, fresh, orderDate));
}

function judgeNotice(store: Store, platform: Platform, subscription: StoredSubscription, orderDate: string): FirstLook {
  const gone = whyNotNext(store, subscription, orderDate, []);
  if (gone === undefined) return send;
  if (gone !== 'order_moved') return drop(gone);
  // Only the log tells a skip and a charge from a move.
  const ask = async (): Promise<Check> => {
    const log = await platform.listSubscriptionEvents(subscription.platformNumber);
    if (!log.ok) return { kind: 'later', why: log.error.message };
    return drop(whyNotNext(store, subscription, orderDate, log.value.rows) ?? gone);
  };
  return { kind: 'ask', ask };
}

/** Why that order is no longer the next one to come, or undefined while it is. */
function whyNotNext(
  store: Store,
  subscription: StoredSubscription,
  orderDate: string,
  events: readonly PlatformEvent[],
): DecisionReason | undefined {
  const billed = store.listBillsOfOrder(subscription.id, orderDate).some(({ status }) => status !== 'canceled');
  const isNext = subscription.status === 'ACTIVE' && subscription.nextOrderDate === orderDate;
  if (isNext && !billed) return undefined;
  if (isNext) return 'order_billed';
  return whyOrderIsGone(
    {
      after: subscription,
      events,
      orderDateOf: (iso) => dateIn(store.settings().timeZone, Date.parse(iso)),
      repliedSkips: new Set(store.findSkip(subscription.id, orderDate) === undefined ? [] : [orderDate]),
      billedOrders: new Set(billed ? [orderDate] : []),
    },
    orderDate,
  );
}

function checkSkippedOrder(store: Store, delivery: Delivery): Check {
  const subscription = subscriptionOf(store, delivery);
  if (subscription === undefined || !isLive(subscription.status)) return drop('subscription_ended');
  return subscription.nextOrderDate === delivery.orderDate ? drop('skip_undone') : send;
}

function checkPaymentFailed(store: Store, delivery: Delivery): Check {
  const bill = delivery.billId === null ? undefined : store.findBill(delivery.billId);
  if (bill === undefined) return send;
  if (bill.status === 'succeeded' || bill.status === 'canceled') return drop('payment_recovered');
  const announced = Number(delivery.properties['retry_num']);
  return bill.status === 'failed' && bill.retryCount > announced ? drop('superseded') : send;
}

function checkDeactivated({ store, platform }: CheckDeps, { customerId }: Delivery): FirstLook {
  if (customerId === null) return send;
  if (store.listSubscriptionsOfCustomer(customerId).some(({ status }) => isLive(status)))
    return drop('still_subscribed');
  return platform === undefined ? notConnected : { kind: 'ask', ask: () => readStatuses(store, platform, customerId) };
}

async function readStatuses(store: Store, platform: Platform, customerId: string): Promise<Check> {
  const read = await platform.listCustomerSubscriptions(customerId);
  if (!read.ok) return read.error.kind === 'not_found' ? send : { kind: 'later', why: read.error.message };
  const statuses = read.value.rows.map(({ subscription: { id, status, updatedAt } }) => {
    const known = store.findSubscription(id);
    // A row without a status, or older than what we know, says nothing new.
    return known !== undefined && (status === null || updatedAt < known.updatedAt) ? known.status : status;
  });
  if (statuses.some((status) => status !== null && isLive(status))) return drop('still_subscribed');
  return statuses.includes(null) ? { kind: 'later', why: 'The platform left a status out.' } : send;
}

function checkCreated(store: Store, delivery: Delivery): Check {
  return subscriptionOf(store, delivery)?.status === 'CANCELLED' ? drop('subscription_cancelled') : send;
}

function subscriptionOf(store: Store, delivery: Delivery): StoredSubscription | undefined {
  return delivery.subscriptionId === null ? undefined : store.findSubscription(delivery.subscriptionId);
}
