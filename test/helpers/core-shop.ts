import type { DeliveryDraft } from '../../shared/domain/deliveries.ts';
import { onTestFinished } from 'vitest';
import { hasMoved } from '../../main/core/apply-subscription.ts';
import { openDatabase } from '../../main/db/open-database.ts';
import { saveSettings } from '../../main/db/shop.ts';
import type { WriteDb } from '../../main/db/types.ts';
import { createStore, type EngineStore } from '../../main/engine/store.ts';
import type { Customer, PlatformSubscription, StoredSubscription } from '../../shared/domain/platform.ts';
import type { ShopSettings } from '../../shared/domain/settings.ts';

export const minute = 60_000;
export const hour = 3_600_000;
export const day = 86_400_000;

/** Monday, 2027-03-01, 12:00 in New York: inside the send window. */
export const noon = Date.UTC(2027, 2, 1, 17, 0);

export type TestStore = Readonly<{ db: WriteDb; store: EngineStore }>;

/** A real database of its own, closed when the test ends. Sending is on unless the test says otherwise. */
export function openTestStore(settings: Partial<ShopSettings> = {}): TestStore {
  const db = openDatabase({ path: ':memory:' });
  onTestFinished(() => void db.close());
  saveSettings(db, { sendingOn: true, ...settings });
  return { db, store: createStore(db) };
}

export function makeCustomer(change: Partial<Customer> = {}): Customer {
  return {
    id: 'customer-1',
    platformNumber: '9001',
    firstName: 'Dana',
    lastName: 'Reyes',
    email: 'dana@mail.example',
    phone: '+12125550123',
    ...change,
  };
}

/** Active, 30 days between orders, next order on 2027-03-04 at the billing time. */
export function makeSubscription(change: Partial<StoredSubscription> = {}): StoredSubscription {
  const id = change.id ?? 'subscription-1';
  return {
    id,
    platformNumber: `number-of-${id}`,
    customerId: 'customer-1',
    status: 'ACTIVE',
    createdAt: noon - 300 * day,
    updatedAt: noon - 10 * day,
    cancelledAt: null,
    nextOrderIso: '2027-03-04T14:30:00.000Z',
    nextOrderAt: Date.parse(change.nextOrderIso ?? '2027-03-04T14:30:00.000Z'),
    isMigrated: false,
    sellingPlanId: null,
    frequency: { count: 30, unit: 'DAY' },
    productTitles: ['House Espresso'],
    totalCents: 2500,
    currency: 'USD',
    paymentMethod: { id: 'card-1', lastDigits: '4242', updatedAt: '2026-01-01T00:00:00.000Z' },
    nextOrderDate: (change.nextOrderIso ?? '2027-03-04').slice(0, 10),
    noticeOrderDate: null,
    eventsThrough: change.updatedAt ?? noon - 10 * day,
    ...change,
  };
}

/** Puts a customer with one subscription into the store. */
export function addSubscription(
  { store }: Pick<TestStore, 'store'>,
  subscription: Partial<StoredSubscription> = {},
  customer: Partial<Customer> = {},
): StoredSubscription {
  const made = makeSubscription(subscription);
  store.saveCustomer(makeCustomer({ id: made.customerId, ...customer }), noon - 10 * day);
  store.saveSubscription(made, noon - 10 * day);
  return made;
}

/** The subscription as the platform would tell it. */
export function makeRow(
  subscription: Partial<PlatformSubscription['subscription']> = {},
  change: Partial<Omit<PlatformSubscription, 'subscription'>> = {},
): PlatformSubscription {
  const { nextOrderDate: _, noticeOrderDate: __, eventsThrough: ___, ...own } = makeSubscription();
  const { phone, ...customer } = makeCustomer();
  return {
    subscription: { ...own, ...subscription },
    customer,
    phones: phone === null ? [] : [phone],
    billingRun: null,
    ...change,
  };
}

/** What a sync finds out about a row before it reads anything else. */
export function stateOf(store: EngineStore, row: PlatformSubscription): ReturnType<typeof hasMoved> {
  return hasMoved(store.findStandings([row.subscription.id])[0], row);
}

/** A delivery that is due now. */
export function makeDraft(change: Partial<DeliveryDraft> = {}): DeliveryDraft {
  return {
    key: 'created:subscription-1',
    trigger: 'subscription_created',
    customerId: 'customer-1',
    subscriptionId: 'subscription-1',
    orderDate: null,
    orderAt: null,
    billId: null,
    properties: { account_page_link: 'https://fern.example/account' },
    occurredAt: noon,
    dueAt: noon,
    deadlineAt: noon + 3 * day,
    isUrgent: false,
    ...change,
  };
}

/** Reasons on record, oldest first. */
export function reasonsOf(db: WriteDb): string[] {
  return db.prepare<[], string>('SELECT reason FROM decisions ORDER BY id').pluck().all();
}
