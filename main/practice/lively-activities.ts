import type { Actor, Card, Customer, Subscription, World } from './world-types.ts';
import { skipUnasked, speakAsStranger, speakUp } from './answers.ts';
import type { Conversations } from './conversations.ts';
import { occurrenceAfter, runAt } from './intervals.ts';
import {
  draftCustomer,
  enterCustomer,
  enterSubscription,
  makeCard,
  makeCustomer,
  makeSubscription,
  pickItems,
  planWeights,
} from './people.ts';
import type { PhoneBook } from './phones.ts';
import type { Random } from './random.ts';
import { cancel, moveOrder, pause, resume, skipOrder, unskipOrder } from './subscription-actions.ts';
import { changeCard, isLive, logEvent, openOrder, tell } from './world-changes.ts';
import { minuteMs } from './zone-time.ts';

export type ActivityParts = Readonly<{
  world: World;
  phones: PhoneBook;
  conversations: Conversations;
  isFreeToAct: (customer: Customer) => boolean;
}>;

/** Something that customers do by themselves. `perMonth` is for a shop with 200 customers. */
export type Activity = Readonly<{
  perMonth: number;
  act: (parts: ActivityParts, random: Random) => void | Promise<void>;
}>;

/** Looks for somebody who fits; gives up when nobody of many does. */
function findCustomer(
  { world, isFreeToAct }: ActivityParts,
  random: Random,
  fits: (customer: Customer) => boolean,
): Customer | undefined {
  for (let tries = 0; tries < 60; tries++) {
    const customer = random.pick(world.customers);
    if (isFreeToAct(customer) && fits(customer)) return customer;
  }
  return undefined;
}

function findSubscription(
  parts: ActivityParts,
  random: Random,
  fits: (subscription: Subscription) => boolean,
): Subscription | undefined {
  return findCustomer(parts, random, ({ subscriptions }) => subscriptions.some(fits))?.subscriptions.find(fits);
}

/** An active subscription; every other time one whose order is only days away, where doing something matters most. */
function findActive(parts: ActivityParts, random: Random): Subscription | undefined {
  const { world, isFreeToAct } = parts;
  const isActive = ({ status, openBill }: Subscription): boolean => status === 'ACTIVE' && openBill === null;
  if (random.isLucky(0.5)) {
    const today = world.billingZone.dayOf(world.clock.now());
    const day = today + random.between(1, 4);
    const close = [...(world.due.get(day) ?? [])].filter(({ customer }) => isFreeToAct(customer));
    if (close.length > 0) return random.pick(close);
  }
  return findSubscription(parts, random, isActive);
}

function chooseActor(random: Random): Actor {
  return random.isLucky(0.8) ? 'CUSTOMER' : 'AGENT';
}

function today({ billingZone, clock }: World): number {
  return billingZone.dayOf(clock.now());
}

/** Subscribes a customer now. The first order was paid at the checkout, so the next one is an interval away. */
function subscribe(world: World, customer: Customer, random: Random, isMigrated = false): Subscription {
  const { options, clock, shop } = world;
  const now = clock.now();
  const plan = random.weighted(planWeights);
  const subscription = makeSubscription(options.seed, {
    customer,
    index: world.subscriptions.rows.length,
    createdAt: now,
    plan,
    nextDay: today(world),
    minute: shop.billingMinute,
    card: customer.subscriptions.at(-1)?.card ?? makeCard(options.seed, random, customer.index, 0, now),
    items: pickItems(random, shop.products),
    isMigrated,
    ordersCount: isMigrated ? random.between(2, 12) : 1,
  });
  subscription.nextDay = isMigrated
    ? today(world) + random.between(2, 20)
    : occurrenceAfter(subscription, today(world));
  enterSubscription(world, subscription);
  openOrder(world, subscription);
  if (isMigrated) {
    tell(world, customer, 'Subscription moved here from another platform');
    return subscription;
  }
  world.ledger.addFact({
    trigger: 'subscription_created',
    at: now,
    customerId: customer.id,
    subscriptionId: subscription.id,
    billId: null,
    retryCount: null,
    paymentMethodId: null,
    stamp: null,
  });
  tell(world, customer, `Subscribed: ${plan.name.toLowerCase()}`);
  return subscription;
}

function welcome({ world, phones }: ActivityParts, random: Random): Customer {
  const index = world.customers.length;
  const customer = makeCustomer(world.options.seed, draftCustomer(random, index, world.clock.now()));
  enterCustomer(world, customer);
  phones.add(customer);
  return customer;
}

/** Gives the customer another card, or the same one with new numbers. */
export function changeToNewCard(world: World, customer: Customer, random: Random): void {
  const old = customer.subscriptions.find(isLive)?.card;
  if (old === undefined) return;
  const serial = new Set(customer.subscriptions.map(({ card }) => card.number)).size + random.between(1, 90);
  const fresh = makeCard(world.options.seed, random, customer.index, serial, world.clock.now());
  const isRenewed = random.isLucky(0.3);
  const card: Card = isRenewed ? { ...fresh, id: old.id, number: old.number } : fresh;
  changeCard(world, customer, card, old.lastDigits, chooseActor(random));
}

function cancelAll(parts: ActivityParts, random: Random): void {
  const { world } = parts;
  const customer = findCustomer(parts, random, ({ subscriptions }) => subscriptions.some(isLive));
  if (customer === undefined) return;
  const by = chooseActor(random);
  for (const [step, subscription] of customer.subscriptions.filter(isLive).entries()) {
    world.clock.plan(world.clock.now() + step * random.between(1, 3) * minuteMs, () => {
      cancel(world, subscription, by);
    });
  }
  // Some change their minds before anybody has told them goodbye.
  if (random.isLucky(0.25)) {
    world.clock.plan(world.clock.now() + random.between(5, 60) * minuteMs, () => {
      if (!customer.subscriptions.some(isLive)) subscribe(world, customer, random);
    });
  }
}

function speak(parts: ActivityParts, random: Random, choose: typeof speakUp): Promise<void> | undefined {
  const { phones, conversations } = parts;
  // Every other one has several subscriptions: then a word alone does not say which is meant.
  const atLeast = random.between(1, 2);
  const customer = findCustomer(
    parts,
    random,
    (each) => each.subscriptions.length >= atLeast && phones.ofCustomer(each) !== undefined,
  );
  const line = customer === undefined ? undefined : phones.ofCustomer(customer);
  if (line === undefined || line.isOptedOut) return undefined;
  const { body, meant } = choose(random);
  return conversations.receive(line, body, meant);
}

function onActive(change: (world: World, subscription: Subscription, random: Random) => void): Activity['act'] {
  return (parts, random) => {
    const subscription = findActive(parts, random);
    if (subscription !== undefined) change(parts.world, subscription, random);
  };
}

/** Everything that happens by itself in a lively shop. */
export const activities: Readonly<Record<string, Activity>> = {
  newCustomer: {
    perMonth: 9,
    act: (parts, random) => void subscribe(parts.world, welcome(parts, random), random),
  },
  newMigrated: {
    perMonth: 2,
    act: (parts, random) => void subscribe(parts.world, welcome(parts, random), random, true),
  },
  anotherSubscription: {
    perMonth: 4,
    act: (parts, random) => {
      const customer = findCustomer(parts, random, ({ subscriptions }) => subscriptions.some(isLive));
      if (customer === undefined) return;
      const subscription = subscribe(parts.world, customer, random);
      logEvent(parts.world, subscription, 'NOTIFICATION_SUBS_CREATED_EXISTING', 'SMARTRR');
    },
  },
  comeBack: {
    perMonth: 3,
    act: (parts, random) => {
      const isGone = ({ subscriptions }: Customer): boolean =>
        subscriptions.length > 0 && subscriptions.every(({ status }) => status === 'CANCELLED');
      const customer = findCustomer(parts, random, isGone);
      if (customer !== undefined) subscribe(parts.world, customer, random);
    },
  },
  pause: {
    perMonth: 7,
    act: onActive((world, subscription, random) => {
      pause(world, subscription, today(world) + random.between(4, 40), chooseActor(random));
    }),
  },
  resume: {
    perMonth: 3,
    act: (parts, random) => {
      const subscription = findSubscription(parts, random, ({ status }) => status === 'PAUSED');
      if (subscription === undefined) return;
      resume(parts.world, subscription, chooseActor(random), today(parts.world) + random.between(2, 20));
    },
  },
  cancelOne: {
    perMonth: 5,
    act: onActive((world, subscription, random) => void cancel(world, subscription, chooseActor(random))),
  },
  cancelAll: { perMonth: 6, act: cancelAll },
  changeCard: {
    perMonth: 8,
    act: (parts, random) => {
      const { world } = parts;
      // Every other card pays for several subscriptions, and all of them tell about its change.
      const atLeast = random.between(1, 2);
      const customer = findCustomer(
        parts,
        random,
        ({ subscriptions }) => subscriptions.filter(isLive).length >= atLeast,
      );
      if (customer === undefined) return;
      changeToNewCard(world, customer, random);
      // A mistyped card is corrected within minutes.
      if (random.isLucky(0.15)) {
        world.clock.plan(world.clock.now() + random.between(1, 9) * minuteMs, () => {
          changeToNewCard(world, customer, random);
        });
      }
    },
  },
  moveOrder: {
    perMonth: 11,
    act: onActive((world, subscription, random) => {
      const day = Math.max(today(world) + 1, subscription.nextDay + random.between(-6, 14));
      moveOrder(world, subscription, day, chooseActor(random));
    }),
  },
  skipOnPortal: {
    perMonth: 8,
    act: onActive((world, subscription) => void skipOrder(world, subscription, undefined, 'CUSTOMER')),
  },
  skipByAgent: {
    perMonth: 3,
    act: onActive((world, subscription) => void skipOrder(world, subscription, undefined, 'AGENT')),
  },
  outOfStock: {
    perMonth: 3,
    act: onActive((world, subscription) => {
      skipOrder(world, subscription, undefined, 'SMARTRR', 'OOS_AUTOMATIC_SKIP');
    }),
  },
  takeSkipBack: {
    perMonth: 2,
    act: (parts, random) => {
      const { world } = parts;
      const subscription = findSubscription(
        parts,
        random,
        ({ status, openBill, skips }) =>
          status === 'ACTIVE' && openBill === null && skips.some(({ day }) => runAt(world, day) > world.clock.now()),
      );
      if (subscription !== undefined) unskipOrder(world, subscription, undefined, 'CUSTOMER');
    },
  },
  skipUnasked: { perMonth: 5, act: (parts, random) => speak(parts, random, skipUnasked) },
  speakUp: { perMonth: 5, act: (parts, random) => speak(parts, random, speakUp) },
  stranger: {
    perMonth: 4,
    act: ({ conversations }, random) => {
      const { phone, body, meant } = speakAsStranger(random);
      return conversations.receiveFromStranger(phone, body, meant);
    },
  },
};
