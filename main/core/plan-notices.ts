import { addDays, cutoffAt, dateIn } from '../../shared/domain/calendar.ts';
import type { DecisionReason } from '../../shared/domain/decisions.ts';
import type { ShopSettings } from '../../shared/domain/settings.ts';
import { timeNotice, type BillingClock } from '../../shared/domain/notice-time.ts';
import { decideNotice, whyNoticesRest } from './decide-notice.ts';
import { eventProperties } from './event-properties.ts';
import { hasRecipient, queueDelivery } from './queue-delivery.ts';
import { restoredNotices } from './restored.ts';
import type { OrderToPlan, Store } from './store.ts';

const BATCH = 200;

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
  if (whyNoticesRest(settings) !== undefined) return 0;
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
  const earlier = store.findNotice(subscription.id, nextOrderDate);
  const time = timeNotice(settings, billing, { date: nextOrderDate, at: nextOrderAt }, now);
  const { key, outcome } = decideNotice(
    settings,
    time,
    {
      subscriptionId: subscription.id,
      orderDate: nextOrderDate,
      createdAt: subscription.createdAt,
      hasRecipient: hasRecipient(customer),
      earlier,
    },
    restoredNotices(store),
  );
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

  if (outcome === 'already_noticed') {
    if (earlier?.key !== key) decide(outcome, null);
    return false;
  }
  if (outcome === 'restored') {
    decide(outcome, null);
    return false;
  }
  if (outcome === 'too_late') {
    decide(
      outcome,
      `Charged from ${new Date(cutoffAt(nextOrderAt, billing)).toISOString()}; ${settings.minimumNoticeHours} h are the minimum.`,
    );
    return false;
  }
  // Also when there is no recipient: that is refused, and put on record, the same way for every trigger.
  return (
    queueDelivery(
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
        dueAt: time.dueAt,
        deadlineAt: time.deadlineAt,
        isUrgent: false,
      },
      now,
    ) === 'queued'
  );
}
