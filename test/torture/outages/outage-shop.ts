import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { createKeyFileVault } from '../../../main/browser/key-file-vault.ts';
import { allowVolume } from '../../../main/core/storm-guard.ts';
import { openDatabase } from '../../../main/db/open-database.ts';
import { saveSettings } from '../../../main/db/shop.ts';
import { createStore } from '../../../main/engine/store.ts';
import type { ForcedFault } from '../../../main/practice/faults.ts';
import { judge } from '../../../main/practice/judge.ts';
import type { EngineRecord, Look } from '../../../main/practice/judge-types.ts';
import type { PracticeLedger } from '../../../main/practice/ledger.ts';
import { defaultPracticeOptions } from '../../../main/practice/practice-shop.ts';
import type { PracticeControl } from '../../../main/practice/practice-shop-types.ts';
import { forkPracticeShop } from '../../../main/practice/remote-practice-shop.ts';
import { defaultSettings } from '../../../shared/domain/settings.ts';
import { valueOf } from '../kill/engine.ts';
import { readWreck } from '../kill/wreck.ts';
import type { Figure } from '../part.ts';
import { startEngineRun, type EngineRun } from '../power/engine-run.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Noon on a Monday in the shop's zone: the send window is open. */
export const noon = Date.UTC(2027, 1, 22, 17, 0);

export type OutageShopOptions = Readonly<{
  customers: number;
  seed: number;
  leadDays: number;
  /** For the controls: what they do wrong. */
  sqlAtStart: string | null;
}>;

export type OutageOutcome = Readonly<{ figures: readonly Figure[]; findings: readonly string[] }>;

export type OutageShop = Readonly<{
  control: PracticeControl;
  /** Ids of customers whom Postscript texts. To the others nothing comes of a notice that it has accepted. */
  listTexted: () => Promise<readonly string[]>;
  engine: EngineRun;
  /** World and engine go on to that instant, or to where the engine's clock is already, and everything looks at what is due. */
  playTo: (at: number) => Promise<void>;
  /** What the simulators know in the end, what the engine wrote down, and what the two together show. */
  judge: () => Promise<Readonly<{ ledger: PracticeLedger; record: EngineRecord; findings: readonly string[] }>>;
  close: () => Promise<void>;
}>;

/** A shop in which nobody does anything unasked, with the whole engine at work for it. Sending is off. */
export async function openOutageShop({
  customers,
  seed,
  leadDays,
  sqlAtStart,
}: OutageShopOptions): Promise<OutageShop> {
  const root = mkdtempSync(join(tmpdir(), 'heads-up-outage-'));
  const dataFolder = join(root, 'data');
  mkdirSync(dataFolder);
  prepareDatabase(join(dataFolder, 'heads-up.db'), customers, leadDays, sqlAtStart);
  const shop = await forkPracticeShop(
    { ...defaultPracticeOptions, customers, seed, startAt: noon, isLively: false },
    new URL('../../../main/practice/world-process.ts', import.meta.url),
  );
  const { control, urls, credentials } = shop;
  const failures: string[] = [];
  const engine = await startEngineRun({
    dataFolder,
    vault: createKeyFileVault({ configFolder: join(root, 'config'), keyFolder: join(root, 'keys'), passphrase: null }),
    remotes: { postscript: urls.postscript, smartrr: urls.smartrr },
    now: noon,
    log: (level, message, fields) => {
      if (level === 'error') failures.push(`logged: ${message} ${fields}`);
    },
  });
  valueOf(await engine.call('connections.savePostscriptKey', { key: credentials.postscriptKey }));
  valueOf(await engine.call('connections.saveSmartrrToken', { token: credentials.smartrrToken }));
  const { inboxToken: token, webhookSecret } = credentials;
  valueOf(await engine.call('connections.saveInbox', { url: urls.inbox, token, webhookSecret }));
  const looks: Look[] = [];

  return {
    control,
    listTexted: async () => {
      const subscribed = await listSubscribers(urls.postscript, credentials.postscriptKey);
      const phones = await control.phones('', Number.MAX_SAFE_INTEGER);
      return phones.filter(({ phone }) => subscribed.has(phone.replace('+', ''))).map(({ customerId }) => customerId);
    },
    engine,
    playTo: async (wanted) => {
      const at = Math.max(wanted, engine.now());
      await control.advanceTo(at);
      looks.push({ at, believed: at });
      await engine.wakeAt(at);
      // Whoever texts now does so after what has just left, by both clocks.
      await control.advanceTo(engine.now());
    },
    judge: async () => {
      await engine.stop();
      const ledger = await control.ledger();
      const wreck = readWreck(dataFolder);
      if (wreck === null) throw new Error('Expected the engine to have a database');
      const { timeZone, billingTimeZone } = defaultPracticeOptions;
      const { minimumNoticeHours, window } = defaultSettings;
      const { findings } = judge(ledger, wreck.record, {
        timeZone,
        // As every practice shop's platform says.
        billing: { time: '09:30', timeZone: billingTimeZone },
        leadDays,
        minimumNoticeHours,
        window,
        startedAt: noon,
        endedAt: engine.now(),
        looks,
      });
      const unrest = wreck.isQuiet ? [] : ['it does not come to rest'];
      const { unknown, record, problems } = wreck;
      const doubts = unknown.length === 0 ? [] : [`${unknown.length} are unknown, although every answer was clear`];
      return { ledger, record, findings: [...failures, ...problems, ...findings, ...unrest, ...doubts] };
    },
    close: async () => {
      await engine.stop();
      await shop.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

const subscribersSchema = z.object({
  page_info: z.object({ total_pages: z.number() }),
  subscribers: z.array(z.object({ phone_number: z.string() })),
});

/** Their numbers, without a plus. */
async function listSubscribers(url: string, key: string): Promise<ReadonlySet<string>> {
  const numbers = new Set<string>();
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const headers = { Authorization: `Bearer ${key}` };
    const answer = await fetch(`${url}/api/v2/subscribers?page=${page}`, { headers });
    const { page_info, subscribers } = subscribersSchema.parse(await answer.json());
    pages = page_info.total_pages;
    for (const { phone_number } of subscribers) numbers.add(phone_number);
  }
  return numbers;
}

function prepareDatabase(path: string, customers: number, leadDays: number, sqlAtStart: string | null): void {
  const db = openDatabase({ path });
  saveSettings(db, { accountPageLink: 'https://fern.example/account', leadDays });
  // Whoever begins with a full line has looked at it.
  allowVolume(createStore(db), customers * 2, noon);
  if (sqlAtStart !== null) db.exec(sqlAtStart);
  db.close();
}

/** The fault that a service plays until it is mended. */
export const whileDown = (kind: ForcedFault['kind'], service: ForcedFault['service'], path: string): ForcedFault => ({
  kind,
  service,
  method: null,
  pathIncludes: path,
});
