import { expect, onTestFinished } from 'vitest';
import { createPracticeSession } from '../../main/engine/practice-session.ts';
import { defaultPracticeOptions } from '../../main/practice/practice-shop.ts';
import type { ForcedFault } from '../../main/practice/faults.ts';
import { triggers, type TriggerName } from '../../shared/domain/triggers.ts';
import type { ShopSettings } from '../../shared/domain/settings.ts';
import { openShop } from '../main/practice/open-shop.ts';
import { hour, minute } from './core-shop.ts';
import { startRecordingProxy } from './recording-proxy.ts';

/** Monday, 2027-02-22, 10:00 in New York: an hour before the send window opens. */
export const start = defaultPracticeOptions.startAt;
export const today = '2027-02-22';

export type PracticeTestOptions = Readonly<{
  shop?: Parameters<typeof openShop>[0];
  settings?: Partial<ShopSettings>;
  /** How long the engine waits for an answer, real ms. Only for tests in which an answer never comes. */
  timeoutMs?: number;
  /** A file, where the test needs one. */
  databasePath?: string;
}>;

/**
 * The real engine at work on the simulators, quiet but for the scenario customers, on a clock that the test moves.
 *
 * What happened is read from the simulators' side: the ledger, the phones, and what Smartrr was asked.
 */
export async function openPractice({
  shop: overrides,
  settings = {},
  timeoutMs = 20_000,
  databasePath = ':memory:',
}: PracticeTestOptions = {}) {
  const shop = await openShop(overrides);
  const smartrr = await startRecordingProxy(shop.urls.smartrr);
  const errors: string[] = [];
  const session = createPracticeSession({
    practiceShop: { ...shop, urls: { ...shop.urls, smartrr: smartrr.url } },
    startAt: start,
    databasePath,
    settings: { shopName: 'Fern', accountPageLink: 'https://fern.example/account', ...settings },
    timeoutMs,
    random: () => 0.5,
    log: (level, message, fields) => {
      if (level === 'error') errors.push(`${message}: ${JSON.stringify(fields)}`);
    },
    onChange: () => undefined,
  });
  onTestFinished(async () => {
    await session.close();
    expect(errors).toEqual([]);
  });
  const { store, db } = session.shop;

  const ledger = () => shop.control.ledger();
  const customerOf = async (name: string) => (await shop.stateOf(name)).custRel.id;

  return {
    ...shop,
    session,
    store,
    db,
    smartrrSeen: smartrr.seen,
    /** Answers the engine in Smartrr's place. */
    intercept: smartrr.intercept,
    ledger,
    customerOf,
    /** To an instant after the start. */
    playTo: (afterStartMs: number) => session.advanceTo(start + afterStartMs),
    /** The first sync, and on to five past eleven, when the first notices are on the phones. */
    playToNotices: async () => {
      await session.shop.runAll();
      await session.advanceTo(start + hour + 5 * minute);
    },
    /** The customer with that first name texts the shop, and three minutes pass. */
    text: async (name: string, body: string) => session.reply(await customerOf(name), body),
    fault: (
      kind: ForcedFault['kind'],
      method: string,
      pathIncludes: string,
      service: ForcedFault['service'] = 'smartrr',
    ) => shop.control.forceFault({ kind, service, method, pathIncludes }),
    /** Skips that we asked for and the platform applied. */
    ourSkips: async () => (await ledger()).skips.filter(({ by }) => by === 'API'),
    skipsAsked: () => smartrr.seen.filter(({ method, path }) => method === 'PUT' && path.endsWith('/skip')),
    /** Events that Postscript took in for that trigger, by customer. */
    eventsOf: async (trigger: TriggerName, name: string) => {
      const customerId = await customerOf(name);
      return (await ledger()).events.filter(
        (event) => event.customerId === customerId && event.eventType === triggers[trigger].eventType,
      );
    },
    texts: async (name: string) =>
      (await shop.messagesOf(name)).filter(({ direction }) => direction === 'to_customer').map(({ body }) => body),
    replyReasons: () => db.prepare<[], string>('SELECT reason FROM replies ORDER BY sequence').pluck().all(),
    /** Reasons on record about that customer, oldest first. */
    reasonsAbout: async (name: string, trigger: TriggerName | null = null) =>
      db
        .prepare<[string, string | null, string | null], string>(
          'SELECT reason FROM decisions WHERE customer_id = ? AND (? IS NULL OR trigger = ?) ORDER BY id',
        )
        .pluck()
        .all(await customerOf(name), trigger, trigger),
  };
}
