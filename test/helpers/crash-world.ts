import { Hono, type MiddlewareHandler } from 'hono';
import { createInboxApp } from '../../main/inbox/app.ts';
import { webhookSecretHeader } from '../../shared/domain/replies.ts';
import { createInboxStore } from '../../main/inbox/store.ts';
import { createAutomations } from '../../main/practice/automations.ts';
import { startBilling } from '../../main/practice/billing.ts';
import { createConversations } from '../../main/practice/conversations.ts';
import { generateWorld } from '../../main/practice/generate-world.ts';
import { listen, type ServiceEnv } from '../../main/practice/http-service.ts';
import { createPhoneBook, type PhoneBook } from '../../main/practice/phones.ts';
import { createPostscriptApp } from '../../main/practice/postscript-app.ts';
import { createPostscriptWebhooks } from '../../main/practice/postscript-webhooks.ts';
import { defaultPracticeOptions } from '../../main/practice/practice-shop.ts';
import type { PracticeLedger } from '../../main/practice/ledger.ts';
import { createSmartrrApp } from '../../main/practice/smartrr-app.ts';
import type { World } from '../../main/practice/world-types.ts';

/** Noon on a Monday in the shop's zone: the send window is open, the day's billing run is over. */
export const startAt = Date.UTC(2027, 1, 22, 17, 0);

/** Where the child process finds the services, and how it moves their clock along with its own. */
export type WorldAddress = Readonly<{
  smartrr: string;
  postscript: string;
  inbox: string;
  clock: string;
  smartrrToken: string;
  postscriptKey: string;
  inboxToken: string;
}>;

/**
 * When the process that asked is to die, counted in its requests from 1.
 *
 * - `lost`: the request arrived, but nothing ever came of it.
 * - `applied`: it was applied, and the answer never got out.
 * - `late`: it arrived, and is applied only when `applyLate` is called.
 */
export type RequestKill = Readonly<{ request: number; fate: 'lost' | 'applied' | 'late'; kill: () => Promise<void> }>;

export type CrashWorld = Readonly<{
  world: World;
  phones: PhoneBook;
  address: WorldAddress;
  ledger: () => PracticeLedger;
  /** Plays the world forward; one step at a time. */
  advanceTo: (at: number) => Promise<void>;
  reply: (customerId: string, body: string) => Promise<void>;
  /** Requests so far, as `POST /path`; arming starts the count anew. */
  requests: () => readonly string[];
  armKill: (kill: RequestKill | undefined) => void;
  applyLate: () => Promise<void>;
  close: () => Promise<void>;
}>;

const secrets = {
  smartrrToken: 'crash-smartrr-token',
  postscriptKey: 'sk_crash000000000000000000000000000',
  inboxToken: 'crash-inbox-read-token',
} as const;

/**
 * A practice shop of nobody but the people that `populate` adds, the same ones every time: a database that was prepared
 * against one of these worlds fits any other one.
 *
 * Built from the simulators' own parts, because the crash tests stop the engine between a request's arrival, its effect
 * and its answer, and `startPracticeShop` has no hook there.
 */
export async function startCrashWorld(populate: (world: World, phones: PhoneBook) => void): Promise<CrashWorld> {
  const world = generateWorld({ ...defaultPracticeOptions, customers: 0, startAt, isLively: false });
  const phones = createPhoneBook(world);
  populate(world, phones);
  const webhooks = createPostscriptWebhooks(world, 'crash-signature');
  const conversations = createConversations(world, phones, webhooks);
  const automations = createAutomations(world, phones, () => undefined);
  startBilling(world, () => undefined);

  const gate = createGate();
  const store = createInboxStore(':memory:');
  const inbox = createInboxApp({
    store,
    signatureToken: 'crash-signature',
    webhookSecret: 'crash-webhook-secret',
    readToken: secrets.inboxToken,
    now: world.clock.now,
  });
  let turn: Promise<void> = Promise.resolve();
  const advanceTo = (at: number): Promise<void> => (turn = turn.then(() => world.clock.advanceTo(at)));

  const postscriptParts = { world, phones, automations, webhooks, faults: gate.watch };
  const services = await Promise.all([
    listen(createSmartrrApp(world, secrets.smartrrToken, gate.watch)),
    listen(createPostscriptApp(postscriptParts, secrets.postscriptKey)),
    listen(new Hono<ServiceEnv>().use('/responses', gate.watch).all('*', (context) => inbox.fetch(context.req.raw))),
    listen(
      new Hono<ServiceEnv>().post('/advance/:at', async (context) => {
        await advanceTo(Number(context.req.param('at')));
        return context.json({});
      }),
    ),
  ]);
  const [smartrr, postscript, inboxServer, clock] = services;
  webhooks.create('shop.incoming_message', `${inboxServer.url}/webhooks/postscript`, {
    [webhookSecretHeader]: 'crash-webhook-secret',
  });

  return {
    world,
    phones,
    address: {
      smartrr: smartrr.url,
      postscript: postscript.url,
      inbox: inboxServer.url,
      clock: clock.url,
      ...secrets,
    },
    ledger: world.ledger.read,
    advanceTo,
    reply: async (customerId, body) => {
      const customer = world.customersById.get(customerId);
      const line = customer === undefined ? undefined : phones.ofCustomer(customer);
      if (line === undefined) throw new Error(`Expected customer ${customerId} to have a phone`);
      await conversations.receive(line, body);
    },
    requests: gate.requests,
    armKill: gate.arm,
    applyLate: gate.applyLate,
    close: async () => {
      await Promise.all(services.map((service) => service.close()));
      store.close();
    },
  };
}

/** Stands before every service where the faults of a practice shop stand, and kills the asker at a chosen request. */
function createGate() {
  let seen: string[] = [];
  let armed: RequestKill | undefined;
  let applyLate: (() => Promise<void>) | undefined;

  const watch: MiddlewareHandler<ServiceEnv> = async (context, next) => {
    // What the simulators expect to find beside every request.
    context.set('fault', null);
    context.set('received', []);
    seen.push(`${context.req.method} ${context.req.path}`);
    const { fate, kill } = armed?.request === seen.length ? armed : { fate: undefined, kill: undefined };
    if (kill === undefined) return next();
    if (fate === 'applied') {
      await next();
      for (const event of context.get('received')) event.wasAnswered = false;
      await kill();
      return undefined;
    }
    if (fate === 'late') {
      // The body must be here before its sender is gone.
      await context.req.text();
      await kill();
      await new Promise<void>((resolve) => {
        applyLate = async () => {
          await next();
          for (const event of context.get('received')) event.wasAnswered = false;
          resolve();
        };
      });
      return undefined;
    }
    await kill();
    return context.body(null, 503);
  };

  return {
    watch,
    requests: (): readonly string[] => seen,
    arm: (kill: RequestKill | undefined): void => {
      seen = [];
      armed = kill;
    },
    applyLate: async (): Promise<void> => {
      if (applyLate === undefined) throw new Error('Expected a request to be held back');
      await applyLate();
      applyLate = undefined;
    },
  };
}
