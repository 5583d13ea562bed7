import { describe, expect, it } from 'vitest';
import { planNotices } from '../../../main/core/plan-notices.ts';
import { cutoffAt, formatOrderDate, noticeDueAt } from '../../../shared/domain/calendar.ts';
import { triggers } from '../../../shared/domain/triggers.ts';
import { factKey } from '../../../main/practice/judge.ts';
import type { ReceivedEvent } from '../../../main/practice/ledger.ts';
import { day, hour } from '../../helpers/core-shop.ts';
import { openPractice } from '../../helpers/practice.ts';

const billing = { time: '09:30', timeZone: 'America/New_York' };

/** A week in a shop whose customers act by themselves, and everything that Postscript got meanwhile. */
async function setUp() {
  const practice = await openPractice({ shop: { customers: 140, isLively: true, seed: 5 } });
  await practice.session.shop.runAll();
  await practice.playTo(7 * day);
  const ledger = await practice.ledger();
  return {
    ...practice,
    ledger,
    eventsOfType: (trigger: keyof typeof triggers): readonly ReceivedEvent[] =>
      ledger.events.filter(({ eventType }) => eventType === triggers[trigger].eventType),
  };
}

describe('a week of a lively shop', () => {
  it('announces nothing that is not so at that moment', async () => {
    const { ledger, eventsOfType, store, session } = await setUp();
    const notices = eventsOfType('upcoming_order');
    expect(notices.length).toBeGreaterThan(20);
    for (const { at, subscriptionId, orderDate, externalId } of notices) {
      const span = ledger.orders.find(
        (order) =>
          order.subscriptionId === subscriptionId &&
          order.orderDate === orderDate &&
          order.from <= at &&
          (order.until === null || order.until >= at),
      );
      // The order stood when its notice left, its day had come, and the customer had a day to answer.
      expect({ externalId, isNext: span !== undefined }).toEqual({ externalId, isNext: true });
      const date = orderDate ?? '';
      expect(at).toBeGreaterThanOrEqual(noticeDueAt('America/New_York', date, 3, '11:00'));
      expect(at).toBeLessThanOrEqual(cutoffAt(Date.parse(`${date}T17:00:00Z`), billing) - 24 * hour);
    }

    const skips = eventsOfType('skipped_order');
    expect(skips.length).toBeGreaterThan(0);
    for (const { subscriptionId, orderDate, properties } of skips) {
      const skip = ledger.skips.find((each) => each.subscriptionId === subscriptionId && each.orderDate === orderDate);
      expect(properties['new_delivery_date']).toBe(formatOrderDate(skip?.newOrderDate ?? '2000-01-01'));
    }

    const facts = new Set(ledger.facts.map(factKey));
    for (const trigger of [
      'subscription_created',
      'payment_method_failed',
      'payment_method_updated',
      'customer_deactivated',
    ] as const) {
      for (const { externalId } of eventsOfType(trigger)) expect(facts).toContain(externalId);
    }

    // And planning once more finds nothing that was forgotten.
    expect(planNotices(store, billing, session.now())).toBe(0);
  });
});
