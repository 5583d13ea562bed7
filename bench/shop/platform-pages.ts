import { defaultPracticeOptions } from '../../main/practice/practice-shop.ts';
import { generateWorld } from '../../main/practice/generate-world.ts';
import {
  draftCustomer,
  makeCard,
  makeCustomer,
  makeSubscription,
  pickItems,
  planWeights,
} from '../../main/practice/people.ts';
import { createRandom } from '../../main/practice/random.ts';
import { daysOf } from '../../main/practice/intervals.ts';
import { practiceShop } from '../../main/practice/shop-facts.ts';
import { toPurchaseState } from '../../main/practice/smartrr-rows.ts';
import { dayMs } from '../../main/practice/zone-time.ts';

/** Rows on a page, as the product asks for them. */
export const pageSize = 100;

const historyMs = 3 * 365 * dayMs;
/** Five subscriptions of four customers. */
const groupSize = 5;
const groupsPerPage = pageSize / groupSize;

/**
 * The platform's answers for a shop of any size, page by page and made as they are asked for: a large shop costs no memory.
 * The rows are the practice shop's, written out by its own code.
 */
export type PlatformPages = Readonly<{
  subscriptions: number;
  startAt: number;
  timeZone: string;
  /** The body of the answer, as text. The first page is 0. */
  read: (page: number) => string;
}>;

/** @param startAt when the shop is looked at; orders come after it */
export function createPlatformPages(subscriptions: number, seed: number, startAt: number): PlatformPages {
  const options = { ...defaultPracticeOptions, customers: 0, seed, startAt, isLively: false };
  const world = generateWorld(options);
  const today = world.billingZone.dayOf(startAt);

  function makeGroup(group: number): unknown[] {
    const rows: unknown[] = [];
    for (let step = 0; step < groupSize - 1; step += 1) {
      const index = group * (groupSize - 1) + step;
      const random = createRandom(seed, 'bench', index);
      const createdAt = Math.floor(startAt - historyMs + ((historyMs - 40 * dayMs) * index) / subscriptions);
      const customer = makeCustomer(seed, draftCustomer(random, index, createdAt));
      const card = makeCard(seed, random, index, 0, createdAt);
      for (let count = step === 0 ? 2 : 1; count > 0; count -= 1) {
        const plan = random.weighted(planWeights);
        const subscription = makeSubscription(seed, {
          customer,
          index: group * groupSize + rows.length,
          createdAt,
          plan,
          nextDay: today + random.between(1, daysOf(plan.billing)),
          minute: practiceShop.billingMinute,
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
        subscription.updatedAt = Math.max(createdAt, startAt - random.between(1, 60 * 24) * 3_600_000);
        if (subscription.status === 'CANCELLED') subscription.cancelledAt = subscription.updatedAt;
        rows.push(toPurchaseState(world, subscription));
      }
    }
    return rows;
  }

  return {
    subscriptions,
    startAt,
    timeZone: options.timeZone,
    read: (page) => {
      const left = Math.max(0, subscriptions - page * pageSize);
      const data: unknown[] = [];
      for (let group = page * groupsPerPage; data.length < Math.min(left, pageSize); group += 1)
        data.push(...makeGroup(group));
      return JSON.stringify({ data: data.slice(0, left), pageSize, totalCount: subscriptions });
    },
  };
}
