import type { Interval, IntervalUnit, Plan, Shop, Subscription, World } from './world-types.ts';
import { addMonths, toIsoDate } from './zone-time.ts';

/** The day of the order after `day`. */
export function nextOccurrence(interval: Interval, day: number, anchor: number): number {
  switch (interval.unit) {
    case 'DAY':
      return day + interval.count;
    case 'WEEK':
      return day + interval.count * 7;
    case 'MONTH':
      return addMonths(day, interval.count, anchor);
    case 'YEAR':
      return addMonths(day, interval.count * 12, anchor);
  }
}

/** Roughly how many days lie between two orders. */
export function daysOf({ unit, count }: Interval): number {
  const days: Record<IntervalUnit, number> = { DAY: 1, WEEK: 7, MONTH: 30, YEAR: 365 };
  return days[unit] * count;
}

/** The occurrence after `day` on this subscription. */
export function occurrenceAfter(subscription: Subscription, day: number): number {
  return nextOccurrence(subscription.plan.billing, day, subscription.anchor);
}

/** From this instant on the order of that day is being charged. */
export function runAt(world: World, day: number): number {
  return world.billingZone.instantOf(day, world.shop.billingMinute);
}

/** The instant that the platform writes as the date of the order. */
export function orderAt(world: World, subscription: Subscription, day = subscription.nextDay): number {
  return world.billingZone.instantOf(day, subscription.minute);
}

/** How the shop names that order: by its local date. */
export function orderDate(world: World, subscription: Subscription, day = subscription.nextDay): string {
  return toIsoDate(world.zone.dayOf(orderAt(world, subscription, day)));
}

/** A plan as an RRULE, for readers that lack the plan itself. */
export function toRule({ delivery }: Plan): string {
  const words: Record<IntervalUnit, string> = { DAY: 'DAILY', WEEK: 'WEEKLY', MONTH: 'MONTHLY', YEAR: 'YEARLY' };
  return `RRULE:FREQ=${words[delivery.unit]};INTERVAL=${delivery.count}`;
}

/** Product titles and amount of one order. */
export function totalCents(subscription: Pick<Subscription, 'items' | 'plan'>): number {
  const { plan, items } = subscription;
  const perDelivery = items.reduce((sum, { product, quantity }) => sum + product.priceCents * quantity, 0);
  return perDelivery * (plan.billing.count / plan.delivery.count);
}

/** The first billing run that starts after an instant. */
export function nextRunAfter(world: Pick<World, 'billingZone'> & { shop: Shop }, at: number): number {
  const day = world.billingZone.dayOf(at);
  const today = world.billingZone.instantOf(day, world.shop.billingMinute);
  return today > at ? today : world.billingZone.instantOf(day + 1, world.shop.billingMinute);
}

/** The first day after `day` that has an order and is not skipped. */
export function findFreeDay(subscription: Subscription, day: number): number {
  let next = occurrenceAfter(subscription, day);
  while (subscription.skips.some((skip) => skip.day === next)) next = occurrenceAfter(subscription, next);
  return next;
}
