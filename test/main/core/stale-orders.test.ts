import { describe, expect, it } from 'vitest';
import { day, hour, minute } from '../../helpers/core-shop.ts';
import { openPractice, start, type PracticeTestOptions } from '../../helpers/practice.ts';
import type { PurchaseState } from '../practice/open-shop.ts';

/** Sam's order is on Saturday, February 27; with five days of lead its notice goes out an hour after the start. */
const orderDate = '2027-02-27';
const noticeAt = hour;
const inTime = { settings: { leadDays: 5 } };
/** With four it is planned in the night after the first sync. */
const later = { settings: { leadDays: 4 } };

type Change = Readonly<{ action: string; body: (state: PurchaseState) => unknown; reason: string }>;

const changes: [string, Change][] = [
  ['moved', { action: 'next-billing-date', body: () => ({ date: '2027-03-20T14:30:00.000Z' }), reason: 'order_moved' }],
  ['skipped', { action: 'skip', body: (state) => ({ date: state.nextBillingDate }), reason: 'order_skipped' }],
  [
    'paused',
    { action: 'pause', body: () => ({ unpauseDate: '2027-03-20T14:30:00.000Z' }), reason: 'subscription_paused' },
  ],
  ['cancelled', { action: 'cancel', body: () => ({ reasonId: 'too-much' }), reason: 'subscription_cancelled' }],
];

async function setUp(options: PracticeTestOptions = inTime) {
  const practice = await openPractice(options);
  const { session, stateOf, change, intercept, db } = practice;
  await session.shop.runAll();
  return {
    ...practice,
    make: async ({ action, body }: Change) => {
      const state = await stateOf('Sam');
      const answer = await change(state, action, body(state));
      expect(answer.status).toBe(200);
    },
    /** Lists fail, so the sender has to ask about the one subscription; `also` makes other paths fail. */
    failSyncs: (also: (path: string) => boolean = () => false) =>
      intercept(({ path }) =>
        path.startsWith('/vendor/purchase-state?') || also(path) ? { status: 500, body: {} } : undefined,
      ),
    reasonsOfOrder: (date = orderDate) =>
      db
        .prepare<[string], string>(
          `SELECT reason FROM decisions JOIN customers ON customers.id = customer_id
           WHERE first_name = 'Sam' AND trigger = 'upcoming_order' AND order_date = ? ORDER BY decisions.id`,
        )
        .pluck()
        .all(date),
  };
}

describe('an order that is no longer to come', () => {
  it.each(changes)('before its notice was planned, because it was %s: nothing is sent', async (_, change) => {
    const { make, playTo, eventsOf, reasonsOfOrder } = await setUp(later);
    await make(change);
    await playTo(day + 2 * hour);
    expect(await eventsOf('upcoming_order', 'Sam')).toEqual([]);
    expect(reasonsOfOrder()).toEqual([change.reason]);
  });

  it.each(changes)('between planning and sending, because it was %s: nothing is sent', async (_, change) => {
    const { make, playTo, eventsOf, reasonsOfOrder } = await setUp();
    await playTo(noticeAt - 10 * minute);
    await make(change);
    await playTo(noticeAt + 2 * hour);
    expect(await eventsOf('upcoming_order', 'Sam')).toEqual([]);
    expect(reasonsOfOrder()).toEqual(['queued', change.reason]);
  });

  it.each(changes)('as only the platform knows at that moment, because it was %s', async (_, change) => {
    const { make, failSyncs, playTo, eventsOf, reasonsOfOrder } = await setUp();
    await playTo(noticeAt - 10 * minute);
    await make(change);
    failSyncs();
    await playTo(noticeAt);
    expect(await eventsOf('upcoming_order', 'Sam')).toEqual([]);
    expect(reasonsOfOrder()).toEqual(['queued', change.reason]);
  });

  it('because it was charged while Heads Up was away: nothing is sent', async () => {
    const { control, session, eventsOf, reasonsAbout } = await setUp({ settings: { leadDays: 1 } });
    await control.advanceTo(start + 2 * day);
    await session.shop.sync();
    expect(await eventsOf('upcoming_order', 'Toni')).toEqual([]);
    expect(await reasonsAbout('Toni', 'upcoming_order')).toEqual(['order_billed']);
  });

  it('because it is being charged although its date is days away: nothing is sent', async () => {
    const { store, stateOf, playTo, eventsOf, reasonsOfOrder, session } = await setUp();
    await playTo(noticeAt - 10 * minute);
    const state = await stateOf('Sam');
    const bill = { id: '7', subscriptionId: state.id, customerId: state.custRel.id, retryCount: 0, error: null };
    const dates = { orderDate, billingAt: Date.parse(state.nextBillingDate), updatedAt: session.now() };
    store.saveBill({ ...bill, ...dates, status: 'pending' });
    await playTo(noticeAt);
    expect(await eventsOf('upcoming_order', 'Sam')).toEqual([]);
    expect(reasonsOfOrder()).toEqual(['queued', 'order_billed']);
  });
});

describe('the check before a notice leaves', () => {
  it('sends what is still true, once, at the opening of the window', async () => {
    const { playTo, eventsOf, texts } = await setUp();
    await playTo(noticeAt + 5 * hour);
    expect(await eventsOf('upcoming_order', 'Sam')).toMatchObject([{ at: start + noticeAt, orderDate }]);
    expect(await texts('Sam')).toEqual([expect.stringContaining('Just reply SKIP')]);
  });

  it('waits while the platform cannot be asked, and sends then', async () => {
    const { failSyncs, intercept, playTo, eventsOf } = await setUp();
    await playTo(noticeAt - 10 * minute);
    failSyncs((path) => path.includes('/purchase-state/'));
    await playTo(noticeAt + 20 * minute);
    expect(await eventsOf('upcoming_order', 'Sam')).toEqual([]);
    intercept(() => undefined);
    await playTo(noticeAt + 25 * minute);
    expect(await eventsOf('upcoming_order', 'Sam')).toHaveLength(1);
  });

  it('trusts no sync that could not take in the very subscription', async () => {
    const { make, intercept, playTo, eventsOf, reasonsOfOrder } = await setUp();
    await playTo(noticeAt - 10 * minute);
    await make({ action: 'pause', body: () => ({ unpauseDate: '2027-03-20T14:30:00.000Z' }), reason: '' });
    // The row shows that it moved, but its log cannot be read: each sync leaves it behind.
    intercept(({ path }) => (path.endsWith('/events') ? { status: 500, body: {} } : undefined));
    await playTo(noticeAt + 10 * minute);
    expect(await eventsOf('upcoming_order', 'Sam')).toEqual([]);
    expect(reasonsOfOrder()).toEqual(['queued', 'subscription_paused']);
  });

  it('does not believe a read that is older than what it knows', async () => {
    const { stateOf, change, intercept, playTo, eventsOf, smartrr } = await setUp({ settings: { leadDays: 6 } });
    const { shopifyId } = await stateOf('Sam');
    const old = (await smartrr(`purchase-state/${shopifyId}`)).body;
    await change(await stateOf('Sam'), 'next-billing-date', { date: '2027-02-28T14:30:00.000Z' });
    await playTo(noticeAt - 10 * minute);
    intercept(({ path }) => {
      if (path.startsWith('/vendor/purchase-state?')) return { status: 500, body: {} };
      return path.endsWith(`/purchase-state/${shopifyId}`) ? { status: 200, body: old } : undefined;
    });
    await playTo(noticeAt);
    expect(await eventsOf('upcoming_order', 'Sam')).toMatchObject([{ orderDate: '2027-02-28' }]);
  });

  it('texts once about an order that moved away and back', async () => {
    const { stateOf, change, playTo, eventsOf } = await setUp();
    const move = async (date: string): Promise<void> => {
      await change(await stateOf('Sam'), 'next-billing-date', { date: `${date}T14:30:00.000Z` });
    };
    await move('2027-03-15');
    await playTo(noticeAt + 10 * minute);
    expect(await eventsOf('upcoming_order', 'Sam')).toEqual([]);
    await move(orderDate);
    await playTo(noticeAt + hour);
    await move('2027-03-15');
    await playTo(noticeAt + 2 * hour);
    await move(orderDate);
    await playTo(noticeAt + 5 * hour);
    expect(await eventsOf('upcoming_order', 'Sam')).toMatchObject([{ orderDate }]);
  });

  it('announces a deactivation only after the platform was asked whether anything is left', async () => {
    const { make, intercept, playTo, eventsOf, reasonsAbout, stateOf, page } = await setUp();
    const live = { ...(await page('pageSize=1')), data: [{ ...(await stateOf('Sam')), id: 'another-one' }] };
    intercept(({ path }) =>
      /\/customer\/[^/]+\/purchase-state\//.test(path) ? { status: 200, body: live } : undefined,
    );
    await make({ action: 'cancel', body: () => ({ reasonId: 'too-much' }), reason: '' });
    await playTo(3 * hour);
    expect(await eventsOf('customer_deactivated', 'Sam')).toEqual([]);
    expect(await reasonsAbout('Sam', 'customer_deactivated')).toEqual(['queued', 'still_subscribed']);
  });

  it('announces the deactivation of the last subscription once', async () => {
    const { make, playTo, eventsOf, ledger } = await setUp();
    await make({ action: 'cancel', body: () => ({ reasonId: 'too-much' }), reason: '' });
    await playTo(3 * hour);
    const [fact] = (await ledger()).facts;
    expect(await eventsOf('customer_deactivated', 'Sam')).toMatchObject([
      { externalId: `deactivated:${fact?.customerId}:${fact?.stamp}` },
    ]);
  });
});
