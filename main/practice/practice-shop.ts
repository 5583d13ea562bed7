import { Hono, type MiddlewareHandler } from 'hono';
import { every } from 'hono/combine';
import { webhookSecretHeader } from '../../shared/domain/replies.ts';
import { createInboxApp } from '../inbox/app.ts';
import { createInboxStore } from '../inbox/store.ts';
import type { PracticeControl, PracticeOptions, PracticeShop, PracticeSwitches } from './practice-shop-types.ts';
import type { World } from './world-types.ts';
import { createAutomations, type Automations } from './automations.ts';
import { nextDueDay, resumeRetries, startBilling } from './billing.ts';
import { createConversations, type Conversations } from './conversations.ts';
import { createFaultPlan, type FaultPlan, type Service } from './faults.ts';
import { generateWorld } from './generate-world.ts';
import { dateAnswers, listen, playFaults, type FaultSetting, type ServiceEnv } from './http-service.ts';
import { nextRunAfter, runAt } from './intervals.ts';
import { createLively } from './lively.ts';
import { createPhoneBook, type PhoneBook } from './phones.ts';
import { createPostscriptApp, rateLimitBody, rejectionBody } from './postscript-app.ts';
import { createPostscriptWebhooks } from './postscript-webhooks.ts';
import { createSmartrrApp } from './smartrr-app.ts';

/** The answer that the references find likeliest for everything they mark UNKNOWN. */
export const defaultSwitches: PracticeSwitches = {
  pageBase: 0,
  updatedDateFilter: true,
  externalId: 'accept',
  skipTwice: 'noop',
  retryBase: 0,
  eventsOrder: 'newest_first',
  retryAfter: false,
  // Practice time may run a thousand times faster than real time, so a real-time limit is for tests that ask for it.
  ratePerSecond: 0,
  planAllowsApi: true,
  legacyApi: false,
  missingTag: 'blank',
};

/** A lively shop of a size that a person can look through. */
export const defaultPracticeOptions: PracticeOptions = {
  customers: 200,
  seed: 1,
  startAt: Date.UTC(2027, 1, 22, 15, 0),
  timeZone: 'America/New_York',
  billingTimeZone: 'America/New_York',
  faults: 'none',
  faultHoldMs: 20_000,
  isLively: true,
  switches: defaultSwitches,
};

const credentials = {
  smartrrToken: 'practice-smartrr-token',
  postscriptKey: 'sk_practice00000000000000000000000000',
  inboxToken: 'practice-inbox-read-token',
  webhookSecret: 'practice-webhook-secret',
} as const;

const signatureToken = 'practice-postscript-signature';

const openGate: MiddlewareHandler<ServiceEnv> = (_context, next) => next();

/**
 * Starts simulated Smartrr, Postscript and inbox servers on this machine, around one world with its own clock.
 *
 * `gate` stands before everything that the engine asks for, faults included: a crash test stops the engine there.
 */
export async function startPracticeShop(options: PracticeOptions, gate = openGate): Promise<PracticeShop> {
  const world = generateWorld(options);
  const phones = createPhoneBook(world);
  const webhooks = createPostscriptWebhooks(world, signatureToken);
  const conversations = createConversations(world, phones, webhooks);
  const lively = createLively(world, phones, conversations);
  const automations = createAutomations(world, phones, lively.onText);
  startBilling(world, lively.onFailedCharge);
  for (const bill of world.bills.rows) {
    if (bill.status === 'failed') resumeRetries(world, bill, 1, lively.onFailedCharge);
  }
  lively.start();

  const plan = createFaultPlan(options.seed, options.faults);
  const store = createInboxStore(':memory:');
  const inbox = createInboxApp({
    store,
    signatureToken,
    webhookSecret: credentials.webhookSecret,
    readToken: credentials.inboxToken,
    now: world.clock.now,
  });
  const faultsOf = (
    service: Service,
    bodies: Pick<FaultSetting, 'rateLimitBody' | 'rejectionBody'>,
  ): MiddlewareHandler<ServiceEnv> =>
    every(
      gate,
      dateAnswers(world.clock.now),
      playFaults({ service, plan, holdMs: options.faultHoldMs, count: world.ledger.countFault, ...bodies }),
    );
  const smartrrFaults = faultsOf('smartrr', {
    rateLimitBody: { message: 'Too many requests', status: 429 },
    rejectionBody: { message: 'Bad request', status: 400 },
  });
  const postscriptFaults = faultsOf('postscript', { rateLimitBody, rejectionBody });
  const postscriptParts = { world, phones, automations, webhooks, faults: postscriptFaults };
  const inboxFaults = faultsOf('inbox', {
    rateLimitBody: { error: 'too many requests' },
    rejectionBody: { error: 'bad request' },
  });
  const [smartrr, postscript, inboxServer] = await Promise.all([
    listen(createSmartrrApp(world, credentials.smartrrToken, smartrrFaults)),
    listen(createPostscriptApp(postscriptParts, credentials.postscriptKey)),
    listen(new Hono<ServiceEnv>().use('*', inboxFaults).all('*', (context) => inbox.fetch(context.req.raw))),
  ]);
  webhooks.create('shop.incoming_message', `${inboxServer.url}/webhooks/postscript`, {
    [webhookSecretHeader]: credentials.webhookSecret,
  });

  return {
    urls: { smartrr: smartrr.url, postscript: postscript.url, inbox: inboxServer.url },
    credentials,
    control: createControl({ world, phones, conversations, automations, plan }),
    close: async () => {
      await Promise.all([smartrr.close(), postscript.close(), inboxServer.close()]);
      store.close();
    },
  };
}

type ControlParts = Readonly<{
  world: World;
  phones: PhoneBook;
  conversations: Conversations;
  automations: Automations;
  plan: FaultPlan;
}>;

function createControl({ world, phones, conversations, automations, plan }: ControlParts): PracticeControl {
  const { clock } = world;
  let turn: Promise<unknown> = Promise.resolve();

  /** Moves of the world happen one after the other. */
  function inTurn(move: () => Promise<void>): Promise<void> {
    const done = turn.then(move);
    turn = done.catch(() => undefined);
    return done;
  }

  function nextRunWithOrders(): number | null {
    const day = nextDueDay(world);
    return day === null ? null : Math.max(runAt(world, day), nextRunAfter(world, clock.now()));
  }

  return {
    now: () => Promise.resolve(clock.now()),
    advanceTo: (at) => inTurn(() => clock.advanceTo(at)),
    nextEventAt: () => Promise.resolve(clock.nextAt()),
    nextNotable: () => {
      const ordersAt = nextRunWithOrders();
      const planned = clock.nextNotable();
      if (ordersAt === null || (planned !== null && planned.at < ordersAt)) return Promise.resolve(planned);
      return Promise.resolve({ at: ordersAt, what: 'orders' });
    },
    phones: (search, limit) => Promise.resolve(phones.list(search, limit)),
    phone: (customerId) => {
      const customer = world.customersById.get(customerId);
      return Promise.resolve(customer === undefined ? null : phones.find(customer));
    },
    reply: (customerId, body) =>
      inTurn(async () => {
        const customer = world.customersById.get(customerId);
        const line = customer === undefined ? undefined : phones.ofCustomer(customer);
        if (line === undefined) throw new Error(`No phone is known for customer ${customerId}`);
        await conversations.receive(line, body);
      }),
    platformEvents: (limit) => Promise.resolve(world.happenings.slice(-limit).toReversed()),
    setCopy: async (trigger, copy) => automations.setCopy(trigger, copy),
    ledger: () => Promise.resolve(world.ledger.read()),
    setFaults: async (faults) => plan.setLevel(faults),
    forceFault: async (fault) => plan.force(fault),
    keepFault: async (fault) => plan.keep(fault),
  };
}
