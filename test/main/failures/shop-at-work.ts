import { onTestFinished } from 'vitest';
import { readHold } from '../../../main/core/hold.ts';
import type { Clock } from '../../../main/core/store.ts';
import { openDatabase } from '../../../main/db/open-database.ts';
import { saveSettings } from '../../../main/db/shop.ts';
import { createClients, createLimiters } from '../../../main/engine/clients.ts';
import { createConnections } from '../../../main/engine/connections.ts';
import { createInstantClock } from '../../../main/engine/instant-clock.ts';
import { createShop } from '../../../main/engine/shop.ts';
import { createStore } from '../../../main/engine/store.ts';
import type { PracticeOptions, PracticeSwitches } from '../../../main/practice/practice-shop-types.ts';
import type { ShopSettings } from '../../../shared/domain/settings.ts';
import { openShop } from '../practice/open-shop.ts';
import { startTwistingProxy } from './twisting-proxy.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** Noon on a Monday in the shop's zone: the send window is open. */
export const noon = Date.UTC(2027, 1, 22, 17, 0);

export type WorkOptions = Readonly<{
  databasePath?: string;
  settings?: Partial<ShopSettings>;
  practice?: Partial<Pick<PracticeOptions, 'customers'>> & Readonly<{ switches?: Partial<PracticeSwitches> }>;
  /** In the place of the practice shop's own. */
  inbox?: Readonly<{ url: string; token: string }>;
  /** Before it no job begins. */
  ready?: Promise<void>;
}>;

/**
 * The engine's shop at work on the simulators, with a proxy before each that can spoil its answers, and with a clock
 * that the test sets as it likes: forward, and back.
 */
export async function openShopAtWork(options: WorkOptions = {}) {
  const { databasePath = ':memory:', settings = {}, practice = {}, ready } = options;
  const world = await openShop({ startAt: noon, ...practice });
  const smartrr = await startTwistingProxy(world.urls.smartrr);
  const postscript = await startTwistingProxy(world.urls.postscript);
  const inboxAccess = options.inbox ?? { url: world.urls.inbox, token: world.credentials.inboxToken };
  const inbox = await startTwistingProxy(inboxAccess.url);
  let now = noon;
  const clock: Clock = { now: () => now, sleep: () => new Promise((resolve) => setImmediate(resolve)) };
  const logs: string[] = [];
  const failures = new Map<string, Error | null>();

  const db = openDatabase({ path: databasePath });
  onTestFinished(() => void db.close());
  saveSettings(db, { sendingOn: true, accountPageLink: 'https://fern.example/account', ...settings });
  const connections = createConnections(clock.now, () => undefined);
  for (const name of ['postscript', 'smartrr', 'inbox'] as const)
    connections.configure(name, { label: name, keyEnding: null });
  const pace = { clock: createInstantClock(), timeoutMs: 20_000, fetch: globalThis.fetch };
  const limiters = createLimiters(createStore(db).settings(), pace);
  const clients = createClients(
    {
      postscript: { url: postscript.url, key: world.credentials.postscriptKey },
      smartrr: { url: smartrr.url, token: world.credentials.smartrrToken },
      inbox: { url: inbox.url, token: inboxAccess.token },
    },
    limiters,
    pace,
    connections,
  );
  const open = () =>
    createShop({
      db,
      clock,
      log: (level, message, fields) => logs.push(`${level} ${message} ${JSON.stringify(fields)}`),
      connections,
      clients: () => ({
        platform: clients.smartrr,
        channel: clients.channels?.custom_events ?? null,
        replies: clients.inbox,
      }),
      takeTurn: () => limiters.postscript.take(),
      takeFreeTurn: () => limiters.postscript.takeFree(),
      random: () => 0.5,
      onChange: () => undefined,
      onJobEnd: (job, error) => void failures.set(job, error),
      ...(ready && { ready }),
    });
  let shop = open();

  return {
    world,
    smartrr,
    postscript,
    inbox,
    db,
    logs,
    shop: () => shop,
    store: () => shop.store,
    hold: () => readHold(shop.store, now),
    /** What a job threw when it ran last; null when it went well. */
    failureOf: (job: string) => failures.get(job),
    now: () => now,
    /** Sets this computer's clock alone. */
    setClock: (at: number): void => {
      now = at;
    },
    /** Both clocks go on, and every job runs. */
    pass: async (ms: number): Promise<void> => {
      now += ms;
      await world.control.advanceTo((await world.control.now()) + ms);
      await shop.runAll();
    },
    /** The engine is started anew on the same database. */
    restart: (): void => {
      shop = open();
    },
    events: async () => (await world.control.ledger()).events,
    ourSkips: async () => (await world.control.ledger()).skips.filter(({ by }) => by === 'API'),
    replyFrom: async (name: string, body: string): Promise<void> => {
      const { custRel } = await world.stateOf(name);
      await world.control.reply(custRel.id, body);
    },
    count: (sql: string): number => db.prepare<[], number>(sql).pluck().get() ?? 0,
    texts: (sql: string): string[] => db.prepare<[], string>(sql).pluck().all(),
  };
}

export type ShopAtWork = Awaited<ReturnType<typeof openShopAtWork>>;

/** Keys that reached Postscript more than once. */
export function repeated(events: readonly Readonly<{ externalId: string | null }>[]): string[] {
  const keys = events.map(({ externalId }) => externalId ?? '');
  return keys.filter((key, index) => keys.indexOf(key) !== index);
}
