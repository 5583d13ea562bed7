import { expect, it } from 'vitest';
import { day, hour, openShop } from './open-shop.ts';

const minute = 60_000;

it('bills at the billing time and moves the order on', async () => {
  const { stateOf, billsOf, control, advance, eventsOf } = await openShop();
  const state = await stateOf('Nora');
  await control.advanceTo(Date.parse(state.nextBillingDate) - 1);
  expect(await billsOf(state)).toEqual([]);
  await advance(1);
  expect(await billsOf(state)).toMatchObject([{ status: 'pending', retryCount: 0 }]);
  expect((await stateOf('Nora')).nextBillingDate).toBe(state.nextBillingDate);
  await advance(3 * minute);
  expect(await billsOf(state)).toMatchObject([{ status: 'processing' }]);
  await advance(3 * minute);
  expect(await billsOf(state)).toMatchObject([{ status: 'succeeded' }]);
  expect((await stateOf('Nora')).nextBillingDate).toBe('2027-03-27T13:30:00.000Z');
  expect((await eventsOf(state)).map(({ eventType }) => eventType).slice(0, 2)).toEqual([
    'SUCCESSFUL_BILLING_ATTEMPT',
    'CREATE_BILL',
  ]);
});

it.each([0, 1] as const)(
  'retries a failed charge day by day, counting from %i, and then moves on',
  async (retryBase) => {
    const { stateOf, billsOf, control, smartrr, advance } = await openShop({ switches: { retryBase } });
    const state = await stateOf('Frank');
    const counts = [0, 1, 2, 3].map((tries) => retryBase + tries);
    await control.advanceTo(Date.parse(state.nextBillingDate) + 10 * minute);
    for (const retryCount of counts) {
      expect((await billsOf(state)).at(-1)).toMatchObject({ status: 'failed', retryCount });
      await advance(day);
    }
    expect((await stateOf('Frank')).nextBillingDate.slice(0, 10)).toBe('2027-03-03');
    const bill = (await billsOf(state)).at(-1);
    const history = await smartrr(`bill/${bill?.id}/history`);
    expect(history.body).toHaveLength(9);
    expect(history.body).toMatchObject([
      { billId: bill?.id, status: 'failed', retryCount: counts[3] },
      {},
      {},
      {},
      {},
      {},
      {},
      {},
      { status: 'pending' },
    ]);
    const { facts } = await control.ledger();
    const failures = facts.filter(
      (fact) => fact.trigger === 'payment_method_failed' && fact.subscriptionId === state.id,
    );
    expect(failures.map(({ retryCount }) => retryCount)).toEqual(counts);
    expect(new Set(failures.map(({ billId }) => billId))).toEqual(new Set([String(bill?.id)]));
  },
);

it('cancels by itself after too many failed cycles', async () => {
  const { stateOf, control, advance, eventsOf } = await openShop();
  const state = await stateOf('Frank');
  await advance(24 * day);
  expect(await stateOf('Frank')).toMatchObject({ purchaseStateStatus: 'CANCELLED' });
  expect((await eventsOf(state))[0]).toMatchObject({ eventType: 'AUTO_CANCELED', createdBy: 'SMARTRR' });
  expect((await control.ledger()).facts).toContainEqual(
    expect.objectContaining({ trigger: 'customer_deactivated', subscriptionId: state.id }),
  );
});

it('goes on with a retry that was under way at the start, without telling of the failure before', async () => {
  const { stateOf, billsOf, control, advance } = await openShop();
  const state = await stateOf('Rhea');
  expect(await billsOf(state)).toMatchObject([{ status: 'failed', retryCount: 0 }]);
  expect((await control.ledger()).facts).toEqual([]);
  await advance(day);
  expect((await billsOf(state))[0]?.retryCount).toBe(1);
});

it('stops charging when the subscription is cancelled during the retries', async () => {
  const { stateOf, billsOf, change, control, advance } = await openShop();
  const state = await stateOf('Frank');
  await control.advanceTo(Date.parse(state.nextBillingDate) + hour);
  expect((await change(state, 'cancel', { reasonId: 'x' })).status).toBe(200);
  await advance(3 * day);
  expect((await billsOf(state)).at(-1)).toMatchObject({ status: 'canceled', retryCount: 0 });
});

it('comes back to the 31st after a short month', async () => {
  const { stateOf, change, control } = await openShop();
  const dates: string[] = [];
  for (let step = 0; step < 4; step++) {
    const state = await stateOf('Mona');
    dates.push(state.nextBillingDate.slice(0, 10));
    await change(state, 'skip', { date: state.nextBillingDate });
  }
  expect(dates).toEqual(['2027-03-31', '2027-04-30', '2027-05-31', '2027-06-30']);
  expect((await control.ledger()).skips).toHaveLength(4);
});

it('names the next instant at which a person would see something', async () => {
  const { control, stateOf, sendEvent } = await openShop();
  expect(await control.nextNotable()).toEqual({ at: Date.UTC(2027, 1, 23, 14, 30), what: 'orders' });
  await sendEvent({ type: 'smartrr_upcoming_order', phone: (await stateOf('Sybil')).custRel.phone });
  await control.advanceTo((await control.now()) + 10_000);
  expect(await control.nextNotable()).toEqual({ at: (await control.now()) - 5000 + minute, what: 'text' });
});
