import type { DeliveryDraft } from '../../shared/domain/deliveries.ts';
import { noticeDueAt } from '../../shared/domain/calendar.ts';
import type { DecisionReason, DecisionDraft } from '../../shared/domain/decisions.ts';
import type { PlatformEvent, SubscriptionStatus, StoredSubscription } from '../../shared/domain/platform.ts';
import type { ShopSettings } from '../../shared/domain/settings.ts';
import { deliveryKeys, triggers, type TriggerName } from '../../shared/domain/triggers.ts';
import { eventProperties, type TriggerFacts } from './event-properties.ts';
import { isStillToCome } from './still-to-come.ts';

export type Detection = Readonly<{ deliveries: readonly DeliveryDraft[]; decisions: readonly DecisionDraft[] }>;

export type DetectionInput = Readonly<{
  before: StoredSubscription | undefined;
  after: StoredSubscription;
  /** The subscription's own log, any order; events of before the last look do no harm. */
  events: readonly PlatformEvent[];
  /** Local order date of an event, in the shop's zone. */
  orderDateOf: (orderIso: string) => string;
  now: number;
  settings: ShopSettings;
  /** Start of the first sync: nothing older is ever announced. */
  baselineAt: number;
  /** True while the first sync is still running: then even what is skipped over is not worth a line. */
  isFirstSync: boolean;
  /** Orders with a notice that was sent or may have been. */
  noticedOrders: ReadonlySet<string>;
  /** Orders that were skipped by a reply of this subscription's customer. */
  repliedSkips: ReadonlySet<string>;
  /** Orders whose skip by us was taken back by us, or may have been. */
  undoneSkips: ReadonlySet<string>;
  billedOrders: ReadonlySet<string>;
  /** The customer's other subscriptions that are ACTIVE or PAUSED. */
  otherLiveSubscriptions: number;
  /** When the last of the customer's other subscriptions was cancelled; null when none was. */
  otherCancelledAt: number | null;
}>;

const HOUR_MS = 3_600_000;
const billingEvents: ReadonlySet<string> = new Set([
  'CREATE_BILL',
  'SUCCESSFUL_BILLING_ATTEMPT',
  'FAILED_BILLING_ATTEMPT',
]);

export function isLive(status: SubscriptionStatus): boolean {
  return status === 'ACTIVE' || status === 'PAUSED';
}

/**
 * What a change of one subscription calls for: deliveries to queue and decisions to record. Pure.
 *
 * Only changes since `before` count, so looking twice at the same state finds nothing the second time; what is found
 * again because a job was cut short falls on the delivery's key or the decision's fact.
 */
export function detectTriggers(input: DetectionInput): Detection {
  const found = [
    created(input),
    ...skippedOrders(input),
    paymentMethodUpdated(input),
    deactivated(input),
    unnoticedOrder(input),
  ];
  const all = found.filter((part) => part !== undefined);
  return {
    deliveries: all.flatMap((part) => ('key' in part ? [part] : [])),
    decisions: all.flatMap((part) => ('key' in part ? [] : [part])),
  };
}

type Found = DeliveryDraft | DecisionDraft | undefined;

function created({ before, after, settings, baselineAt, isFirstSync, now }: DetectionInput): Found {
  if (before !== undefined) return undefined;
  const notAnnounced = (reason: DecisionReason): DecisionDraft => ({
    reason,
    fact: deliveryKeys.created(after.id),
    trigger: 'subscription_created',
    customerId: after.customerId,
    subscriptionId: after.id,
  });
  if (after.createdAt <= baselineAt) return isFirstSync ? undefined : notAnnounced('baseline');
  // When it was made is not known, so neither is whether it is new; the sync names such rows.
  if (isStillToCome(after.createdAt, now)) return undefined;
  if (after.isMigrated) return notAnnounced('migrated');
  if (after.status === 'CANCELLED') return notAnnounced('subscription_cancelled');
  if (!isLive(after.status)) return notAnnounced('subscription_ended');
  return draft('subscription_created', deliveryKeys.created(after.id), after, settings, now, after.createdAt, {
    orderDate: after.nextOrderDate,
  });
}

/**
 * Skips in the subscription's log. A skip that a reply led to is announced by the skip procedure itself, from the
 * read-back; here it only meets its own key.
 */
function skippedOrders({
  before,
  after,
  events,
  orderDateOf,
  now,
  settings,
  baselineAt,
  noticedOrders,
  repliedSkips,
  undoneSkips,
  billedOrders,
}: DetectionInput): Found[] {
  if (before === undefined) return [];
  const skips = events.filter(({ type, at }) => type === 'SKIP' && at > baselineAt && !isStillToCome(at, now));
  return skips.map((event): Found => {
    const orderDate = event.orderIso === null ? before.nextOrderDate : orderDateOf(event.orderIso);
    if (orderDate === null || repliedSkips.has(orderDate)) return undefined;
    // Our own entry of a skip that was taken back since; a customer's own skip of that order is news again.
    if (undoneSkips.has(orderDate) && event.createdBy !== 'CUSTOMER') return undefined;
    // Its order is the next one: the row is older than its log, or the order was moved back. Both show at the next look.
    if (after.nextOrderDate === orderDate && !isTakenBack(events, event, orderDate, orderDateOf)) return undefined;
    const notAnnounced = (reason: DecisionReason): DecisionDraft => ({
      reason,
      fact: `skip:${after.id}:${orderDate}:${event.id}`,
      trigger: 'skipped_order',
      customerId: after.customerId,
      subscriptionId: after.id,
      orderDate,
    });
    if (event.createdBy !== 'CUSTOMER') return notAnnounced('skipped_by_shop');
    if (!noticedOrders.has(orderDate) && !settings.announceEverySkip) {
      return { ...notAnnounced('not_noticed'), fact: `refused:${deliveryKeys.skipped(after.id, orderDate)}` };
    }
    const isUndone =
      isTakenBack(events, event, orderDate, orderDateOf) || isBilled(events, billedOrders, orderDate, orderDateOf);
    if (isUndone) return notAnnounced('skip_undone');
    if (after.nextOrderDate === null || !isLive(after.status)) return notAnnounced('subscription_ended');
    return draft('skipped_order', deliveryKeys.skipped(after.id, orderDate), after, settings, now, event.at, {
      orderDate,
      newOrderDate: after.nextOrderDate,
    });
  });
}

function isTakenBack(
  events: readonly PlatformEvent[],
  skip: PlatformEvent,
  orderDate: string,
  orderDateOf: (orderIso: string) => string,
): boolean {
  return events.some(
    ({ type, at, orderIso }) =>
      type === 'UNSKIP' && at >= skip.at && orderIso !== null && orderDateOf(orderIso) === orderDate,
  );
}

function isBilled(
  events: readonly PlatformEvent[],
  billedOrders: ReadonlySet<string>,
  orderDate: string,
  orderDateOf: (orderIso: string) => string,
): boolean {
  return (
    billedOrders.has(orderDate) ||
    events.some(
      ({ type, orderIso }) => billingEvents.has(type) && orderIso !== null && orderDateOf(orderIso) === orderDate,
    )
  );
}

function paymentMethodUpdated({ before, after, settings, now }: DetectionInput): Found {
  const method = after.paymentMethod;
  if (before === undefined || before.paymentMethod === null || method === null) return undefined;
  // With another customer come another customer's cards, which nobody has updated.
  if (before.customerId !== after.customerId) return undefined;
  // A first date, or one that goes back, tells of another answer and of no other card.
  const { id, updatedAt } = before.paymentMethod;
  if (id === method.id && (updatedAt === '' || !isLaterDate(method.updatedAt, updatedAt))) return undefined;
  const key = deliveryKeys.paymentUpdated(after.customerId, method.id, method.updatedAt);
  const update = draft('payment_method_updated', key, after, settings, now, now, {});
  // A date that cannot be read is taken for an old one.
  return { ...update, subscriptionId: null, couldBeKnownAt: Date.parse(method.updatedAt) || 0 };
}

/** Of dates as the platform writes them; a known one that is empty was none yet. */
export function isLaterDate(date: string, known: string): boolean {
  return date !== '' && (known === '' || Date.parse(date) > Date.parse(known));
}

/** Whether the subscription has ended as far as it is news; only then the customer's others matter. */
export function hasEnded({
  before,
  after,
  baselineAt,
  now,
}: Pick<DetectionInput, 'before' | 'after' | 'baselineAt' | 'now'>): boolean {
  if (after.status !== 'CANCELLED') return false;
  const isNew = after.createdAt > baselineAt && !isStillToCome(after.createdAt, now);
  return before === undefined ? isNew : isLive(before.status);
}

function deactivated(input: DetectionInput): Found {
  const { after, settings, now, otherLiveSubscriptions, otherCancelledAt } = input;
  if (!hasEnded(input) || otherLiveSubscriptions > 0) return undefined;
  // Two cancelled between two looks come in any order; the later one is the end.
  const cancelledAt = Math.max(after.cancelledAt ?? after.updatedAt, otherCancelledAt ?? 0);
  const key = deliveryKeys.deactivated(after.customerId, new Date(cancelledAt).toISOString());
  return draft('customer_deactivated', key, after, settings, now, cancelledAt, {});
}

/** An order that is no longer the next one and never had a notice: the log says why. */
function unnoticedOrder(input: DetectionInput): Found {
  const { before, after, noticedOrders } = input;
  if (before?.status !== 'ACTIVE' || before.nextOrderDate === null) return undefined;
  if (after.status === 'ACTIVE' && after.nextOrderDate === before.nextOrderDate) return undefined;
  // The planner has decided about this order already.
  if (before.noticeOrderDate === before.nextOrderDate || noticedOrders.has(before.nextOrderDate)) return undefined;
  const reason = whyNoNotice(input, before.nextOrderDate);
  return {
    reason,
    fact: `notice:${after.id}:${before.nextOrderDate}:${reason}:${after.updatedAt}`,
    trigger: 'upcoming_order',
    customerId: after.customerId,
    subscriptionId: after.id,
    orderDate: before.nextOrderDate,
  };
}

function whyNoNotice(input: DetectionInput, orderDate: string): DecisionReason {
  const gone = whyOrderIsGone(input, orderDate);
  if (gone === 'order_moved' && isEarlierOrderBack(input, orderDate)) return 'earlier_order_back';
  const { settings, now } = input;
  const wasDue = noticeDueAt(settings.timeZone, orderDate, settings.leadDays, settings.window.opens) <= now;
  if (gone !== 'order_billed' || !wasDue) return gone;
  if (!settings.sendingOn) return 'sending_off';
  return settings.enabledTriggers.upcoming_order ? gone : 'trigger_off';
}

/** The order has not gone anywhere: a skip of the one before it was taken back. */
function isEarlierOrderBack({ after, events, orderDateOf, undoneSkips }: DetectionInput, orderDate: string): boolean {
  const next = after.nextOrderDate;
  if (next === null || next >= orderDate) return false;
  return (
    undoneSkips.has(next) ||
    events.some(({ type, orderIso }) => type === 'UNSKIP' && orderIso !== null && orderDateOf(orderIso) === next)
  );
}

/** Why a subscription no longer has the order that it had. */
export function whyOrderIsGone(
  {
    after,
    events,
    orderDateOf,
    repliedSkips,
    billedOrders,
  }: Pick<DetectionInput, 'after' | 'events' | 'orderDateOf' | 'repliedSkips' | 'billedOrders'>,
  orderDate: string,
): DecisionReason {
  if (after.status === 'PAUSED') return 'subscription_paused';
  if (after.status === 'CANCELLED') return 'subscription_cancelled';
  if (after.status !== 'ACTIVE') return 'subscription_ended';
  const wasSkipped =
    repliedSkips.has(orderDate) ||
    events.some(
      ({ type, orderIso }) =>
        (type === 'SKIP' || type === 'OOS_AUTOMATIC_SKIP') && orderIso !== null && orderDateOf(orderIso) === orderDate,
    );
  if (wasSkipped) return 'order_skipped';
  return isBilled(events, billedOrders, orderDate, orderDateOf) ? 'order_billed' : 'order_moved';
}

function draft(
  trigger: TriggerName,
  key: string,
  subscription: StoredSubscription,
  settings: ShopSettings,
  now: number,
  occurredAt: number,
  facts: TriggerFacts,
): DeliveryDraft {
  return {
    key,
    trigger,
    customerId: subscription.customerId,
    subscriptionId: subscription.id,
    orderDate: facts.orderDate ?? null,
    orderAt: null,
    billId: null,
    properties: eventProperties(trigger, settings, subscription, facts),
    occurredAt,
    dueAt: now,
    deadlineAt: now + triggers[trigger].usefulForHours * HOUR_MS,
    isUrgent: false,
  };
}
