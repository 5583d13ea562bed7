import { createSmartrrClient } from '../../../main/api/smartrr/smartrr-client.ts';
import { planNotices } from '../../../main/core/plan-notices.ts';
import type { Platform } from '../../../main/core/platform-port.ts';
import { billingClock, syncPlatform } from '../../../main/core/sync-platform.ts';
import type { SyncDeps } from '../../../main/core/sync-subscriptions.ts';
import { openDatabase } from '../../../main/db/open-database.ts';
import { saveSettings } from '../../../main/db/shop.ts';
import { createStore } from '../../../main/engine/store.ts';
import { createRandom } from '../../../main/practice/random.ts';
import { toError } from '../../../shared/result.ts';
import { createDeliveryJudge, type DeliveryJudge } from './delivery-judge.ts';
import { createOddPlatform, type OddPlatform } from './odd-platform.ts';
import { isPolluted } from './odd-values.ts';
import type { PlatformCorpus } from './platform-corpus.ts';
import { judgeBills, judgePage, rowsOf } from './row-judge.ts';
import { member, strictId, strictRow } from './strict-reading.ts';

const HOUR_MS = 3_600_000;

export type EpochReport = Readonly<{
  rows: number;
  refused: number;
  deliveries: number;
  failedSyncs: number;
  findings: readonly string[];
}>;

/** Reads the platform in the product's place, for a control; the product's own client where none is given. */
export type MakePlatform = (fetch: typeof globalThis.fetch) => Platform;

export const ownClient: MakePlatform = (fetch) =>
  createSmartrrClient({
    baseUrl: 'http://127.0.0.1:9',
    token: () => 'not-a-real-token',
    fetch,
    sleep: () => Promise.resolve(),
    random: () => 0.5,
  });

/**
 * One shop from its first sync on: in each round the platform's rows change as they do in life, a quarter of them is
 * served mutated, and one sync and one plan run on the real client, detection and database.
 */
export async function runEpoch(
  corpus: PlatformCorpus,
  seed: number,
  epoch: number,
  rounds: number,
  makePlatform: MakePlatform = ownClient,
  databasePath = ':memory:',
): Promise<EpochReport> {
  const random = createRandom(seed, 'platform-rows', epoch);
  const odd = createOddPlatform(corpus, random);
  const db = openDatabase({ path: databasePath });
  const judge = createDeliveryJudge(db, corpus);
  const findings: string[] = [];
  let lists: List[] = [];
  const named: string[] = [];
  let now = corpus.at;
  let rows = 0;
  let refused = 0;
  let failedSyncs = 0;
  try {
    saveSettings(db, { sendingOn: true, accountPageLink: 'https://fern.example/account' });
    const store = createStore(db);
    const client = makePlatform(odd.fetch);
    const platform: Platform = {
      ...client,
      listSubscriptions: async (query) => {
        const page = await client.listSubscriptions(query);
        if (page.ok) {
          rows += page.value.received;
          refused += page.value.unreadable.length;
          lists.push({ query, unreadable: page.value.unreadable });
          findings.push(...judgePage(rowsOf(parse(odd.lastText())), page.value));
        }
        return page;
      },
      listBills: async (query) => {
        const page = await client.listBills(query);
        if (page.ok) findings.push(...judgeBills(rowsOf(parse(odd.lastText())), page.value));
        return page;
      },
    };
    const deps: SyncDeps = {
      store,
      platform,
      clock: { now: () => now, sleep: () => Promise.resolve() },
      log: (_level, _message, fields) => named.push(JSON.stringify(fields)),
      onRows: () => undefined,
    };
    for (let round = 0; round < rounds; round += 1) {
      now += HOUR_MS;
      odd.nextRound(now, round === 0);
      named.length = 0;
      lists = [];
      judge.nextRound();
      const found: string[] = [];
      try {
        const outcome = await syncPlatform(deps, () => undefined);
        planNotices(store, billingClock(store), now);
        if (!outcome.ok) failedSyncs += 1;
        if (!outcome.ok && outcome.error.message === '') found.push('a sync failed without a word');
        if (outcome.ok && !odd.isDamaged()) {
          found.push(
            ...judgeTakenIn(odd, judge, named),
            ...judgeNamed(refusedInWalk(lists), named, store.mark('not_understood') ?? ''),
          );
        }
      } catch (thrown) {
        found.push(`uncaught: ${toError(thrown).message}`);
      }
      if (isPolluted()) throw new Error('Every object of this process was changed by an answer');
      found.push(...judge.judgeRound(odd, now));
      findings.push(...found.map((what) => `round ${round}: ${what}`));
      if (findings.length > 20) break;
    }
    if (db.pragma('quick_check', { simple: true }) !== 'ok') findings.push('the database is not sound');
    return { rows, refused, deliveries: judge.count(), failedSyncs, findings };
  } finally {
    db.close();
  }
}

type List = Readonly<{ query: Parameters<Platform['listSubscriptions']>[0]; unreadable: readonly string[] }>;

/**
 * What the walk was given and could not read; it is the walk that names what it meets. Where it asks for what has changed,
 * a look at whole pages without that question only finds out how the platform counts them.
 */
function refusedInWalk(lists: readonly List[]): ReadonlySet<string> {
  const whole = lists.filter(({ query }) => query.pageSize === 100);
  const filtered = whole.filter(({ query }) => query.updatedAfter !== undefined);
  return new Set((filtered.length > 0 ? filtered : whole).flatMap(({ unreadable }) => unreadable));
}

/** The rows beside an odd one are taken in as if it were not there, or named because their log is odd. */
function judgeTakenIn(odd: OddPlatform, judge: DeliveryJudge, named: readonly string[]): string[] {
  const ids = odd.served().map(({ raw }) => strictId(member(raw, 'id')));
  return odd.served().flatMap(({ raw, isMutated }) => {
    const strict = strictRow(raw);
    if (isMutated || strict === null) return [];
    // Another row goes by the same id since it was mutated: which of them is right cannot be told.
    if (ids.filter((id) => id === strict.id).length > 1) return [];
    if (named.some((line) => line.includes(strict.id))) return [];
    const known = judge.findSubscription(strict.id);
    if (known === undefined) return [`row ${strict.id} beside an odd one was lost`];
    const isSame = known.status === strict.status && known.nextOrderAt === strict.nextOrderAt;
    return isSame ? [] : [`row ${strict.id} beside an odd one was not taken in`];
  });
}

/** Each row that cannot be read is in the log, and the merchant is told that there is one. */
function judgeNamed(refusals: ReadonlySet<string>, named: readonly string[], told: string): string[] {
  const lines = named.join('\n');
  const unnamed = [...refusals].filter((name) => !lines.includes(JSON.stringify(name)));
  const problems = unnamed.map((name) => `a refused row is named nowhere: ${name.slice(0, 80)}`);
  return refusals.size > 0 && told === '' ? [...problems, 'nobody is told of a refused row'] : problems;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
