import { expect, it } from 'vitest';
import { generateWorld } from '../../../main/practice/generate-world.ts';
import { defaultPracticeOptions } from '../../../main/practice/practice-shop.ts';
import type { PracticeLedger } from '../../../main/practice/ledger.ts';
import { day, hour, noticeOf, openShop } from './open-shop.ts';

it('plays the same world for the same seed, and another one for another seed', async () => {
  const play = async (seed: number): Promise<PracticeLedger> => {
    const { advance, control } = await openShop({ customers: 150, seed, isLively: true });
    for (let step = 0; step < 20; step++) await advance(day);
    return control.ledger();
  };
  const [one, again, other] = [await play(11), await play(11), await play(12)];
  expect(again).toEqual(one);
  expect(other.facts).not.toEqual(one.facts);
});

it('plays the same world in one move and in many', async () => {
  const inOne = await openShop({ customers: 100, isLively: true });
  await inOne.advance(10 * day);
  const inMany = await openShop({ customers: 100, isLively: true });
  for (let step = 0; step < 10 * 24; step++) await inMany.advance(hour);
  expect(await inMany.control.ledger()).toEqual(await inOne.control.ledger());
});

it('keeps the world as it is when requests fail', async () => {
  const calm = await openShop({ customers: 100, isLively: true });
  const stormy = await openShop({ customers: 100, isLively: true, faults: 'mixed', faultHoldMs: 20 });
  for (const { page, advance } of [calm, stormy]) {
    for (let step = 0; step < 40; step++) await page('pageSize=5').catch(() => undefined);
    await advance(5 * day);
  }
  const [one, other] = [await calm.control.ledger(), await stormy.control.ledger()];
  expect({ ...other, faults: {} }).toEqual({ ...one, faults: {} });
  expect(Object.keys(one.faults)).toEqual([]);
});

it('has every scenario first, whatever the seed', () => {
  const names = (seed: number): (string | null)[] =>
    generateWorld({ ...defaultPracticeOptions, customers: 30, seed }).customers.map(({ scenario }) => scenario);
  expect(names(2)).toEqual(names(1));
  expect(names(1).indexOf(null)).toBe(26);
});

it('covers the cases that trip an integration up', async () => {
  const { stateOf, statesOf } = await openShop();
  expect(await statesOf('Sybil')).toHaveLength(3);
  expect(await stateOf('Petra')).toMatchObject({ schedule: { paymentFrequencyMultiple: 3 } });
  expect(await stateOf('Paul')).toMatchObject({ purchaseStateStatus: 'PAUSED' });
  expect((await stateOf('Dora')).nextBillingDate).toBe('2027-03-14T13:30:00.000Z');
  expect((await stateOf('Stan')).nextBillingDate).toBe('2027-11-07T14:30:00.000Z');
  expect((await stateOf('Mona')).nextBillingDate.slice(8, 10)).toBe('31');
  expect((await stateOf('Milo')).externalSubscriptionId).toMatch(/^legacy-/);
  expect(await stateOf('Nora')).toMatchObject({ custRel: { phone: null }, shippingAddress: { phone: null } });
  expect((await stateOf('Sam')).custRel.phone).toBe((await stateOf('Sue')).custRel.phone);
  expect((await stateOf('Fiona')).custRel.phone).toBe('+447700900123');
  expect(await stateOf('شهرزاد')).toMatchObject({ custRel: { lastName: 'הלוי' } });
  expect(await stateOf('Zoë 🌿🤎')).toBeDefined();
  expect(await stateOf('Cara')).toMatchObject({ purchaseStateStatus: 'CANCELLED' });
  expect(await stateOf('Ed')).toMatchObject({ purchaseStateStatus: 'EXPIRED' });
  // Local half past eleven in the evening is the next day in UTC.
  expect((await stateOf('Eve')).nextBillingDate).toBe('2027-03-03T04:30:00.000Z');
});

it('names orders by their date in the shop, bills them by their day in the billing zone', async () => {
  const { stateOf, control } = await openShop({ timeZone: 'Asia/Tokyo', billingTimeZone: 'America/Los_Angeles' });
  const state = await stateOf('Eve');
  expect(state.nextBillingDate).toBe('2027-03-03T07:30:00.000Z');
  expect(state.custRel.sellingOrganization.billingTimezone).toBe('America/Los_Angeles');
  const span = (await control.ledger()).orders.find(({ subscriptionId }) => subscriptionId === state.id);
  expect(span?.orderDate).toBe('2027-03-03');
  await control.advanceTo(Date.parse('2027-03-02T17:30:00.000Z'));
  const billed = (await control.ledger()).orders.find(({ subscriptionId }) => subscriptionId === state.id);
  expect(billed).toMatchObject({ ended: 'billed', until: Date.parse('2027-03-02T17:30:00.000Z') });
});

it('keeps 200 customers lively enough for every trigger within a month', async () => {
  const { advance, control, everyState, sendEvent } = await openShop({ customers: 200, isLively: true });
  let notices = 0;
  for (let step = 0; step < 30; step++) {
    await advance(day);
    const wanted = new Date((await control.now()) + 3 * day).toISOString().slice(0, 10);
    for (const state of await everyState()) {
      if (state.purchaseStateStatus !== 'ACTIVE' || state.nextBillingDate.slice(0, 10) !== wanted) continue;
      const phone = state.custRel.phone ?? state.custRel.inferredPhone ?? state.shippingAddress.phone;
      await sendEvent({ ...noticeOf(state, `${state.id}:${wanted}`), phone });
      notices++;
    }
  }
  const { facts, replies, skips } = await control.ledger();
  const count = (trigger: string): number => facts.filter((fact) => fact.trigger === trigger).length;
  expect(notices).toBeGreaterThan(140);
  expect(notices).toBeLessThan(260);
  expect(replies.length).toBeGreaterThan(50);
  expect(replies.length).toBeLessThan(120);
  expect(new Set(replies.map(({ meant }) => meant))).toEqual(new Set(['skip', 'talk', 'opt_out']));
  expect(new Set(skips.map(({ by }) => by))).toEqual(new Set(['CUSTOMER', 'AGENT', 'SMARTRR']));
  for (const trigger of [
    'subscription_created',
    'payment_method_updated',
    'payment_method_failed',
    'customer_deactivated',
  ]) {
    expect(count(trigger)).toBeGreaterThan(4);
  }
});

it('keeps the ledger consistent: one open order per active subscription', async () => {
  const { advance, control, everyState } = await openShop({ customers: 300, isLively: true });
  await advance(25 * day);
  const { orders, facts } = await control.ledger();
  const open = new Map(orders.filter(({ until }) => until === null).map((span) => [span.subscriptionId, span]));
  expect(open.size).toBe(orders.filter(({ until }) => until === null).length);
  const states = new Map((await everyState()).map((state) => [state.id, state]));
  for (const [id, { orderDate }] of open) {
    const state = states.get(id);
    expect(state?.purchaseStateStatus).toBe('ACTIVE');
    const local = new Date(Date.parse(state?.nextBillingDate ?? '') - 4 * hour).toISOString().slice(0, 10);
    expect([local, new Date(Date.parse(local) - day).toISOString().slice(0, 10)]).toContain(orderDate);
  }
  for (const fact of facts.filter(({ trigger }) => trigger === 'subscription_created')) {
    expect(states.get(fact.subscriptionId)?.externalSubscriptionId).toBeUndefined();
  }
});

it('builds a shop of 100,000 customers', () => {
  const world = generateWorld({ ...defaultPracticeOptions, customers: 100_000 });
  expect(world.customers).toHaveLength(100_000);
  expect(world.subscriptions.rows.length).toBeGreaterThan(120_000);
  expect(world.subscriptionsById.size).toBe(world.subscriptions.rows.length);
  expect(new Set(world.customers.map(({ phone }) => phone)).size).toBeGreaterThan(97_000);
  expect(world.bills.rows.length).toBeGreaterThan(10_000);
  expect(world.due.size).toBeLessThan(1000);
});
