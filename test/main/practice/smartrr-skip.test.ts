import { expect, it } from 'vitest';
import { day, openShop, purchaseStateSchema, type Answer } from './open-shop.ts';

function stateIn(answer: Answer) {
  return purchaseStateSchema.parse(answer.body);
}

it('skips the order of a date once, whatever the time of the day, and says who did it', async () => {
  const { stateOf, change, eventsOf, control } = await openShop();
  const state = await stateOf('Nora');
  const answer = await change(state, 'skip', { date: `${state.nextBillingDate.slice(0, 10)}T20:00:00.000Z` });
  expect(answer.status).toBe(200);
  expect(stateIn(answer).nextBillingDate).toBe('2027-03-27T13:30:00.000Z');

  const again = await change(state, 'skip', { date: state.nextBillingDate });
  expect(again.status).toBe(200);
  expect(stateIn(again).nextBillingDate).toBe('2027-03-27T13:30:00.000Z');
  expect((await eventsOf(state)).filter(({ eventType }) => eventType === 'SKIP')).toMatchObject([
    { createdBy: 'API', eventData: { orderDate: state.nextBillingDate } },
  ]);
  expect((await control.ledger()).skips).toMatchObject([
    { orderDate: '2027-02-27', newOrderDate: '2027-03-27', by: 'API', subscriptionId: state.id },
  ]);
});

it('answers 422 to a second skip of the same date where the platform does', async () => {
  const { stateOf, change, control } = await openShop({ switches: { skipTwice: '422' } });
  const state = await stateOf('Nora');
  await change(state, 'skip', { date: state.nextBillingDate });
  expect((await change(state, 'skip', { date: state.nextBillingDate })).status).toBe(422);
  expect((await control.ledger()).skips).toHaveLength(1);
});

it('skips one more order with every call that names no date', async () => {
  const { stateOf, change } = await openShop();
  const state = await stateOf('Nora');
  expect(stateIn(await change(state, 'skip')).nextBillingDate.slice(0, 10)).toBe('2027-03-27');
  expect(stateIn(await change(state, 'skip')).nextBillingDate.slice(0, 10)).toBe('2027-04-27');
});

it('refuses a date without an order and logs the failure', async () => {
  const { stateOf, change, eventsOf } = await openShop();
  const state = await stateOf('Nora');
  const answer = await change(state, 'skip', { date: '2027-02-26T14:30:00.000Z' });
  expect(answer.status).toBe(422);
  expect(answer.body).toMatchObject({ status: 422, error: { code: 'NO_SUCH_ORDER' } });
  expect((await eventsOf(state))[0]).toMatchObject({ eventType: 'FAILED_SKIP', createdBy: 'API' });
  expect((await change(state, 'skip', { date: 'tomorrow' })).status).toBe(400);
});

it('can be skipped until the billing run starts, and no longer', async () => {
  const { stateOf, change, control } = await openShop();
  const state = await stateOf('Toni');
  const runAt = Date.parse(state.nextBillingDate);
  await control.advanceTo(runAt - 1000);
  const other = await stateOf('Frank');
  expect((await change(other, 'skip', { date: other.nextBillingDate })).status).toBe(200);
  await control.advanceTo(runAt);
  expect((await change(state, 'skip', { date: state.nextBillingDate })).status).toBe(422);
});

it('skips a later order by its date and passes over it when the time comes', async () => {
  const { stateOf, change, control, advance } = await openShop();
  const state = await stateOf('Nora');
  const answer = await change(state, 'skip', { date: '2027-03-27T13:30:00.000Z' });
  expect(stateIn(answer).nextBillingDate).toBe(state.nextBillingDate);
  expect((await control.ledger()).skips).toMatchObject([{ orderDate: '2027-03-27', newOrderDate: '2027-04-27' }]);
  await advance(6 * day);
  expect((await stateOf('Nora')).nextBillingDate.slice(0, 10)).toBe('2027-04-27');
});

it('takes a skip back', async () => {
  const { stateOf, change, eventsOf } = await openShop();
  const state = await stateOf('Nora');
  await change(state, 'skip', { date: state.nextBillingDate });
  const answer = await change(state, 'unskip', { date: state.nextBillingDate });
  expect(stateIn(answer).nextBillingDate).toBe(state.nextBillingDate);
  expect((await eventsOf(state))[0]).toMatchObject({ eventType: 'UNSKIP' });
  expect((await change(state, 'unskip', { date: state.nextBillingDate })).status).toBe(422);
});

it('moves, pauses, resumes and cancels', async () => {
  const { stateOf, change, control, advance } = await openShop();
  const state = await stateOf('Nora');
  const moved = await change(state, 'next-billing-date', { date: '2027-03-03T14:30:00.000Z' });
  expect(stateIn(moved).nextBillingDate).toBe('2027-03-03T14:30:00.000Z');
  expect((await change(state, 'next-billing-date', { date: '2027-02-20T14:30:00.000Z' })).status).toBe(422);
  expect((await change(state, 'pause', {})).status).toBe(400);
  const paused = await change(state, 'pause', { unpauseDate: '2027-03-01T12:00:00.000Z' });
  expect(paused.body).toMatchObject({ newCustomerPurchaseState: { purchaseStateStatus: 'PAUSED' } });
  expect((await change(state, 'skip')).status).toBe(422);
  await advance(8 * day);
  expect(await stateOf('Nora')).toMatchObject({ purchaseStateStatus: 'ACTIVE', pausedAt: null });
  const cancelled = await change(state, 'cancel', { reasonId: 'too-much' });
  expect(cancelled.body).toMatchObject({ newCustomerPurchaseState: { purchaseStateStatus: 'CANCELLED' } });
  expect((await change(state, 'activate', { nextBillingDate: '2027-04-01T12:00:00.000Z' })).status).toBe(422);
  expect((await change(state, 'fly')).status).toBe(404);

  const { facts, orders } = await control.ledger();
  const { cancelledAt } = await stateOf('Nora');
  expect(facts.filter(({ trigger }) => trigger === 'customer_deactivated')).toMatchObject([
    { customerId: state.custRel.id, stamp: cancelledAt },
  ]);
  expect(orders.filter(({ subscriptionId }) => subscriptionId === state.id).map(({ ended }) => ended)).toEqual([
    'moved',
    'paused',
    'cancelled',
  ]);
});

it('is not the last subscription that ends while another one lives', async () => {
  const { statesOf, change, control } = await openShop();
  const states = await statesOf('Sybil');
  const deactivations = async (): Promise<number> =>
    (await control.ledger()).facts.filter(({ trigger }) => trigger === 'customer_deactivated').length;
  const seen: number[] = [];
  for (const state of states) {
    seen.push(await deactivations());
    expect((await change(state, 'cancel', { reasonId: 'x' })).status).toBe(200);
  }
  expect([...seen, await deactivations()]).toEqual([0, 0, 0, 1]);
});
