import { describe, expect, it } from 'vitest';
import { planNotices } from '../../../main/core/plan-notices.ts';
import { saveSettings } from '../../../main/db/shop.ts';
import { addDays, instantOf } from '../../../shared/domain/calendar.ts';
import { defaultSettings, type ShopSettings } from '../../../shared/domain/settings.ts';
import { addSubscription, day, hour, makeSubscription, openTestStore, reasonsOf } from '../../helpers/core-shop.ts';

const zone = 'America/New_York';
const billing = { time: '09:30', timeZone: zone };

/** The order of the tests: Thursday, March 18; its notice is due on Monday, March 15, the day after the clock change. */
const orderAt = instantOf(zone, '2027-03-18', '09:30');
const dueAt = instantOf(zone, '2027-03-15', '11:00');

function setUp(settings: Partial<ShopSettings> = {}) {
  const { db, store } = openTestStore(settings);
  const orderOn = (date: string) => ({
    nextOrderDate: date,
    nextOrderAt: instantOf(zone, date, '09:30'),
    nextOrderIso: new Date(instantOf(zone, date, '09:30')).toISOString(),
  });
  return {
    db,
    store,
    orderOn,
    add: (change: Parameters<typeof addSubscription>[1] = {}, customer: Parameters<typeof addSubscription>[2] = {}) =>
      addSubscription({ store }, { ...orderOn('2027-03-18'), ...change }, customer),
    move: (date: string) => {
      const before = store.findSubscription('subscription-1');
      store.saveSubscription({ ...makeSubscription(before), ...orderOn(date) }, orderAt - 5 * day);
    },
    plan: (now: number) => planNotices(store, billing, now),
    change: (settings_: Partial<ShopSettings>) => {
      saveSettings(db, settings_);
      store.forgetSettings();
    },
    /** What a send would leave behind. */
    accept: (id: number) => {
      const attemptNumber = store.claimDelivery({
        id,
        now: dueAt,
        phone: null,
        email: null,
        origin: 'scheduled',
        request: '',
      });
      const words = { state: 'accepted', reason: 'accepted', outcome: 'accepted' } as const;
      const rest = { now: dueAt, dueAt: null, httpStatus: 202, message: null, response: null };
      store.finishDelivery({ id, attemptNumber: attemptNumber ?? 0, ...words, ...rest });
    },
    /** What the sender does with a notice whose order has moved away. */
    drop: () => {
      store.suppressDelivery(1, 'order_moved', dueAt);
      store.setNoticeOrderDate('subscription-1', null);
    },
    deliveries: () =>
      db.prepare('SELECT id, key, state, due_at AS dueAt, order_date AS orderDate FROM deliveries ORDER BY id').all(),
  };
}

const planned = {
  id: 1,
  key: 'upcoming:subscription-1:2027-03-18:3',
  state: 'planned',
  dueAt,
  orderDate: '2027-03-18',
};

describe('planNotices', () => {
  it('plans nothing before the day of the notice has begun in the shop’s zone', () => {
    const { add, plan, deliveries } = setUp();
    add();
    expect(plan(instantOf(zone, '2027-03-15', '00:00') - 1)).toBe(0);
    expect(deliveries()).toEqual([]);
    expect(plan(instantOf(zone, '2027-03-15', '00:00'))).toBe(1);
    expect(deliveries()).toEqual([planned]);
  });

  it('queues one notice however often it runs', () => {
    const { db, add, plan, deliveries } = setUp();
    add();
    for (let now = dueAt - 3 * day; now < orderAt; now += 5 * hour) plan(now);
    expect(deliveries()).toEqual([planned]);
    expect(reasonsOf(db)).toEqual(['queued']);
  });

  it.each(['Europe/London', 'Australia/Lord_Howe', 'Pacific/Chatham', 'Africa/Casablanca', 'America/St_Johns'])(
    'queues one notice per order, due at the opening, over the clock changes and the leap day in %s',
    (timeZone) => {
      const { db, store } = setUp({ timeZone });
      const runs = ['2027-03-10', '2027-10-20', '2027-12-26', '2028-02-20', '2028-03-20'];
      const expected: unknown[] = [];
      for (const first of runs) {
        for (let count = 0; count < 14; count += 1) {
          const date = addDays(first, count);
          const at = instantOf(timeZone, date, '09:30');
          const id = `on-${date}`;
          addSubscription({ store }, { id, nextOrderDate: date, nextOrderAt: at, nextOrderIso: '-' });
          expected.push({
            key: `upcoming:${id}:${date}:3`,
            dueAt: instantOf(timeZone, addDays(date, -3), '11:00'),
          });
        }
      }
      for (const first of runs) {
        const start = instantOf(timeZone, addDays(first, -5), '00:00');
        for (let now = start; now < start + 20 * day; now += 7 * hour)
          planNotices(store, { ...billing, timeZone }, now);
      }
      const deliveries = db.prepare('SELECT key, due_at AS dueAt FROM deliveries ORDER BY key').all();
      expect(deliveries).toEqual(expected);
    },
  );

  it('sends a late discovery at once while the window is open and the minimum notice is left', () => {
    const { add, plan, deliveries } = setUp();
    add();
    const now = instantOf(zone, '2027-03-16', '20:59');
    plan(now);
    expect(deliveries()).toEqual([{ ...planned, dueAt: now }]);
  });

  it('lets a late discovery wait for the opening where that is still in time', () => {
    const { add, plan, deliveries } = setUp({ minimumNoticeHours: 20 });
    add();
    plan(instantOf(zone, '2027-03-16', '21:00'));
    expect(deliveries()).toEqual([{ ...planned, dueAt: instantOf(zone, '2027-03-17', '11:00') }]);
  });

  it.each([
    ['the window opens after the deadline', '2027-03-16', '21:00'],
    ['the deadline has passed', '2027-03-17', '09:31'],
    ['the order is being charged', '2027-03-18', '12:00'],
  ])('is too late when %s, and says so once', (_, date, time) => {
    const { db, add, plan, deliveries } = setUp();
    add();
    plan(instantOf(zone, date, time));
    plan(instantOf(zone, date, time) + hour);
    expect(deliveries()).toEqual([]);
    expect(reasonsOf(db)).toEqual(['too_late']);
  });

  it('plans exactly up to the deadline', () => {
    const { add, plan, deliveries } = setUp({ window: { opens: '08:00', closes: '21:00' } });
    add();
    plan(instantOf(zone, '2027-03-17', '09:30'));
    expect(deliveries()).toHaveLength(1);
  });

  it('texts once about an order that moves away and back, whatever happened to the notice in between', () => {
    const { add, plan, move, accept, deliveries } = setUp();
    add();
    plan(dueAt);
    accept(1);
    move('2027-03-25');
    plan(dueAt + hour);
    move('2027-03-18');
    plan(dueAt + 2 * hour);
    expect(deliveries()).toEqual([{ ...planned, state: 'accepted' }]);
    move('2027-03-19');
    plan(dueAt + day);
    expect(deliveries()).toMatchObject([{ state: 'accepted' }, { orderDate: '2027-03-19', state: 'planned' }]);
  });

  it('takes up again a notice that was dropped before anything left', () => {
    const { add, plan, move, drop, deliveries } = setUp();
    add();
    plan(dueAt - hour);
    move('2027-03-25');
    drop();
    plan(dueAt);
    move('2027-03-18');
    plan(dueAt + hour);
    expect(deliveries()).toEqual([{ ...planned, dueAt: dueAt + hour }]);
  });

  it.each([
    ['rate_limited', 'planned'],
    ['not_sent', 'planned'],
    ['unknown', 'suppressed'],
  ] as const)('leaves alone a dropped notice that may have left: after %s it is %s', (outcome, state) => {
    const { store, add, plan, move, drop, deliveries } = setUp();
    add();
    plan(dueAt);
    store.claimDelivery({ id: 1, now: dueAt, phone: null, email: null, origin: 'scheduled', request: '' });
    const rest = { now: dueAt, dueAt: null, httpStatus: null, message: null, response: null };
    store.finishDelivery({ id: 1, attemptNumber: 1, state: 'retrying', reason: 'queued', outcome, ...rest });
    move('2027-03-25');
    drop();
    plan(dueAt);
    move('2027-03-18');
    plan(dueAt + hour);
    expect(deliveries()).toMatchObject([{ state }]);
  });

  it('sends no second notice after the lead days were changed, and says why', () => {
    const { db, add, plan, move, accept, change, deliveries } = setUp();
    add();
    plan(dueAt);
    accept(1);
    change({ leadDays: 5 });
    plan(dueAt + hour);
    // Also when the order is thought about anew.
    move('2027-03-30');
    move('2027-03-18');
    db.prepare('UPDATE subscriptions SET notice_order_date = NULL').run();
    plan(dueAt + 2 * hour);
    plan(dueAt + 3 * hour);
    expect(deliveries()).toHaveLength(1);
    expect(reasonsOf(db)).toEqual(['queued', 'already_noticed']);
  });

  it.each([
    ['unknown', 1],
    ['rate_limited', 2],
  ] as const)(
    'sends no second notice under other lead days beside a dropped one that may have left: after %s there are %d',
    (outcome, expected) => {
      const { store, add, plan, drop, change, deliveries } = setUp();
      add();
      plan(dueAt);
      store.claimDelivery({ id: 1, now: dueAt, phone: null, email: null, origin: 'scheduled', request: '' });
      const rest = { now: dueAt, dueAt: null, httpStatus: null, message: null, response: null };
      store.finishDelivery({ id: 1, attemptNumber: 1, state: 'retrying', reason: 'queued', outcome, ...rest });
      drop();
      change({ leadDays: 5 });
      plan(dueAt + hour);
      plan(dueAt + 2 * hour);
      expect(deliveries()).toHaveLength(expected);
    },
  );

  it.each([{ sendingOn: false }, { enabledTriggers: { ...defaultSettings.enabledTriggers, upcoming_order: false } }])(
    'decides nothing while it may not send, and plans in time when it may again: %j',
    (off) => {
      const { db, add, plan, change, deliveries } = setUp(off);
      add();
      expect(plan(dueAt)).toBe(0);
      expect(reasonsOf(db)).toEqual([]);
      change({ sendingOn: true, enabledTriggers: defaultSettings.enabledTriggers });
      expect(plan(dueAt + hour)).toBe(1);
      expect(deliveries()).toHaveLength(1);
    },
  );

  it.each(['PAUSED', 'CANCELLED', 'EXPIRED', 'FAILED'] as const)('plans nothing for a %s subscription', (status) => {
    const { add, plan, deliveries } = setUp();
    add({ status });
    plan(dueAt);
    expect(deliveries()).toEqual([]);
  });

  it('says so when nobody could be reached', () => {
    const { db, add, plan, deliveries } = setUp();
    add({}, { phone: null, email: null });
    plan(dueAt);
    expect(deliveries()).toEqual([]);
    expect(reasonsOf(db)).toEqual(['no_recipient']);
  });

  it('gets through more orders than one batch holds', () => {
    const { store, plan } = setUp();
    for (let count = 0; count < 450; count += 1) {
      addSubscription({ store }, { id: `s-${count}`, nextOrderDate: '2027-03-18', nextOrderAt: orderAt });
    }
    expect(plan(dueAt)).toBe(450);
    expect(plan(dueAt)).toBe(0);
  });
});
