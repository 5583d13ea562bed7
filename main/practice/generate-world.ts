import type { PracticeOptions } from './practice-shop-types.ts';
import type { Bill, Card, Customer, Subscription, World } from './world-types.ts';
import { noteBillState } from './bills.ts';
import { createClockwork } from './clockwork.ts';
import { daysOf, nextOccurrence, totalCents } from './intervals.ts';
import { createLedgerBook } from './ledger-book.ts';
import {
  draftCustomer,
  makeCard,
  makeCustomer,
  makePhone,
  makeSubscription,
  pickItems,
  planWeights,
} from './people.ts';
import { createRandom, type Random } from './random.ts';
import { listScenarios, type Scenario } from './scenarios.ts';
import { createShelf } from './shelf.ts';
import { practiceShop } from './shop-facts.ts';
import { planResume } from './subscription-actions.ts';
import { openOrder } from './world-changes.ts';
import { dayMs, zoneOf, type Zone } from './zone-time.ts';

const historyDays = 3 * 365;
const knownBillDays = 10;

/** What the world looks like before its first minute, while it is being built. */
type Draft = Readonly<{
  options: PracticeOptions;
  billingZone: Zone;
  today: number;
  customers: Customer[];
  subscriptions: Subscription[];
  pauses: { subscription: Subscription; unpauseDay: number }[];
  retrying: Subscription[];
}>;

/** Builds a shop with its history. The same options give the same shop, and more customers change none of the first. */
export function generateWorld(options: PracticeOptions): World {
  const billingZone = zoneOf(options.billingTimeZone);
  const draft: Draft = {
    options,
    billingZone,
    today: billingZone.dayOf(options.startAt),
    customers: [],
    subscriptions: [],
    pauses: [],
    retrying: [],
  };
  const scenarios = listScenarios(zoneOf(options.timeZone), draft.today);
  for (let index = 0; index < options.customers; index++) {
    const scenario = scenarios[index];
    if (scenario === undefined) addOrdinary(draft, index);
    else addScenario(draft, index, scenario);
  }
  return assemble(draft);
}

function assemble(draft: Draft): World {
  const { options, customers, billingZone } = draft;
  const clock = createClockwork(options.startAt);
  const subscriptions = draft.subscriptions.sort(
    (one, other) => one.createdAt - other.createdAt || one.index - other.index,
  );
  const billsBySubscription = new Map<Subscription, Bill[]>();
  const world: World = {
    options,
    shop: practiceShop,
    clock,
    zone: zoneOf(options.timeZone),
    billingZone,
    ledger: createLedgerBook(),
    customers,
    customersById: new Map(customers.map((customer) => [customer.id, customer])),
    customersByNumber: new Map(customers.map((customer) => [customer.number, customer])),
    subscriptions: createShelf(subscriptions, clock.now),
    subscriptionsById: new Map(subscriptions.map((subscription) => [subscription.id, subscription])),
    subscriptionsByNumber: new Map(subscriptions.map((subscription) => [subscription.number, subscription])),
    bills: createShelf(makeBills(draft, billsBySubscription), clock.now),
    billsBySubscription,
    due: new Map(),
    happenings: [],
  };
  for (const subscription of subscriptions) {
    if (subscription.status === 'ACTIVE' && subscription.openBill === null) openOrder(world, subscription);
  }
  for (const { subscription, unpauseDay } of draft.pauses) planResume(world, subscription, unpauseDay);
  return world;
}

function createdAtOf({ options }: Draft, index: number, random: Random): number {
  const step = ((historyDays - 40) * dayMs) / Math.max(1, options.customers);
  // Rising with the index, so that the list is in creation order as it stands.
  return Math.floor(options.startAt - historyDays * dayMs + (index + random.next()) * step);
}

function addScenario(draft: Draft, index: number, scenario: Scenario): void {
  const { options, billingZone, today } = draft;
  const random = createRandom(options.seed, 'customer', index);
  const createdAt = createdAtOf(draft, index, random);
  const before = draft.customers.at(-1);
  const own = scenario.phone === undefined ? makePhone(index) : scenario.phone;
  const phone = scenario.sharesPhone === true ? (before?.phone ?? own) : own;
  const customer = makeCustomer(options.seed, {
    index,
    createdAt,
    firstName: scenario.firstName,
    lastName: scenario.lastName,
    phone,
    written: { customer: phone, inferred: null, shipping: phone },
    countryCode: scenario.countryCode ?? 'US',
    scenario: scenario.name,
  });
  draft.customers.push(customer);
  const card = makeCard(options.seed, random, index, 0, createdAt);

  for (const wanted of scenario.subscriptions) {
    const subscription = makeSubscription(options.seed, {
      customer,
      index: draft.subscriptions.length,
      createdAt: createdAt + draft.customers.length * 60_000,
      plan: wanted.plan,
      nextDay: wanted.nextDay,
      minute: wanted.minute ?? practiceShop.billingMinute,
      card: wanted.hasBadCard === true ? { ...card, health: 'bad' } : card,
      items: pickItems(random, practiceShop.products),
      status: wanted.status ?? 'ACTIVE',
      isMigrated: wanted.isMigrated ?? false,
      ordersCount: random.between(1, 20),
    });
    draft.subscriptions.push(subscription);
    if (wanted.isRetrying === true) draft.retrying.push(subscription);
    settleStatus(draft, subscription, random, wanted.unpauseDay ?? today + 10);
    subscription.updatedAt = Math.max(createdAt, billingZone.instantOf(today - 3, 600));
  }
}

function addOrdinary(draft: Draft, index: number): void {
  const { options, billingZone, today } = draft;
  const random = createRandom(options.seed, 'customer', index);
  const createdAt = createdAtOf(draft, index, random);
  const customer = makeCustomer(options.seed, draftCustomer(random, index, createdAt));
  draft.customers.push(customer);
  const card: Card = makeCard(options.seed, random, index, 0, createdAt);
  const count = random.weighted([
    [1, 80],
    [2, 15],
    [3, 5],
  ]);
  for (let step = 0; step < count; step++) {
    const plan = random.weighted(planWeights);
    const subscribedAt = createdAt + Math.floor(random.next() * (options.startAt - 20 * dayMs - createdAt));
    const subscription = makeSubscription(options.seed, {
      customer,
      index: draft.subscriptions.length,
      createdAt: step === 0 ? createdAt : subscribedAt,
      plan,
      nextDay: today + random.between(1, daysOf(plan.billing)),
      minute: random.weighted([
        [practiceShop.billingMinute, 90],
        [0, 5],
        [23 * 60 + 59, 5],
      ]),
      card,
      items: pickItems(random, practiceShop.products),
      status: random.weighted([
        ['ACTIVE', 84],
        ['PAUSED', 5],
        ['CANCELLED', 9],
        ['EXPIRED', 2],
      ]),
      isMigrated: random.isLucky(0.05),
      ordersCount: random.between(0, 25),
    });
    draft.subscriptions.push(subscription);
    if (subscription.status === 'ACTIVE' && random.isLucky(0.003)) {
      subscription.nextDay = today - 1;
      draft.retrying.push(subscription);
    }
    settleStatus(draft, subscription, random, today + random.between(2, 45));
    const touchedAt = billingZone.instantOf(today - random.between(1, 60), random.between(0, 95) * 15);
    subscription.updatedAt = Math.max(subscription.createdAt, touchedAt);
  }
}

function settleStatus(draft: Draft, subscription: Subscription, random: Random, unpauseDay: number): void {
  const { billingZone, today } = draft;
  const earlier = Math.max(subscription.createdAt, billingZone.instantOf(today - random.between(3, 90), 700));
  if (subscription.status === 'PAUSED') {
    subscription.pausedAt = earlier;
    draft.pauses.push({ subscription, unpauseDay });
  }
  if (subscription.status === 'CANCELLED') {
    subscription.cancelledAt = earlier;
    subscription.nextDay = billingZone.dayOf(earlier) + 5;
  }
}

/** Recent bills, as the platform would still list them: paid ones, and the failed ones that are being retried. */
function makeBills(draft: Draft, billsBySubscription: Map<Subscription, Bill[]>): Bill[] {
  const { options, billingZone, today } = draft;
  const retrying = new Set(draft.retrying);
  const planned: { subscription: Subscription; day: number }[] = [];
  for (const subscription of draft.subscriptions) {
    if (subscription.status !== 'ACTIVE') continue;
    const day = retrying.has(subscription) ? subscription.nextDay : findLastDay(subscription, today);
    if (day < today && day >= today - knownBillDays && billingZone.instantOf(day, 0) > subscription.createdAt) {
      planned.push({ subscription, day });
    }
  }
  planned.sort((one, other) => one.day - other.day || one.subscription.index - other.subscription.index);

  return planned.map(({ subscription, day }, index) => {
    const createdAt = billingZone.instantOf(day, practiceShop.billingMinute);
    const isFailed = retrying.has(subscription);
    const bill: Bill = {
      id: 400_001 + index,
      subscription,
      day,
      billingAt: billingZone.instantOf(day, subscription.minute),
      amountCents: totalCents(subscription),
      createdAt,
      history: [],
      status: isFailed ? 'failed' : 'succeeded',
      retryCount: options.switches.retryBase,
      error: isFailed ? 'card_declined' : null,
      updatedAt: Math.min(options.startAt, createdAt + 300_000),
      version: 0,
    };
    noteBillState(bill);
    billsBySubscription.set(subscription, [bill]);
    if (isFailed) subscription.openBill = bill;
    return bill;
  });
}

/** The order before the next one; a day long ago when it was not recent. */
function findLastDay(subscription: Subscription, today: number): number {
  const { plan, nextDay, anchor } = subscription;
  for (let day = today - 1; day >= today - knownBillDays; day--) {
    if (nextOccurrence(plan.billing, day, anchor) === nextDay) return day;
  }
  return -1;
}
