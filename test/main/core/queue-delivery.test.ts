import { describe, expect, it } from 'vitest';
import { applySubscription } from '../../../main/core/apply-subscription.ts';
import { queueDelivery } from '../../../main/core/queue-delivery.ts';
import { saveSettings } from '../../../main/db/shop.ts';
import type { PlatformEvent, PlatformSubscription } from '../../../shared/domain/platform.ts';
import type { ShopSettings } from '../../../shared/domain/settings.ts';
import {
  addSubscription,
  day,
  hour,
  makeDraft,
  makeRow,
  noon,
  openTestStore,
  reasonsOf,
  stateOf,
} from '../../helpers/core-shop.ts';
import { makeEvent } from '../../helpers/detection.ts';

function setUp(settings: Partial<ShopSettings> = {}) {
  const { db, store } = openTestStore(settings);
  addSubscription({ store });
  return {
    db,
    store,
    set: (change: Partial<ShopSettings>) => {
      saveSettings(db, change);
      store.forgetSettings();
    },
    apply: (read: PlatformSubscription, events: readonly PlatformEvent[] | null = []) =>
      store.transaction(() =>
        applySubscription(store, read, events, { baselineAt: noon - 20 * day, isFirstSync: false }, noon),
      ),
    keys: () => db.prepare('SELECT key FROM deliveries ORDER BY id').pluck().all(),
    known: () => store.findSubscription('subscription-1'),
  };
}

const confirmation = makeDraft({ key: 'skipped:subscription-1:2027-03-04', trigger: 'skipped_order', isUrgent: true });

describe('queueDelivery', () => {
  it('is one delivery and one decision for one fact, however often it is queued', () => {
    const { db, store, keys } = setUp();
    expect([1, 2, 3].map(() => queueDelivery(store, makeDraft(), noon))).toEqual(['queued', 'known', 'known']);
    expect(keys()).toEqual(['created:subscription-1']);
    expect(reasonsOf(db)).toEqual(['queued']);
  });

  it('announces nothing old when sending is switched on', () => {
    const { db, store, set, keys } = setUp({ sendingOn: false });
    expect(queueDelivery(store, makeDraft(), noon)).toBe('refused');
    set({ sendingOn: true });
    expect(queueDelivery(store, makeDraft(), noon + day)).toBe('known');
    expect(keys()).toEqual([]);
    expect(reasonsOf(db)).toEqual(['sending_off']);
  });

  it('sends nothing to a customer who was erased, even if their number were still there', () => {
    const { db, store, keys } = setUp();
    db.prepare('UPDATE customers SET erased_at = ?').run(noon);
    expect(store.findRecipient('customer-1')?.phone).not.toBeNull();
    expect(queueDelivery(store, makeDraft(), noon)).toBe('refused');
    expect(keys()).toEqual([]);
    expect(reasonsOf(db)).toEqual(['erased']);
  });

  it('confirms a skip that the customer asks for, also of an order once skipped without a notice', () => {
    const { store } = setUp();
    store.decide({ reason: 'not_noticed', fact: `refused:${confirmation.key}` }, noon - day);
    expect(queueDelivery(store, { ...confirmation, isUrgent: false }, noon)).toBe('known');
    expect(queueDelivery(store, confirmation, noon)).toBe('queued');
  });

  it.each([
    [{ phone: null }, 'queued'],
    [{ email: null }, 'queued'],
    [{ phone: null, email: null }, 'refused'],
  ])('needs a phone or an e-mail: %j is %s', (change, outcome) => {
    const { store } = setUp();
    store.saveCustomer({ ...(store.findCustomer('customer-1') ?? never()), ...change }, noon);
    expect(queueDelivery(store, makeDraft(), noon)).toBe(outcome);
  });

  it('waits for the window from the start, so that the screens show the true time', () => {
    const { store } = setUp();
    const night = Date.parse('2027-03-02T04:00:00Z');
    queueDelivery(store, makeDraft({ dueAt: night }), night);
    queueDelivery(store, { ...confirmation, dueAt: night }, night);
    expect(store.findDelivery(1)?.dueAt).toBe(Date.parse('2027-03-02T16:00:00Z'));
    expect(store.findDelivery(2)?.dueAt).toBe(night);
  });
});

describe('applySubscription', () => {
  it('keeps what the answer leaves out', () => {
    const { apply, known, store } = setUp();
    const before = known();
    const holes = { status: null, nextOrderIso: null, nextOrderAt: null, frequency: null, productTitles: [] } as const;
    const more = { totalCents: null, currency: null, paymentMethod: null, sellingPlanId: null } as const;
    const read = makeRow({ ...holes, ...more, updatedAt: noon - hour }, { phones: [] });
    expect(apply({ ...read, customer: { ...read.customer, email: null, firstName: null } })).toBe('changed');
    expect(known()).toEqual({ ...before, updatedAt: noon - hour, eventsThrough: noon - hour });
    expect(store.findCustomer('customer-1')).toMatchObject({ phone: '+12125550123', firstName: 'Dana' });
  });

  it('ignores a row that is older than what is known', () => {
    const { apply, known } = setUp();
    const before = known();
    expect(apply(makeRow({ status: 'CANCELLED', updatedAt: noon - 11 * day }))).toBe('older');
    expect(known()).toEqual(before);
  });

  it('takes in no new subscription without a status', () => {
    const { apply, store } = setUp();
    expect(apply(makeRow({ id: 'new', status: null }))).toBe('incomplete');
    expect(store.findSubscription('new')).toBeUndefined();
  });

  it('finds nothing the second time', () => {
    const { db, apply, keys } = setUp();
    const paymentMethod = { id: 'card-2', lastDigits: '1', updatedAt: '2027-03-01T00:00:00.000Z' };
    const read = makeRow({ paymentMethod, updatedAt: noon - hour });
    expect([apply(read), apply(read)]).toEqual(['changed', 'same']);
    expect(keys()).toHaveLength(1);
    expect(reasonsOf(db)).toEqual(['queued']);
  });

  it('announces one card on three subscriptions once', () => {
    const { store, apply, keys } = setUp();
    const paymentMethod = { id: 'card-2', lastDigits: '1', updatedAt: '2027-03-01T00:00:00.000Z' };
    for (const id of ['subscription-2', 'subscription-3']) addSubscription({ store }, { id });
    for (const id of ['subscription-1', 'subscription-2', 'subscription-3'])
      apply(makeRow({ id, paymentMethod, updatedAt: noon - hour }));
    expect(keys()).toEqual(['payment-updated:customer-1:card-2:2027-03-01T00:00:00.000Z']);
  });

  it('announces a deactivation with the last of three cancellations, and again after coming back', () => {
    const { store, apply, keys } = setUp();
    for (const id of ['subscription-2', 'subscription-3']) addSubscription({ store }, { id });
    const cancel = (id: string, at: number): void => {
      apply(makeRow({ id, status: 'CANCELLED', cancelledAt: at, updatedAt: at }));
    };
    cancel('subscription-2', noon - 5 * hour);
    // Both between two looks, the later one listed first.
    cancel('subscription-1', noon - 3 * hour);
    cancel('subscription-3', noon - 4 * hour);
    const key = (at: number): string => `deactivated:customer-1:${new Date(at).toISOString()}`;
    expect(keys()).toEqual([key(noon - 3 * hour)]);
    apply(makeRow({ id: 'subscription-4', createdAt: noon - 2 * hour, updatedAt: noon - 2 * hour }));
    cancel('subscription-4', noon - hour);
    expect(keys()).toEqual([key(noon - 3 * hour), 'created:subscription-4', key(noon - hour)]);
  });

  it('reads the log again until it has seen it, and not longer', () => {
    const { store, apply } = setUp();
    const moved = makeRow({ nextOrderIso: '2027-03-09T14:30:00.000Z', updatedAt: noon - hour });
    expect(stateOf(store, moved)).toBe('moved');
    // The skip procedure takes the subscription in without its log.
    apply(moved, null);
    expect(stateOf(store, moved)).toBe('moved');
    apply(moved, [makeEvent('CHANGE_ORDER_DATE', null)]);
    expect(stateOf(store, moved)).toBe('same');
    expect(stateOf(store, makeRow({ id: 'other' }))).toBe('new');
  });

  it('takes the delivery’s rhythm from the selling plan', () => {
    const { store, apply, known } = setUp();
    store.saveSellingPlan('plan-1', { count: 6, unit: 'WEEK' });
    apply(makeRow({ sellingPlanId: 'plan-1', frequency: { count: 42, unit: 'DAY' }, updatedAt: noon }));
    expect(known()?.frequency).toEqual({ count: 6, unit: 'WEEK' });
  });
});

function never(): never {
  throw new Error('Expected the customer');
}
