import { orderDate } from '../../main/practice/intervals.ts';
import {
  enterCustomer,
  enterSubscription,
  makeCard,
  makeCustomer,
  makePhone,
  makeSubscription,
} from '../../main/practice/people.ts';
import type { PhoneBook } from '../../main/practice/phones.ts';
import { createRandom } from '../../main/practice/random.ts';
import { plans } from '../../main/practice/shop-facts.ts';
import type { Customer, Subscription, World } from '../../main/practice/world-types.ts';
import { openOrder } from '../../main/practice/world-changes.ts';

const DAY_MS = 86_400_000;

export type Person = Readonly<{
  name: string;
  /** Days from the world's today to the next order. */
  nextInDays: number;
  hasBadCard?: boolean;
}>;

/** Adds a customer with one monthly subscription that has existed for a while. */
export function addPerson(world: World, phones: PhoneBook, person: Person): Subscription {
  const { options, customers } = world;
  const index = customers.length;
  const phone = makePhone(index);
  const customer = makeCustomer(options.seed, {
    index,
    createdAt: options.startAt - (100 - index) * DAY_MS,
    firstName: person.name,
    lastName: 'Crash',
    phone,
    written: { customer: phone, inferred: null, shipping: null },
    countryCode: 'US',
    // A customer of a scenario is charged by the state of the card, never by chance.
    scenario: person.name,
  });
  enterCustomer(world, customer);
  phones.add(customer);
  return subscribe(world, customer, person, customer.createdAt);
}

/** Subscribes a customer, now or in the past; a subscription of now is a fact to be announced. */
export function subscribe(
  world: World,
  customer: Customer,
  { nextInDays, hasBadCard = false }: Omit<Person, 'name'>,
  createdAt: number,
): Subscription {
  const { options, billingZone, clock, shop } = world;
  const card = makeCard(options.seed, createRandom(options.seed, 'card', customer.index), customer.index, 0, createdAt);
  const [product] = shop.products;
  const subscription = makeSubscription(options.seed, {
    customer,
    index: world.subscriptions.rows.length,
    createdAt,
    plan: plans.monthly,
    nextDay: billingZone.dayOf(clock.now()) + nextInDays,
    minute: shop.billingMinute,
    card: hasBadCard ? { ...card, health: 'bad' } : card,
    items: product === undefined ? [] : [{ product, quantity: 1 }],
  });
  enterSubscription(world, subscription);
  openOrder(world, subscription);
  if (createdAt < clock.now()) return subscription;
  world.ledger.addFact({
    trigger: 'subscription_created',
    at: createdAt,
    customerId: customer.id,
    subscriptionId: subscription.id,
    billId: null,
    retryCount: null,
    paymentMethodId: null,
    stamp: null,
  });
  return subscription;
}

export function findPerson(world: World, name: string): Customer {
  const customer = world.customers.find(({ firstName }) => firstName === name);
  if (customer === undefined) throw new Error(`Expected a customer called ${name}`);
  return customer;
}

/** The person's oldest subscription. */
export function subscriptionOf(world: World, name: string): Subscription {
  const [subscription] = findPerson(world, name).subscriptions;
  if (subscription === undefined) throw new Error(`Expected ${name} to have a subscription`);
  return subscription;
}

export function nextOrderOf(world: World, name: string): string {
  return orderDate(world, subscriptionOf(world, name));
}
