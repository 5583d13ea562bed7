import type { Notable } from './clockwork.ts';
import type { Bill, Customer, World } from './world-types.ts';
import type { TextOrder } from './automations.ts';
import { answerNotice, answerOther } from './answers.ts';
import type { Conversations } from './conversations.ts';
import { activities, changeToNewCard, type ActivityParts } from './lively-activities.ts';
import type { PhoneBook, PhoneLine } from './phones.ts';
import { createRandom } from './random.ts';
import { isLive } from './world-changes.ts';
import { hourMs } from './zone-time.ts';

/** The customers' own doings. In a shop that is not lively all of it stays quiet. */
export type Lively = Readonly<{
  start: () => void;
  onText: (line: PhoneLine, order: TextOrder) => void;
  onFailedCharge: (bill: Bill) => void;
}>;

const cardAfterFailureRate = 0.35;

/** Fewer ordinary customers than this cannot keep a shop lively, so the scenario customers join in. */
const enoughCustomers = 10;

const wholeMonth = 30;
const customersOfRates = 200;

/** Waking hours of the practice customers, local minutes. */
const waking = { from: 7 * 60, to: 23 * 60 + 50 };

/** Opens the lively part of a world. */
export function createLively(world: World, phones: PhoneBook, conversations: Conversations): Lively {
  const { clock, options, zone } = world;
  const notable = (): Notable => 'reply';
  const ordinary = world.customers.filter(({ scenario }) => scenario === null).length;
  const parts: ActivityParts = { world, phones, conversations, isFreeToAct };

  function isFreeToAct({ scenario }: Customer): boolean {
    return scenario === null || ordinary < enoughCustomers;
  }

  function planDay(day: number, dayIndex: number): void {
    for (const [name, { perMonth, act }] of Object.entries(activities)) {
      const perDay = (perMonth / wholeMonth) * (options.customers / customersOfRates);
      const phase = createRandom(options.seed, 'phase', name).next();
      // Spread evenly, so that every month has its share whatever the seed.
      const count = Math.floor((dayIndex + 1) * perDay + phase) - Math.floor(dayIndex * perDay + phase);
      for (let turn = 0; turn < count; turn++) {
        const random = createRandom(options.seed, 'lively', name, day, turn);
        const at = zone.instantOf(day, random.between(waking.from, waking.to)) + random.between(0, 59_999);
        if (at > clock.now()) clock.plan(at, () => act(parts, random));
      }
    }
    clock.plan(zone.instantOf(day + 1, 0), () => planDay(day + 1, dayIndex + 1));
  }

  function onText(line: PhoneLine, order: TextOrder): void {
    if (!options.isLively) return;
    const about = [order.trigger, order.subscriptionId ?? line.digits, order.orderDate ?? zone.dayOf(clock.now())];
    const random = createRandom(options.seed, 'answer', ...about);
    const answers = order.trigger === 'upcoming_order' ? answerNotice(random) : answerOther(random);
    for (const { body, meant, delayMs } of answers) {
      clock.plan(clock.now() + delayMs, () => conversations.receive(line, body, meant), notable);
    }
  }

  function onFailedCharge({ subscription }: Bill): void {
    const { customer, number, nextDay } = subscription;
    if (!options.isLively || !isFreeToAct(customer)) return;
    const random = createRandom(options.seed, 'card-after-failure', number, nextDay);
    if (!random.isLucky(cardAfterFailureRate)) return;
    clock.plan(clock.now() + random.between(1, 30) * hourMs, () => {
      if (isLive(subscription)) changeToNewCard(world, customer, random);
    });
  }

  return {
    start: () => {
      if (options.isLively) planDay(zone.dayOf(clock.now()), 0);
    },
    onText,
    onFailedCharge,
  };
}
