import { describe, expect, it } from 'vitest';
import { parkInterrupted } from '../../../main/core/deliver-due.ts';
import { planNotices } from '../../../main/core/plan-notices.ts';
import { saveSettings } from '../../../main/db/shop.ts';
import { addSubscription, day, noon, openTestStore, reasonsOf } from '../../helpers/core-shop.ts';

const orderDate = '2027-03-04';

/** A notice whose request was under way when the engine died; then a person sends it again. */
function setUp() {
  const { db, store } = openTestStore();
  const { customerId } = addSubscription({ store });
  const plan = (now: number) => planNotices(store, { time: '09:30', timeZone: 'America/New_York' }, now);
  plan(noon);
  store.claimDelivery({ id: 1, now: noon, phone: null, email: null, origin: 'scheduled', request: '' });
  parkInterrupted(store, noon);
  store.reopenDelivery(1, noon);
  return {
    db,
    store,
    plan,
    /** What the sender does with a notice whose order has moved away. */
    drop: () => {
      store.suppressDelivery(1, 'order_moved', noon);
      store.setNoticeOrderDate('subscription-1', null);
    },
    /** Orders that a SKIP may mean. */
    open: () => store.listNoticesOfCustomers([customerId], orderDate).map((notice) => notice.orderDate),
  };
}

describe('a notice without a clear answer that a person sent again', () => {
  it('may be on the phone already: a SKIP answers it, in line again and after it was dropped', () => {
    const { open, drop } = setUp();
    expect(open()).toEqual([orderDate]);
    drop();
    expect(open()).toEqual([orderDate]);
  });

  it('is the one notice of its order, also when the order is back and the lead days are others', () => {
    const { db, store, plan, drop } = setUp();
    drop();
    saveSettings(db, { leadDays: 2 });
    store.forgetSettings();
    plan(noon + day);
    expect(db.prepare('SELECT state FROM deliveries').pluck().all()).toEqual(['suppressed']);
    expect(reasonsOf(db)).toContain('already_noticed');
  });
});
