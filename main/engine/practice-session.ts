import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, Log } from '../core/store.ts';
import { openDatabase } from '../db/open-database.ts';
import { saveSettings } from '../db/shop.ts';
import type { PracticeControl, PracticeShop } from '../practice/practice-shop-types.ts';
import type { WriteDb } from '../db/types.ts';
import { troubleFaults } from '../practice/troubles.ts';
import type { PracticeMove, PracticeTrouble } from '../../shared/ipc/practice-contract.ts';
import type { ShopSettings } from '../../shared/domain/settings.ts';
import { defaultCopyOf, triggerNames } from '../../shared/domain/triggers.ts';
import { createClients, createLimiters, type Clients } from './clients.ts';
import { createConnections } from './connections.ts';
import { createInstantClock } from './instant-clock.ts';
import { createShop, type Shop } from './shop.ts';

const MINUTE_MS = 60_000;
/** As often as the real shop would sync where it cannot ask for changes only. */
const STEP_MS = 30 * MINUTE_MS;
/** A reply's confirmation leaves Postscript's automation after a minute; a person wants to see it arrive. */
const AFTER_REPLY_MS = 3 * MINUTE_MS;

export type PracticeMemory = { lastMove: PracticeMove | null; ownSkip: OwnSkip | null };

/** The newest SKIP that the person who practises texted; without a reply while the inbox does not have it. */
export type OwnSkip = Readonly<{ customerId: string; at: number; replyId: string | null }>;

export type PracticeSession = Readonly<{
  shop: Shop;
  clients: Clients;
  control: PracticeControl;
  trouble: () => PracticeTrouble;
  /** Breaks one thing on purpose, until the next choice. */
  setTrouble: (trouble: PracticeTrouble) => Promise<void>;
  now: () => number;
  /** What the person who practises did last, for the bar and the tour. */
  memory: PracticeMemory;
  /** Plays time forward, engine and world side by side. */
  advanceTo: (at: number) => Promise<void>;
  reply: (customerId: string, body: string) => Promise<void>;
  /** Closes the database and opens it again, a restored one if there is one; the world goes on meanwhile. */
  reopen: () => Promise<void>;
  close: () => Promise<void>;
}>;

export type PracticeSessionOptions = Readonly<{
  practiceShop: PracticeShop;
  startAt: number;
  databasePath: string;
  settings: Partial<ShopSettings>;
  /** How long the engine waits for an answer, real ms. */
  timeoutMs: number;
  random: () => number;
  log: Log;
  onChange: () => void;
  /** Called after each step of the clock. */
  onStep?: (now: number) => void;
}>;

/** The folder's practice database. It holds nothing worth keeping: every practice starts afresh. */
export function freshPracticeDatabase(dataFolder: string): string {
  const folder = join(dataFolder, 'practice');
  rmSync(folder, { recursive: true, force: true });
  return join(folder, 'practice.db');
}

/** The engine at work on the practice shop: the same shop, jobs and clients, on a clock that can be moved. */
export function createPracticeSession(options: PracticeSessionOptions): PracticeSession {
  const { practiceShop, log, onChange } = options;
  const { urls, credentials, control } = practiceShop;
  let now = options.startAt;
  let trouble: PracticeTrouble = 'none';
  // Practice time stands still while the engine waits, so waiting takes no time at all.
  const clock: Clock = { now: () => now, sleep: () => new Promise((resolve) => setImmediate(resolve)) };
  const pace = { clock: createInstantClock(), timeoutMs: options.timeoutMs, fetch: globalThis.fetch };

  const openOwn = (): WriteDb => openDatabase({ path: options.databasePath, now: clock.now });
  let db = openOwn();
  saveSettings(db, { sendingOn: true, ...options.settings });
  const connections = createConnections(clock.now, onChange);
  const keyEnding = null;
  connections.configure('postscript', { label: 'Practice Postscript', keyEnding });
  connections.configure('smartrr', { label: 'Practice Smartrr', keyEnding });
  connections.configure('inbox', { label: 'Practice inbox', keyEnding });

  const open = (): Shop =>
    createShop({
      db,
      clock,
      log,
      connections,
      clients: () => ({
        platform: clients.smartrr,
        channel: clients.channels?.[shop.store.settings().channel] ?? null,
        replies: clients.inbox,
      }),
      takeTurn: () => limiters.postscript.take(),
      takeFreeTurn: () => limiters.postscript.takeFree(),
      random: options.random,
      onChange,
    });
  let shop = open();
  confirmAutomations(shop, now);
  const limiters = createLimiters(shop.store.settings(), pace);
  const clients = createClients(
    {
      postscript: { url: urls.postscript, key: credentials.postscriptKey },
      smartrr: { url: urls.smartrr, token: credentials.smartrrToken },
      inbox: { url: urls.inbox, token: credentials.inboxToken },
    },
    limiters,
    pace,
    connections,
  );

  async function advanceTo(at: number): Promise<void> {
    while (now < at) {
      const world = (await control.nextEventAt()) ?? Number.POSITIVE_INFINITY;
      const due = shop.store.nextDueAt() ?? Number.POSITIVE_INFINITY;
      // Something overdue that could not go out yet must not hold time still.
      const candidates = [at, now + STEP_MS, world, due].filter((candidate) => candidate > now);
      const next = Math.min(...candidates);
      await control.advanceTo(next);
      now = next;
      await shop.runAll();
      options.onStep?.(now);
    }
  }

  // One move at a time, in the order they were asked for.
  let turn: Promise<void> = Promise.resolve();
  const inTurn = (move: () => Promise<void>): Promise<void> => {
    const done = turn.then(move);
    turn = done.catch(() => undefined);
    return done;
  };

  return {
    get shop() {
      return shop;
    },
    clients,
    control,
    trouble: () => trouble,
    setTrouble: (next) =>
      inTurn(async () => {
        await control.keepFault(troubleFaults[next]);
        trouble = next;
      }),
    now: () => now,
    memory: { lastMove: null, ownSkip: null },
    advanceTo: (at) => inTurn(() => advanceTo(at)),
    reply: (customerId, body) =>
      inTurn(async () => {
        await control.reply(customerId, body);
        await shop.replies();
        await advanceTo(now + AFTER_REPLY_MS);
      }),
    reopen: () =>
      inTurn(async () => {
        await shop.close();
        db.close();
        db = openOwn();
        shop = open();
        await shop.runAll();
      }),
    close: async () => {
      await turn;
      await shop.close();
      db.close();
      await practiceShop.close();
    },
  };
}

/** The practice shop's automations are there from the start, switched on, with the seed's copy in them. */
function confirmAutomations({ store }: Shop, now: number): void {
  for (const trigger of triggerNames) {
    const pastedCopy = defaultCopyOf(trigger);
    store.saveConfirmations(trigger, { automationMadeAt: now, pastedAt: now, pastedCopy, activatedAt: now });
  }
}
