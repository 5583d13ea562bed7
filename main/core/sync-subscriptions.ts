import type { PlatformEvent, PlatformSubscription } from '../../shared/domain/platform.ts';
import type { RemoteError } from '../../shared/domain/remote.ts';
import {
  applySubscription,
  hasMoved,
  listRowsWithNews,
  refreshCustomer,
  type ApplyContext,
} from './apply-subscription.ts';
import type { Platform } from './platform-port.ts';
import { isStillToCome } from './still-to-come.ts';
import type { Clock, Log, Store } from './store.ts';
import { MOST_NAMED, walkPages, type Walk } from './walk-pages.ts';

export type SyncDeps = Readonly<{
  store: Store;
  platform: Platform;
  clock: Clock;
  log: Log;
  /** Called for each page, for the progress that a person sees; `total` is null where the platform did not say. */
  onRows: (rows: number, total: number | null) => void;
}>;

export type WalkReport = Readonly<{
  error: RemoteError | null;
  isComplete: boolean;
  /** Rows that could not be taken in this time; the next sync asks for them again. */
  deferred: number;
  /** Rows that make no sense, which asking again would not change; the next full walk looks at them again. */
  unreadable: number;
  /** One of them by name, with the reason, or else one that could not be read whole. */
  firstNamed: string | null;
  newestUpdate: number;
  /** The platform's own clock when the walk began; null where it did not say. */
  beganAt: number | null;
}>;

/**
 * Walks the subscriptions, all of them or those changed after an instant.
 *
 * A page is one transaction: its rows, and the deliveries and decisions that follow from them. The log of each
 * subscription that moved is read before, so that the transaction waits for nothing.
 */
export async function syncSubscriptions(
  deps: SyncDeps,
  context: ApplyContext,
  firstPage: number,
  updatedAfter: number | undefined,
): Promise<WalkReport> {
  const { store, platform } = deps;
  let deferred = 0;
  let newestUpdate = 0;
  const unclear = new Set<string>();
  const noted = new Set<string>();
  const walk = await walkPages(
    store,
    (page, pageSize) =>
      platform.listSubscriptions({ page, pageSize, ...(updatedAfter === undefined ? {} : { updatedAfter }) }),
    ({ subscription }) => subscription.id,
    firstPage,
    async (rows, total, platformNow) => {
      const page = await readPage(deps, rows);
      deferred += page.deferred + page.unclear.length;
      for (const name of page.unclear) unclear.add(name);
      for (const { subscription } of rows)
        for (const note of datesToCome(subscription, deps.clock.now(), platformNow)) noted.add(note);
      // Of rows that have not moved too: a sync that was cut short has taken them in without moving the mark.
      for (const { subscription } of rows) newestUpdate = Math.max(newestUpdate, subscription.updatedAt);
      // Most pages of most walks bring nothing new: they take no lock and make no commit.
      if (page.rows.length > 0 || listRowsWithNews(store, page.unmoved).length > 0)
        store.transaction(() => {
          for (const { row, events } of page.rows) {
            const applied = applySubscription(store, row, events, { ...context, platformNow }, deps.clock.now());
            if (applied === 'incomplete') deferred += 1;
          }
          for (const row of listRowsWithNews(store, page.unmoved)) refreshCustomer(store, row, deps.clock.now());
        });
      deps.onRows(rows.length, total);
    },
  );
  return report(deps, 'subscriptions', walk, deferred, newestUpdate, [...unclear], [...noted]);
}

/** What came of a walk; rows that could not be read are named in the log. */
export function report(
  { log }: Pick<SyncDeps, 'log'>,
  what: string,
  walk: Walk,
  deferred: number,
  newestUpdate: number,
  unclear: readonly string[] = [],
  noted: readonly string[] = [],
): WalkReport {
  if (walk.kind === 'failed') {
    const { error } = walk;
    return { error, isComplete: false, deferred, unreadable: 0, firstNamed: null, newestUpdate, beganAt: null };
  }
  const unreadable = walk.unreadable + unclear.length;
  const named = [...unclear, ...walk.named, ...noted].slice(0, MOST_NAMED);
  if (named.length > 0) log('warn', `Some ${what} could not be read, or not whole`, { unreadable, rows: named });
  const firstNamed = named[0] ?? null;
  const { isComplete, beganAt } = walk;
  return { error: null, isComplete, deferred, unreadable, firstNamed, newestUpdate, beganAt };
}

/** A row is taken in all the same; what its dates would tell is not. */
function datesToCome(
  { id, createdAt, updatedAt }: PlatformSubscription['subscription'],
  now: number,
  platformNow: number | null,
): string[] {
  return [
    ...(isStillToCome(createdAt, now) ? [`subscription ${id}: createdDate is still to come`] : []),
    ...(isStillToCome(updatedAt, now, platformNow) ? [`subscription ${id}: updatedDate is still to come`] : []),
  ];
}

type ReadRow = Readonly<{ row: PlatformSubscription; events: readonly PlatformEvent[] | null }>;

type ReadPage = Readonly<{
  rows: readonly ReadRow[];
  unmoved: readonly PlatformSubscription[];
  deferred: number;
  /** Rows whose status is missing or unheard of, named. Taken for what they were, they might be texted by mistake. */
  unclear: readonly string[];
}>;

async function readPage({ store, platform, log }: SyncDeps, rows: readonly PlatformSubscription[]): Promise<ReadPage> {
  const read: ReadRow[] = [];
  const unmoved: PlatformSubscription[] = [];
  const unclear: string[] = [];
  let deferred = 0;
  const standings = store.findStandings(rows.map(({ subscription }) => subscription.id));
  for (const [index, row] of rows.entries()) {
    const state = hasMoved(standings[index], row);
    if (state === 'same') {
      unmoved.push(row);
      continue;
    }
    // A status that is missing is asked for, but not of those whom nobody wants to know any more.
    if (row.subscription.status === null && state === 'new' && store.isErased(row.customer.id)) continue;
    const complete = await withStatus(platform, row);
    if (complete.subscription.status === null) {
      unclear.push(`subscription ${row.subscription.id}: its status is missing or unknown`);
      continue;
    }
    if (state === 'new') {
      read.push({ row: complete, events: null });
      continue;
    }
    const events = await platform.listSubscriptionEvents(row.subscription.platformNumber);
    if (events.ok) {
      read.push({ row: complete, events: events.value.rows });
    } else {
      // Without its log the change cannot be explained; it is asked for again at the next sync.
      deferred += 1;
      log('warn', 'The log of a subscription could not be read', {
        subscriptionId: row.subscription.id,
        why: events.error.message,
      });
    }
  }
  return { rows: read, unmoved, deferred, unclear };
}

/** Filtered lists leave the status out at times (1.2); a single read has it. */
async function withStatus(platform: Platform, row: PlatformSubscription): Promise<PlatformSubscription> {
  if (row.subscription.status !== null) return row;
  const single = await platform.getSubscription(row.subscription.platformNumber, row.customer.id);
  return single.ok && single.value.subscription.updatedAt >= row.subscription.updatedAt ? single.value : row;
}
