import { describe, expect, it } from 'vitest';
import { applySubscription } from '../../../main/core/apply-subscription.ts';
import { day, makeRow, noon, openTestStore, reasonsOf, stateOf } from '../../helpers/core-shop.ts';

const context = { baselineAt: noon - 20 * day, isFirstSync: false };
const never = Date.UTC(8999, 0, 1);
const card = { id: 'card-1', lastDigits: '4242', updatedAt: '2026-01-01T00:00:00.000Z' };

function setUp() {
  const { db, store } = openTestStore();
  const take = (change: Parameters<typeof makeRow>[0]) => applySubscription(store, makeRow(change), [], context, noon);
  const keys = () => db.prepare<[], string>('SELECT key FROM deliveries').pluck().all();
  return { db, store, take, keys };
}

describe('rows that mean nothing in part', () => {
  it('a change that is dated centuries ahead does not make the next one look old', () => {
    const { store, take } = setUp();
    take({});
    expect(take({ updatedAt: never, totalCents: 2600 })).toBe('same');
    const next = makeRow({ updatedAt: noon, nextOrderIso: '2027-03-09T14:30:00.000Z', nextOrderAt: noon + 8 * day });
    expect(stateOf(store, next)).toBe('moved');
    applySubscription(store, next, [], context, noon);
    expect(store.findSubscription('subscription-1')).toMatchObject({ nextOrderDate: '2027-03-09', totalCents: 2500 });
  });

  it('a change that is dated three days after both clocks does not make the next one look old', () => {
    const { store, take } = setUp();
    take({});
    const ahead = makeRow({ updatedAt: noon + 3 * day });
    for (const platformNow of [noon - day, noon])
      applySubscription(store, ahead, [], { ...context, platformNow }, noon);
    expect(stateOf(store, makeRow({ updatedAt: noon, status: 'PAUSED' }))).toBe('moved');
    // This computer's clock may be the one that is wrong, and alone it is not believed either.
    applySubscription(store, ahead, [], { ...context, platformNow: null }, noon);
    expect(stateOf(store, makeRow({ updatedAt: noon, status: 'PAUSED' }))).toBe('same');
  });

  it('a subscription that is dated centuries ahead is taken in and announced to nobody', () => {
    const { db, store, take, keys } = setUp();
    expect(take({ createdAt: never })).toBe('new');
    expect(take({ id: 'subscription-2', createdAt: never, status: 'CANCELLED' })).toBe('new');
    expect([keys(), reasonsOf(db)]).toEqual([[], []]);
    expect(store.findSubscription('subscription-1')?.status).toBe('ACTIVE');
  });

  it('another next order under the same date of change is looked at: the answer before may have been garbled', () => {
    const { store, take } = setUp();
    take({ nextOrderIso: null, nextOrderAt: null });
    expect(stateOf(store, makeRow())).toBe('moved');
    take({});
    expect(stateOf(store, makeRow())).toBe('same');
    expect(stateOf(store, makeRow({ updatedAt: noon - 11 * day, status: 'PAUSED' }))).toBe('same');
  });

  it('a card is announced as updated by a later date only, not by one that is missing, comes back or goes back', () => {
    const { store, take, keys } = setUp();
    take({ paymentMethod: card });
    for (const updatedAt of ['', card.updatedAt, '2025-06-01T00:00:00.000Z', card.updatedAt])
      take({ paymentMethod: { ...card, updatedAt }, updatedAt: noon - day });
    expect(keys()).toEqual([]);
    take({ paymentMethod: { ...card, updatedAt: '' } });
    take({ paymentMethod: { ...card, updatedAt: '2027-02-28T00:00:00.000Z' }, updatedAt: noon });
    expect(keys()).toEqual(['payment-updated:customer-1:card-1:2027-02-28T00:00:00.000Z']);
    expect(store.findSubscription('subscription-1')?.paymentMethod?.updatedAt).toBe('2027-02-28T00:00:00.000Z');
  });
});
