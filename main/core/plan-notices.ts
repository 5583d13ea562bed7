import { addDays, cutoffAt, dateIn, nextWindowOpening, noticeDueAt } from '../../shared/domain/calendar.ts';
import type { DecisionReason } from '../../shared/domain/decisions.ts';
import type { ShopSettings } from '../../shared/domain/settings.ts';
import { deliveryKeys } from '../../shared/domain/triggers.ts';
import { eventProperties } from './event-properties.ts';
import { queueDelivery } from './queue-delivery.ts';
import type { OrderToPlan, Store } from './store.ts';

const BATCH = 200;
const HOUR_MS = 3_600_000;

export type BillingClock = Readonly<{ time: string; timeZone: string }>;

/**
 * Plans the notices whose day has come, and decides about those for which it is too late.
 *
 * Does nothing while sending or the trigger is off: an order may still get its notice when it is switched on in time,
 * and an order that passes meanwhile gets its reason from `detectTriggers`. Runs as often as it likes.
 *
 * @returns how many notices were queued
 */
export function planNotices(store: Store, billing: BillingClock, now: number): number {
  const settings = store.settings();
  if (!settings.sendingOn || settings.enabledTriggers.upcoming_order !== true) return 0;
  const throughDate = addDays(dateIn(settings.timeZone, now), settings.leadDays);
  let queued = 0;
  for (;;) {
    const batch = store.listOrdersToPlan(throughDate, BATCH);
    if (batch.length === 0) return queued;
    store.transaction(() => {
      for (const order of batch) if (planNotice(store, settings, billing, order, now)) queued += 1;
    });
  }
}

/** When a notice may go out, or why it no longer may. Shared with the forecast, so that both say the same. */
export function timeNotice(
  settings: ShopSettings,
  billing: BillingClock,
  order: Readonly<{ date: string; at: number }>,
  now: number,
): Readonly<{ dueAt: number; deadlineAt: number; isTooLate: boolean }> {
  const { timeZone, leadDays, window, minimumNoticeHours } = settings;
  const plannedAt = noticeDueAt(timeZone, order.date, leadDays, window.opens);
  const deadlineAt = cutoffAt(order.at, billing) - minimumNoticeHours * HOUR_MS;
  const dueAt = nextWindowOpening(timeZone, window, Math.max(plannedAt, now));
  return { dueAt, deadlineAt, isTooLate: dueAt > deadlineAt };
}

function planNotice(
  store: Store,
  settings: ShopSettings,
  billing: BillingClock,
  order: OrderToPlan,
  now: number,
): boolean {
  const { subscription, customer } = order;
  const { nextOrderDate, nextOrderAt } = subscription;
  if (nextOrderDate === null || nextOrderAt === null)
    throw new Error(`Expected an order date on subscription ${subscription.id}`);
  // Whatever is decided below, this order is dealt with; another date makes the row due again.
  store.setNoticeOrderDate(subscription.id, nextOrderDate);
  const key = deliveryKeys.upcoming(subscription.id, nextOrderDate, settings.leadDays);
  const decide = (reason: DecisionReason, detail: string | null): void => {
    const isNew = store.decide(
      {
        reason,
        fact: `${reason}:${key}`,
        trigger: 'upcoming_order',
        customerId: customer.id,
        subscriptionId: subscription.id,
        orderDate: nextOrderDate,
        detail,
      },
      now,
    );
    if (isNew) store.count('not_sent', now);
  };

  // One notice for one order, also after the lead days were changed.
  const earlier = store.findNotice(subscription.id, nextOrderDate);
  if (earlier !== undefined && earlier.state !== 'suppressed') {
    if (earlier.key !== key) decide('already_noticed', null);
    return false;
  }
  const { dueAt, deadlineAt, isTooLate } = timeNotice(settings, billing, { date: nextOrderDate, at: nextOrderAt }, now);
  if (isTooLate) {
    decide(
      'too_late',
      `Charged from ${new Date(cutoffAt(nextOrderAt, billing)).toISOString()}; ${settings.minimumNoticeHours} h are the minimum.`,
    );
    return false;
  }
  const outcome = queueDelivery(
    store,
    {
      key,
      trigger: 'upcoming_order',
      customerId: customer.id,
      subscriptionId: subscription.id,
      orderDate: nextOrderDate,
      orderAt: nextOrderAt,
      billId: null,
      properties: eventProperties('upcoming_order', settings, subscription, { orderDate: nextOrderDate }),
      occurredAt: now,
      dueAt,
      deadlineAt,
      isUrgent: false,
    },
    now,
  );
  return outcome === 'queued';
}
