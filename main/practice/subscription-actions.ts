import type { Actor, Subscription, World } from './world-types.ts';
import { cancelBill } from './bills.ts';
import { findFreeDay, occurrenceAfter, orderAt, orderDate, runAt } from './intervals.ts';
import { closeOrder, logEvent, noteDeactivation, openOrder, tell, touch } from './world-changes.ts';
import { dayOfMonth, toIsoDate } from './zone-time.ts';

/** Why the platform refused. Its wording is ours: the real one is UNKNOWN. */
export type Refusal = Readonly<{ code: string; message: string }>;

/** Undefined when it was done. */
export type ActionResult = Refusal | undefined;

/** How far ahead an order may be named by its date. */
const namedOccurrences = 60;

function orderIso(world: World, subscription: Subscription, day: number): string {
  return new Date(orderAt(world, subscription, day)).toISOString();
}

function refuse(
  world: World,
  subscription: Subscription,
  type: string,
  by: Actor,
  day: number,
  refusal: Refusal,
): Refusal {
  logEvent(world, subscription, type, by, { orderDate: orderIso(world, subscription, day) });
  touch(world, subscription);
  return refusal;
}

/** Skips the next order, or the order of a day. `day` undefined names the next one, whichever it is. */
export function skipOrder(
  world: World,
  subscription: Subscription,
  day: number | undefined,
  by: Actor,
  type: 'SKIP' | 'OOS_AUTOMATIC_SKIP' = 'SKIP',
): ActionResult {
  const target = day ?? subscription.nextDay;
  const fail = (code: string, message: string): Refusal =>
    refuse(world, subscription, 'FAILED_SKIP', by, target, { code, message });

  if (subscription.status !== 'ACTIVE') return fail('NOT_ACTIVE', 'Only an active subscription can be skipped');
  if (subscription.skips.some((skip) => skip.day === target)) {
    if (world.options.switches.skipTwice === 'noop') return undefined;
    return fail('ALREADY_SKIPPED', 'This order is already skipped');
  }
  if (!isOccurrence(subscription, target)) return fail('NO_SUCH_ORDER', `There is no order on ${toIsoDate(target)}`);
  if (subscription.openBill !== null || world.clock.now() >= runAt(world, target)) {
    return fail('PAST_CUTOFF', 'The order is already being billed');
  }

  subscription.skips.push({ day: target, isByCustomer: by === 'CUSTOMER' || by === 'API' });
  const isNext = target === subscription.nextDay;
  const skipped = orderDate(world, subscription, target);
  if (isNext) {
    closeOrder(world, subscription, 'skipped');
    subscription.nextDay = findFreeDay(subscription, target);
    openOrder(world, subscription);
  }
  logEvent(world, subscription, type, by, { orderDate: orderIso(world, subscription, target) });
  touch(world, subscription);
  const newOrderDate = orderDate(
    world,
    subscription,
    isNext ? subscription.nextDay : findFreeDay(subscription, target),
  );
  world.ledger.addSkip({
    at: world.clock.now(),
    subscriptionId: subscription.id,
    customerId: subscription.customer.id,
    orderDate: skipped,
    newOrderDate,
    by: type === 'OOS_AUTOMATIC_SKIP' ? 'SMARTRR' : by,
  });
  tell(world, subscription.customer, `Order of ${skipped} skipped by ${by}; next one on ${newOrderDate}`);
  return undefined;
}

/** Takes a skip back. `day` undefined names the earliest skip that can still be taken back. */
export function unskipOrder(
  world: World,
  subscription: Subscription,
  day: number | undefined,
  by: Actor,
): ActionResult {
  const now = world.clock.now();
  const open = subscription.skips.map((skip) => skip.day).filter((skipped) => runAt(world, skipped) > now);
  const target = day ?? (open.length > 0 ? Math.min(...open) : subscription.nextDay);
  const fail = (code: string, message: string): Refusal =>
    refuse(world, subscription, 'FAILED_UNSKIP', by, target, { code, message });

  if (subscription.status !== 'ACTIVE') return fail('NOT_ACTIVE', 'Only an active subscription can be changed');
  if (!open.includes(target)) return fail('NOT_SKIPPED', 'There is no such skip that can be taken back');

  subscription.skips = subscription.skips.filter((skip) => skip.day !== target);
  if (target < subscription.nextDay) {
    closeOrder(world, subscription, 'moved');
    subscription.nextDay = target;
    openOrder(world, subscription);
  }
  logEvent(world, subscription, 'UNSKIP', by, { orderDate: orderIso(world, subscription, target) });
  touch(world, subscription);
  const back = orderDate(world, subscription, target);
  world.ledger.addUnskip({
    at: now,
    subscriptionId: subscription.id,
    customerId: subscription.customer.id,
    orderDate: back,
    by,
  });
  tell(world, subscription.customer, `Skip of ${back} taken back by ${by}`);
  return undefined;
}

/** Moves the next order to another day; later orders follow from there. */
export function moveOrder(world: World, subscription: Subscription, day: number, by: Actor): ActionResult {
  const fail = (code: string, message: string): Refusal =>
    refuse(world, subscription, 'FAILED_CHANGE_ORDER_DATE', by, day, { code, message });
  if (subscription.status !== 'ACTIVE') return fail('NOT_ACTIVE', 'Only an active subscription can be moved');
  if (subscription.openBill !== null) return fail('BILLING', 'The order is already being billed');
  if (runAt(world, day) <= world.clock.now()) return fail('PAST_CUTOFF', 'That day has been billed already');
  if (day === subscription.nextDay) return undefined;

  const before = orderDate(world, subscription);
  closeOrder(world, subscription, 'moved');
  subscription.nextDay = day;
  subscription.anchor = dayOfMonth(day);
  openOrder(world, subscription);
  logEvent(world, subscription, 'CHANGE_ORDER_DATE', by, { orderDate: orderIso(world, subscription, day) });
  touch(world, subscription);
  tell(world, subscription.customer, `Order of ${before} moved to ${orderDate(world, subscription)} by ${by}`);
  return undefined;
}

/** Pauses until a day, on which it resumes by itself. */
export function pause(world: World, subscription: Subscription, unpauseDay: number, by: Actor): ActionResult {
  if (subscription.status !== 'ACTIVE') {
    return { code: 'NOT_ACTIVE', message: 'Only an active subscription can be paused' };
  }
  cancelBill(world, subscription);
  closeOrder(world, subscription, 'paused');
  subscription.status = 'PAUSED';
  subscription.pausedAt = world.clock.now();
  logEvent(world, subscription, 'PAUSE', by);
  planResume(world, subscription, unpauseDay);
  touch(world, subscription);
  tell(world, subscription.customer, `Paused until ${toIsoDate(unpauseDay)} by ${by}`);
  return undefined;
}

/** Plans the end of a pause. A newer pause, a resume or a cancellation makes it harmless. */
export function planResume(world: World, subscription: Subscription, unpauseDay: number): void {
  subscription.unpauseDay = unpauseDay;
  const { pausedAt } = subscription;
  world.clock.plan(world.billingZone.instantOf(unpauseDay, 5), () => {
    if (subscription.status === 'PAUSED' && subscription.pausedAt === pausedAt) resume(world, subscription, undefined);
  });
}

/** Ends a pause; `by` undefined means that its time was up. Cancelled ones stay cancelled. */
export function resume(
  world: World,
  subscription: Subscription,
  by: Actor | undefined,
  nextDay?: number,
): ActionResult {
  const { status } = subscription;
  if (status !== 'PAUSED')
    return { code: 'NOT_PAUSED', message: `A subscription that is ${status} cannot be activated` };
  const now = world.clock.now();
  if (nextDay !== undefined && runAt(world, nextDay) <= now) {
    return { code: 'PAST_CUTOFF', message: 'That day has been billed already' };
  }
  const earliest = world.billingZone.dayOf(now) + (by === undefined ? 1 : 0);
  subscription.status = 'ACTIVE';
  subscription.pausedAt = null;
  subscription.unpauseDay = null;
  subscription.nextDay = nextDay ?? Math.max(subscription.nextDay, earliest);
  if (runAt(world, subscription.nextDay) <= now) subscription.nextDay++;
  subscription.anchor = dayOfMonth(subscription.nextDay);
  openOrder(world, subscription);
  logEvent(world, subscription, by === undefined ? 'AUTO_RESUMED' : 'ACTIVATE', by ?? 'SMARTRR');
  touch(world, subscription);
  tell(world, subscription.customer, `Resumed; next order on ${orderDate(world, subscription)}`);
  return undefined;
}

/** Cancels for good. */
export function cancel(
  world: World,
  subscription: Subscription,
  by: Actor,
  type: 'CANCEL' | 'AUTO_CANCELED' = 'CANCEL',
): ActionResult {
  if (subscription.status !== 'ACTIVE' && subscription.status !== 'PAUSED') {
    return { code: 'NOT_LIVE', message: `A subscription that is ${subscription.status} cannot be cancelled` };
  }
  cancelBill(world, subscription);
  closeOrder(world, subscription, 'cancelled');
  subscription.status = 'CANCELLED';
  subscription.cancelledAt = world.clock.now();
  subscription.unpauseDay = null;
  logEvent(world, subscription, type, by);
  touch(world, subscription);
  tell(world, subscription.customer, `Cancelled by ${by}`);
  noteDeactivation(world, subscription);
  return undefined;
}

function isOccurrence(subscription: Subscription, target: number): boolean {
  let day = subscription.nextDay;
  for (let step = 0; step < namedOccurrences && day < target; step++) day = occurrenceAfter(subscription, day);
  return day === target;
}
