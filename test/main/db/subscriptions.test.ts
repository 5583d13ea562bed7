import { describe, expect, it } from 'vitest';
import { countNextOrders, redateOrders } from '../../../main/db/subscriptions.ts';
import { dateIn } from '../../../shared/domain/calendar.ts';
import { addSubscription, makeDraft, noon, openTestStore } from '../../helpers/core-shop.ts';

describe('saveSubscription', () => {
  it('writes nothing when nothing is different, and one row when something is', () => {
    const { db, store } = openTestStore();
    const subscription = addSubscription({ store });
    const written = (): unknown => db.prepare('SELECT total_changes()').pluck().get();
    const before = written();
    store.saveSubscription({ ...subscription, productTitles: [...subscription.productTitles] }, noon);
    expect(written()).toBe(before);
    store.saveSubscription({ ...subscription, totalCents: 2600 }, noon);
    expect(written()).toBe(Number(before) + 1);
    expect(store.findSubscription(subscription.id)).toEqual({ ...subscription, totalCents: 2600 });
  });
});

describe('a shop that changes its zone', () => {
  /** 23:30 on March 9 in New York is 04:30 on March 10 in London. */
  const orderAt = Date.parse('2027-03-10T04:30:00Z');

  function setUp(noticeState: 'accepted' | 'planned' | null) {
    const { db, store } = openTestStore();
    addSubscription({ store }, { nextOrderAt: orderAt, nextOrderDate: '2027-03-09', noticeOrderDate: '2027-03-09' });
    if (noticeState !== null) {
      const key = 'upcoming:subscription-1:2027-03-09:3';
      const draft = makeDraft({ key, trigger: 'upcoming_order', orderDate: '2027-03-09', orderAt });
      store.insertDelivery({ ...draft, phone: null, email: null }, noon);
      db.prepare('UPDATE deliveries SET state = ?').run(noticeState);
    }
    redateOrders(db, (at) => dateIn('Europe/London', at));
    return { db, subscription: store.findSubscription('subscription-1') };
  }

  it('dates its orders anew', () => {
    const { db, subscription } = setUp(null);
    expect(subscription).toMatchObject({ nextOrderDate: '2027-03-10', nextOrderAt: orderAt });
    expect(countNextOrders(db, '2027-03-10', '2027-03-10')).toEqual([{ date: '2027-03-10', count: 1 }]);
  });

  it('does not announce again an order whose notice has left', () => {
    expect(setUp('accepted').subscription?.noticeOrderDate).toBe('2027-03-10');
  });

  it('plans anew a notice that has not left', () => {
    expect(setUp('planned').subscription?.noticeOrderDate).toBe('2027-03-09');
  });
});
