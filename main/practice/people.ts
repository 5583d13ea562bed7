import type { Card, Customer, Plan, Product, Subscription, SubscriptionStatus, World } from './world-types.ts';
import { areaCodes, firstNames, lastNames, plans } from './shop-facts.ts';
import { dayOfMonth } from './zone-time.ts';
import { makeUuid, type Random } from './random.ts';

/** What may be chosen about a customer; the rest follows from the number of the customer. */
export type CustomerDraft = Readonly<{
  index: number;
  createdAt: number;
  firstName: string;
  lastName: string;
  phone: string | null;
  written: Customer['written'];
  countryCode: string;
  scenario: string | null;
}>;

/** What may be chosen about a subscription. */
export type SubscriptionDraft = Readonly<{
  customer: Customer;
  index: number;
  createdAt: number;
  plan: Plan;
  nextDay: number;
  minute: number;
  card: Card;
  items: readonly Readonly<{ product: Product; quantity: number }>[];
  status?: SubscriptionStatus;
  isMigrated?: boolean;
  ordersCount?: number;
}>;

/** Builds a customer without subscriptions. */
export function makeCustomer(seed: number, draft: CustomerDraft): Customer {
  const { index, createdAt } = draft;
  return {
    ...draft,
    id: makeUuid('customer', seed, index),
    number: String(6_700_000_001 + index * 13),
    email: ['customer-', index + 1, '@mail.example'].join(''),
    subscriptions: [],
    updatedAt: createdAt,
  };
}

/** Builds a subscription and hangs it on its customer. Its order is not on the calendar yet. */
export function makeSubscription(seed: number, draft: SubscriptionDraft): Subscription {
  const { index, customer, createdAt, nextDay } = draft;
  const subscription: Subscription = {
    index,
    id: makeUuid('subscription', seed, index),
    number: String(8_100_000_001 + index * 7),
    customer,
    createdAt,
    isMigrated: draft.isMigrated ?? false,
    plan: draft.plan,
    items: draft.items,
    card: draft.card,
    status: draft.status ?? 'ACTIVE',
    updatedAt: createdAt,
    version: 0,
    pausedAt: null,
    cancelledAt: null,
    unpauseDay: null,
    nextDay,
    minute: draft.minute,
    anchor: dayOfMonth(nextDay),
    ordersCount: draft.ordersCount ?? 0,
    failedCycles: 0,
    skips: [],
    log: [],
    openBill: null,
    openSpan: null,
  };
  customer.subscriptions.push(subscription);
  return subscription;
}

/** A card that has not been seen before. `serial` must be new for this customer. */
export function makeCard(seed: number, random: Random, customerIndex: number, serial: number, at: number): Card {
  return {
    id: makeUuid('card', seed, customerIndex * 100 + serial),
    number: String(9_300_000_001 + customerIndex * 100 + serial),
    lastDigits: String(random.between(0, 9999)).padStart(4, '0'),
    brand: random.pick(['visa', 'mastercard', 'amex']),
    expiresMonth: random.between(1, 12),
    expiresYear: new Date(at).getUTCFullYear() + random.between(1, 5),
    updatedAt: at,
    health: 'good',
  };
}

/** A North American number that belongs to nobody; different for every index, and its last four digits for most. */
export function makePhone(index: number): string {
  const block = Math.floor(index / 10_000);
  const area = areaCodes[(index + block) % areaCodes.length];
  const exchange = 555 + Math.floor(block / areaCodes.length);
  return ['+1', area, exchange, String((index * 7919 + 123) % 10_000).padStart(4, '0')].join('');
}

/** The three places where the platform may keep a phone, in the spellings that merchants' lists hold. */
export function writePhone(random: Random, phone: string): Customer['written'] {
  const national = phone.slice(2);
  const parted = `${national.slice(3, 6)}-${national.slice(6)}`;
  const nowhere = { customer: null, inferred: null, shipping: null };
  return random.weighted([
    [{ ...nowhere, customer: phone, shipping: phone }, 60],
    [{ ...nowhere, customer: phone }, 20],
    [{ ...nowhere, customer: `(${national.slice(0, 3)}) ${parted}` }, 6],
    [{ ...nowhere, customer: national, shipping: phone }, 4],
    [{ ...nowhere, customer: `1-${national.slice(0, 3)}-${parted}` }, 2],
    [{ ...nowhere, shipping: phone }, 5],
    [{ ...nowhere, inferred: phone }, 3],
  ]);
}

export const planWeights: readonly (readonly [Plan, number])[] = [
  [plans.monthly, 42],
  [plans.everyThirtyDays, 12],
  [plans.everyTwoMonths, 14],
  [plans.everySixWeeks, 10],
  [plans.everyTwoWeeks, 8],
  [plans.everyThreeMonths, 8],
  [plans.weekly, 2],
  [plans.yearly, 2],
  [plans.prepaidThreeMonths, 2],
];

/** One to three products. */
export function pickItems(random: Random, products: readonly Product[]): SubscriptionDraft['items'] {
  const count = random.weighted([
    [1, 70],
    [2, 22],
    [3, 8],
  ]);
  const first = random.between(0, products.length - 1);
  return Array.from({ length: count }, (_, step) => products[(first + step * 2) % products.length])
    .filter((product) => product !== undefined)
    .map((product) => ({ product, quantity: random.isLucky(0.15) ? 2 : 1 }));
}

/** An ordinary customer with an ordinary phone. */
export function draftCustomer(random: Random, index: number, createdAt: number): CustomerDraft {
  const hasPhone = random.isLucky(0.98);
  const phone = hasPhone ? makePhone(index) : null;
  return {
    index,
    createdAt,
    firstName: random.pick(firstNames),
    lastName: random.pick(lastNames),
    phone,
    written: phone === null ? { customer: null, inferred: null, shipping: null } : writePhone(random, phone),
    countryCode: 'US',
    scenario: null,
  };
}

/** Adds a customer to a running world. */
export function enterCustomer(world: World, customer: Customer): void {
  world.customers.push(customer);
  world.customersById.set(customer.id, customer);
  world.customersByNumber.set(customer.number, customer);
}

/** Adds a subscription to a running world's lists, not to its calendar. */
export function enterSubscription(world: World, subscription: Subscription): void {
  world.subscriptions.add(subscription);
  world.subscriptionsById.set(subscription.id, subscription);
  world.subscriptionsByNumber.set(subscription.number, subscription);
}
