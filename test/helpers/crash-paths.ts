import { deliveryKeys } from '../../shared/domain/triggers.ts';
import { orderDate } from '../../main/practice/intervals.ts';
import type { PhoneBook } from '../../main/practice/phones.ts';
import { cancel, moveOrder, skipOrder } from '../../main/practice/subscription-actions.ts';
import type { World } from '../../main/practice/world-types.ts';
import type { CrashJob, CrashStep } from './crash-job.ts';
import { addPerson, findPerson, nextOrderOf, subscribe, subscriptionOf } from './crash-people.ts';
import { startAt, type CrashWorld } from './crash-world.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

type Connected = CrashJob['connected'];
const everything: Connected = ['smartrr', 'postscript', 'inbox'];

/** What must be true at the simulators when everything is over, whatever was killed on the way. */
export type Expected = Readonly<{
  /** Keys of the triggers that are due. */
  keys: readonly string[];
  /** The orders that a reply asked to skip, as `subscription date`. */
  skips: readonly string[];
  /** Those of them that were taken back. */
  unskips?: readonly string[];
  replies: number;
  /** Requests that one kill may leave in doubt. */
  mostUnknown: 0 | 1 | 3;
}>;

/** One of the engine's ways through the database and the network, from a prepared state to its end. */
export type CrashPath = Readonly<{
  name: string;
  populate: (world: World, phones: PhoneBook) => void;
  /** Brings a fresh world and, with `run`, a database to where the path begins. Same order, same result, every time. */
  prepare: (
    world: CrashWorld,
    run: (connected: Connected, steps: readonly CrashStep[]) => Promise<void>,
  ) => Promise<void>;
  /** What is cut short. */
  connected: Connected;
  steps: readonly CrashStep[];
  /** What the next start does, with everything connected. */
  recovery: readonly CrashStep[];
  expected: (world: World) => Expected;
}>;

const at = (minutes: number): number => startAt + minutes * MINUTE_MS;
const nextDay = (minutes: number): number => at(minutes) + DAY_MS;

/** Long enough apart for every pause that the engine keeps. */
const runAllAt = (...instants: readonly number[]): readonly CrashStep[] =>
  instants.map((instant) => ({ at: instant, run: 'runAll' }));

const populateForChanges: CrashPath['populate'] = (world, phones) => {
  addPerson(world, phones, { name: 'Ada', nextInDays: 10 });
  addPerson(world, phones, { name: 'Ben', nextInDays: 12 });
  addPerson(world, phones, { name: 'Cleo', nextInDays: 1, hasBadCard: true });
  addPerson(world, phones, { name: 'Dan', nextInDays: 9 });
};

/** The first sync, then a day in which one order moves, one customer leaves, one pays in vain and one subscribes. */
const prepareChanges: CrashPath['prepare'] = async ({ world, advanceTo }, run) => {
  await run(['smartrr'], [{ at: startAt, run: 'sync' }]);
  await advanceTo(nextDay(0));
  moveOrder(world, subscriptionOf(world, 'Ada'), subscriptionOf(world, 'Ada').nextDay + 3, 'CUSTOMER');
  cancel(world, subscriptionOf(world, 'Ben'), 'CUSTOMER');
  subscribe(world, findPerson(world, 'Dan'), { nextInDays: 30 }, world.clock.now());
};

function changesExpected(world: World): Expected {
  const { subscriptions } = findPerson(world, 'Dan');
  const [bill] = world.bills.rows;
  const cancelledAt = subscriptionOf(world, 'Ben').cancelledAt ?? 0;
  return {
    keys: [
      deliveryKeys.created(subscriptions[1]?.id ?? ''),
      deliveryKeys.deactivated(findPerson(world, 'Ben').id, new Date(cancelledAt).toISOString()),
      deliveryKeys.paymentFailed(String(bill?.id ?? ''), bill?.retryCount ?? -1),
    ],
    skips: [],
    replies: 0,
    mostUnknown: 0,
  };
}

const sync: CrashPath = {
  name: 'sync',
  populate: populateForChanges,
  prepare: prepareChanges,
  // Nothing is sent in this path, so that what is killed is the sync alone.
  connected: ['smartrr'],
  steps: [{ at: nextDay(1), run: 'sync' }],
  recovery: runAllAt(nextDay(2), nextDay(4)),
  expected: changesExpected,
};

const sendThree: CrashPath = {
  ...sync,
  name: 'send, three at once',
  prepare: async (world, run) => {
    await prepareChanges(world, run);
    await run(['smartrr'], [{ at: nextDay(1), run: 'sync' }]);
  },
  connected: ['smartrr', 'postscript'],
  steps: [{ at: nextDay(5), run: 'deliver' }],
  recovery: runAllAt(nextDay(6), nextDay(8)),
  expected: (world) => ({ ...changesExpected(world), mostUnknown: 3 }),
};

const populateForNotice: CrashPath['populate'] = (world, phones) => {
  addPerson(world, phones, { name: 'Nina', nextInDays: 3 });
};

function noticeKey(world: World, date: string): string {
  return deliveryKeys.upcoming(subscriptionOf(world, 'Nina').id, date, 3);
}

const send: CrashPath = {
  name: 'send, planned notice to accepted',
  populate: populateForNotice,
  prepare: (_world, run) => run(['smartrr'], [{ at: startAt, run: 'sync' }]),
  connected: ['smartrr', 'postscript'],
  steps: [{ at: at(5), run: 'deliver' }],
  recovery: runAllAt(at(6), at(8)),
  expected: (world) => ({
    keys: [noticeKey(world, nextOrderOf(world, 'Nina'))],
    skips: [],
    replies: 0,
    mostUnknown: 1,
  }),
};

/** The notice is on the phone, and the customer answers it. */
const prepareReply: CrashPath['prepare'] = async (world, run) => {
  await run(['smartrr', 'postscript'], [{ at: startAt, run: 'sync' }]);
  if (world.ledger().events.length === 0) await sendNoticeAgain(world);
  await world.advanceTo(at(10));
  await world.reply(findPerson(world.world, 'Nina').id, 'Skip please!');
};

/** A world that was not there when the database was prepared has to have got the same notice. */
async function sendNoticeAgain(crashWorld: CrashWorld): Promise<void> {
  const { world } = crashWorld;
  const date = nextOrderOf(world, 'Nina');
  await sendAgain(crashWorld, 'smartrr_upcoming_order', noticeKey(world, date), date);
}

async function sendAgain({ world, address }: CrashWorld, type: string, key: string, date: string): Promise<void> {
  const subscription = subscriptionOf(world, 'Nina');
  const answer = await fetch(`${address.postscript}/api/v2/events`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${address.postscriptKey}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      type,
      phone: subscription.customer.phone,
      external_id: key,
      properties: { subscription_id: subscription.number, order_date_iso: date },
    }),
  });
  if (answer.status !== 202) throw new Error(`Expected ${key} to be accepted, got ${answer.status}`);
}

function skipExpected(world: World): Expected {
  const subscription = subscriptionOf(world, 'Nina');
  const date = orderDate(world, subscription, world.billingZone.dayOf(startAt) + 3);
  return {
    keys: [noticeKey(world, date), deliveryKeys.skipped(subscription.id, date)],
    skips: [`${subscription.id} ${date}`],
    replies: 1,
    mostUnknown: 1,
  };
}

const reply: CrashPath = {
  name: 'reply, from the poll to the intent',
  populate: populateForNotice,
  prepare: prepareReply,
  // Without the platform the reply is decided and the intent written, and no further.
  connected: ['inbox'],
  steps: [{ at: at(11), run: 'replies' }],
  recovery: runAllAt(at(12), at(14), at(16)),
  expected: (world) => ({ ...skipExpected(world), mostUnknown: 0 }),
};

const skip: CrashPath = {
  name: 'skip, from the intent to the confirmation',
  populate: populateForNotice,
  prepare: async (world, run) => {
    await prepareReply(world, run);
    await run(['inbox'], [{ at: at(11), run: 'replies' }]);
  },
  connected: everything,
  steps: [{ at: at(12), run: 'replies' }],
  recovery: runAllAt(at(13), at(15), at(17)),
  expected: skipExpected,
};

/** The same for the skip and its confirmation. */
async function skipAgain(crashWorld: CrashWorld): Promise<void> {
  const { world, advanceTo } = crashWorld;
  const subscription = subscriptionOf(world, 'Nina');
  const date = nextOrderOf(world, 'Nina');
  await advanceTo(at(12));
  const refusal = skipOrder(world, subscription, subscription.nextDay, 'API');
  if (refusal !== undefined) throw new Error(refusal.message);
  await sendAgain(crashWorld, 'smartrr_order_skipped', deliveryKeys.skipped(subscription.id, date), date);
}

const undo: CrashPath = {
  name: 'undo of a skip, from the intent to the proof',
  populate: populateForNotice,
  prepare: async (world, run) => {
    await prepareReply(world, run);
    await run(['inbox'], [{ at: at(11), run: 'replies' }]);
    await run(everything, [{ at: at(12), run: 'replies' }]);
    if (world.ledger().skips.length === 0) await skipAgain(world);
    await run([], [{ at: at(13), run: 'askForUndo' }]);
  },
  connected: everything,
  steps: [{ at: at(14), run: 'replies' }],
  recovery: runAllAt(at(15), at(17), at(19)),
  expected: (world) => {
    const expected = skipExpected(world);
    return { ...expected, unskips: expected.skips };
  },
};

export const crashPaths = { sync, send, sendThree, reply, skip, undo } as const;
