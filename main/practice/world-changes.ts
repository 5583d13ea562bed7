import type { Actor, Card, Customer, LogEntry, Subscription, World } from './world-types.ts';
import type { OrderSpan } from './ledger.ts';
import { orderDate } from './intervals.ts';
import { makeUuid } from './random.ts';

/** The small steps of every change. Each leaves the world, its indexes and the ledger agreeing with each other. */

const shownHappenings = 500;

/** Marks a subscription as changed now. */
export function touch(world: World, subscription: Subscription): void {
  world.subscriptions.touch(subscription);
}

/** Appends to the subscription's event log, as the platform would show it. */
export function logEvent(
  world: World,
  subscription: Subscription,
  type: string,
  by: Actor,
  data: LogEntry['data'] = {},
): void {
  subscription.log.push({
    id: makeUuid(`event/${subscription.number}`, world.options.seed, subscription.log.length + 1),
    at: world.clock.now(),
    type,
    by,
    data,
  });
}

/** Tells the person who watches the practice shop. */
export function tell(world: World, customer: Customer, text: string): void {
  const { happenings } = world;
  happenings.push({ at: world.clock.now(), customerName: nameOf(customer), text });
  if (happenings.length > shownHappenings * 2) happenings.splice(0, happenings.length - shownHappenings);
}

/** The customer's name as a person reads it. */
export function nameOf({ firstName, lastName }: Customer): string {
  return `${firstName} ${lastName}`.trim();
}

/** Puts an active subscription's next order on the calendar. */
export function openOrder(world: World, subscription: Subscription): void {
  const { nextDay } = subscription;
  let due = world.due.get(nextDay);
  if (due === undefined) {
    due = new Set();
    world.due.set(nextDay, due);
  }
  due.add(subscription);
  subscription.openSpan = world.ledger.openSpan({
    subscriptionId: subscription.id,
    customerId: subscription.customer.id,
    orderDate: orderDate(world, subscription),
    from: world.clock.now(),
  });
}

/** Takes the next order off the calendar. Harmless when it is not on it. */
export function closeOrder(world: World, subscription: Subscription, ended: NonNullable<OrderSpan['ended']>): void {
  const due = world.due.get(subscription.nextDay);
  due?.delete(subscription);
  if (due?.size === 0) world.due.delete(subscription.nextDay);
  if (subscription.openSpan === null) return;
  world.ledger.endSpan(subscription.openSpan, world.clock.now(), ended);
  subscription.openSpan = null;
}

/** True while the customer would still get orders, or will again after a pause. */
export function isLive({ status }: Subscription): boolean {
  return status === 'ACTIVE' || status === 'PAUSED';
}

/** Writes the fact that the customer has just lost the last live subscription. */
export function noteDeactivation(world: World, subscription: Subscription): void {
  const { customer, cancelledAt } = subscription;
  if (cancelledAt === null || customer.subscriptions.some(isLive)) return;
  world.ledger.addFact({
    trigger: 'customer_deactivated',
    at: world.clock.now(),
    customerId: customer.id,
    subscriptionId: subscription.id,
    billId: null,
    retryCount: null,
    paymentMethodId: null,
    stamp: new Date(cancelledAt).toISOString(),
  });
}

/** Gives every live subscription that used the old card the new one, and writes the fact once. */
export function changeCard(world: World, customer: Customer, card: Card, oldDigits: string, by: Actor): void {
  const changed = customer.subscriptions.filter(isLive);
  const [first] = changed;
  if (first === undefined) return;
  for (const subscription of changed) {
    subscription.card = card;
    logEvent(world, subscription, 'PAYMENT_METHOD_UPDATED', by, {
      paymentMethodDetails: { oldLastFour: oldDigits, newLastFour: card.lastDigits, cpsShopifyId: customer.number },
    });
    touch(world, subscription);
  }
  world.ledger.addFact({
    trigger: 'payment_method_updated',
    at: world.clock.now(),
    customerId: customer.id,
    subscriptionId: first.id,
    billId: null,
    retryCount: null,
    paymentMethodId: card.id,
    stamp: new Date(card.updatedAt).toISOString(),
  });
  tell(world, customer, `Changed the card to one ending ${card.lastDigits} (${changed.length} subscriptions)`);
}
