import type { MiddlewareHandler } from 'hono';
import { createAutomations } from '../../../main/practice/automations.ts';
import { startBilling } from '../../../main/practice/billing.ts';
import { generateWorld } from '../../../main/practice/generate-world.ts';
import { listen, type ServiceEnv } from '../../../main/practice/http-service.ts';
import type { Plan, World } from '../../../main/practice/world-types.ts';
import {
  enterCustomer,
  enterSubscription,
  makeCard,
  makeCustomer,
  makePhone,
  makeSubscription,
} from '../../../main/practice/people.ts';
import { createPhoneBook, type PhoneBook } from '../../../main/practice/phones.ts';
import { createPostscriptApp } from '../../../main/practice/postscript-app.ts';
import { createPostscriptWebhooks } from '../../../main/practice/postscript-webhooks.ts';
import { defaultPracticeOptions } from '../../../main/practice/practice-shop.ts';
import { createRandom } from '../../../main/practice/random.ts';
import { plans } from '../../../main/practice/shop-facts.ts';
import { createSmartrrApp } from '../../../main/practice/smartrr-app.ts';
import { openOrder } from '../../../main/practice/world-changes.ts';
import { dayMs, dayOf } from './wall-clock.ts';

/**
 * The simulated platform and Postscript around a shop that has an order on every day of the year, at the ends of the
 * months and on February 29 more than one.
 *
 * A year of ticks makes a million requests: they go to the simulators' own apps without a socket in between, unless
 * `isOverHttp` asks for one. The clients above and the simulators below are the same either way.
 */
export type ClockWorld = Readonly<{
  world: World;
  smartrr: string;
  postscript: string;
  smartrrToken: string;
  postscriptKey: string;
  fetch: typeof globalThis.fetch;
  close: () => Promise<void>;
}>;

export type ClockWorldOptions = Readonly<{
  seed: number;
  zone: string;
  billingZone: string;
  startAt: number;
  isOverHttp: boolean;
}>;

const smartrrToken = 'clock-smartrr-token';
const postscriptKey = 'sk_clock000000000000000000000000000';

/** The platform writes an order's date as an instant: just after midnight, at the billing time, just before midnight. */
const minutesOfDay = [0, 9 * 60 + 30, 23 * 60 + 59];

const noFaults: MiddlewareHandler<ServiceEnv> = async (context, next) => {
  context.set('fault', null);
  context.set('received', []);
  await next();
};

export async function openClockWorld(options: ClockWorldOptions): Promise<ClockWorld> {
  const { zone, billingZone, seed, startAt, isOverHttp } = options;
  const world = generateWorld({
    ...defaultPracticeOptions,
    customers: 0,
    isLively: false,
    seed,
    startAt,
    timeZone: zone,
    billingTimeZone: billingZone,
  });
  const phones = createPhoneBook(world);
  populate(world, phones);
  const webhooks = createPostscriptWebhooks(world, 'clock-signature');
  const automations = createAutomations(world, phones, () => undefined);
  startBilling(world, () => undefined);
  const smartrrApp = createSmartrrApp(world, smartrrToken, noFaults);
  const postscriptApp = createPostscriptApp({ world, phones, webhooks, automations, faults: noFaults }, postscriptKey);
  const parts = { world, smartrrToken, postscriptKey };
  if (isOverHttp) {
    const [smartrr, postscript] = await Promise.all([listen(smartrrApp), listen(postscriptApp)]);
    return {
      ...parts,
      smartrr: smartrr.url,
      postscript: postscript.url,
      fetch: globalThis.fetch,
      close: async () => void (await Promise.all([smartrr.close(), postscript.close()])),
    };
  }
  return {
    ...parts,
    smartrr: 'https://smartrr.invalid',
    postscript: 'https://postscript.invalid',
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const app = new URL(request.url).hostname.startsWith('smartrr') ? smartrrApp : postscriptApp;
      return app.fetch(request);
    },
    close: () => Promise.resolve(),
  };
}

/** Two weeks of orders, one a day, and then on: every day of the year is some order's day. */
function populate(world: World, phones: PhoneBook): void {
  const today = world.billingZone.dayOf(world.clock.now());
  for (let days = 1; days <= 14; days += 1)
    addPerson(world, phones, plans.everyTwoWeeks, today + days, minutesOfDay[days % minutesOfDay.length] ?? 0);
  // The wished day of the month stays: the 31st becomes the 29th in February and the 31st again in March.
  for (const [index, dayOfMonth] of [28, 29, 30, 31].entries())
    addPerson(world, phones, plans.monthly, nextDayOfMonth(today, dayOfMonth), minutesOfDay[index % 3] ?? 0);
  for (const minute of minutesOfDay) addPerson(world, phones, plans.yearly, nextLeapDay(today), minute);
}

function nextDayOfMonth(today: number, wanted: number): number {
  let day = today + 1;
  while (new Date(day * dayMs).getUTCDate() !== wanted) day += 1;
  return day;
}

function nextLeapDay(today: number): number {
  let year = new Date(today * dayMs).getUTCFullYear();
  while (year % 4 !== 0 || dayOf(`${year}-02-29`) <= today) year += 1;
  return dayOf(`${year}-02-29`);
}

function addPerson(world: World, phones: PhoneBook, plan: Plan, nextDay: number, minute: number): void {
  const { options, customers, shop } = world;
  const index = customers.length;
  const createdAt = options.startAt - (100 - index) * dayMs;
  const phone = makePhone(index);
  const customer = makeCustomer(options.seed, {
    index,
    createdAt,
    firstName: 'Cleo',
    lastName: `Clock ${index + 1}`,
    phone,
    written: { customer: phone, inferred: null, shipping: null },
    countryCode: 'US',
    // A customer of a scenario is never charged in vain by chance.
    scenario: 'clock',
  });
  enterCustomer(world, customer);
  phones.add(customer);
  const [product] = shop.products;
  const subscription = makeSubscription(options.seed, {
    customer,
    index: world.subscriptions.rows.length,
    createdAt,
    plan,
    nextDay,
    minute,
    card: makeCard(options.seed, createRandom(options.seed, 'card', index), index, 0, createdAt),
    items: product === undefined ? [] : [{ product, quantity: 1 }],
  });
  enterSubscription(world, subscription);
  openOrder(world, subscription);
}
