import type { BillingRun } from '../../shared/domain/platform.ts';
import type { RemoteError } from '../../shared/domain/remote.ts';
import type { BillingClock } from '../../shared/domain/notice-time.ts';
import { isNoticeNext } from './check-delivery.ts';
import type { Store } from './store.ts';
import { syncBills } from './sync-bills.ts';
import { syncSubscriptions, type SyncDeps, type WalkReport } from './sync-subscriptions.ts';
import { isFilterHonoured, probeFirstPage } from './walk-pages.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Whether "after" includes its instant is UNKNOWN, and a replica may lag: the windows overlap, the rows are known by id. */
const OVERLAP_MS = 15 * MINUTE_MS;
const TEN_YEARS_MS = 10 * 365 * 24 * HOUR_MS;
/** Bills older than this are no longer retried (1.7). */
const BILLS_BACK_MS = 10 * 24 * HOUR_MS;
/** Everything is walked again this often even where the filter works (design 3.1, "full reconcile nightly"). */
const FULL_WALK_EVERY_MS = 24 * HOUR_MS;
/** As long as notices wait: the walk of a large shop takes an hour, in which each of them would be read by itself. */
const FULL_WALK_LATEST_MS = 36 * HOUR_MS;

export type SyncOutcome = Readonly<{ ok: true; deferred: number }> | Readonly<{ ok: false; error: RemoteError }>;

/**
 * One sync: what the platform changed since the last one, into the database, with what follows from it.
 *
 * The first sync is silent: its start is the baseline, and nothing older is ever announced (design 3.1). May be cut
 * short anywhere and run again: rows are known by id and change time, what follows from them by key.
 */
export async function syncPlatform(deps: SyncDeps, adoptShop: (billingRun: BillingRun) => void): Promise<SyncOutcome> {
  const { store, clock } = deps;
  const startedAt = clock.now();
  // A baseline in the future was set by a clock that was wrong then; until it has come, everything would be older.
  const baseline = store.mark('baseline_at');
  if (baseline === undefined || Number(baseline) > startedAt) store.setMark('baseline_at', String(startedAt));
  const baselineAt = Number(store.mark('baseline_at'));
  const isFirstSync = store.mark('full_walk_at') === undefined;

  const plans = await deps.platform.listSellingPlans();
  if (!plans.ok) deps.log('warn', 'Selling plans could not be read', { why: plans.error.message });
  else saveSellingPlans(store, plans.value);

  const prepared = await prepareWalks(deps, adoptShop, isFullWalkDue(store, startedAt));
  if (prepared !== undefined) return { ok: false, error: prepared };
  const firstPage = Number(store.mark('page_base') ?? 0);
  // Asked again: what was just found out about the filter decides too.
  const isFull = isFullWalkDue(store, startedAt);

  const through = isFull ? undefined : updatedAfter(store, 'subscriptions_filter', 'subscriptions_through', startedAt);
  const walkedAt = clock.now();
  const subscriptions = await syncSubscriptions(deps, { baselineAt, isFirstSync }, firstPage, through);
  const failed = settle(deps, 'subscriptions_through', subscriptions, walkedAt);
  if (failed !== undefined) return failed;

  const billsThrough = updatedAfter(store, 'bills_filter', 'bills_through', startedAt);
  const billsWalkedAt = clock.now();
  // Either way it is a part of all bills ever; a bill that changed is wanted however old it is.
  const since =
    billsThrough === undefined ? { billedAfter: startedAt - BILLS_BACK_MS } : { updatedAfter: billsThrough };
  const recent = await syncBills(deps, baselineAt, firstPage, since);
  // The filter on the billing date is known from other clients only: a platform that refuses it is walked whole.
  const isRefused = recent.error?.kind === 'rejected' && billsThrough === undefined;
  const bills = isRefused ? await syncBills(deps, baselineAt, firstPage, {}) : recent;
  const billsFailed = settle(deps, 'bills_through', bills, billsWalkedAt);
  if (billsFailed !== undefined) return billsFailed;

  const isWhole =
    subscriptions.isComplete &&
    bills.isComplete &&
    subscriptions.deferred + bills.deferred + subscriptions.unreadable === 0;
  store.transaction(() => {
    store.setMark('synced_at', String(startedAt));
    // What was left behind may be the one subscription that is about to be texted.
    if (isWhole) store.setMark('whole_at', String(startedAt));
    if (through === undefined && subscriptions.isComplete) store.setMark('full_walk_at', String(startedAt));
    const notUnderstood = describeUnreadable(subscriptions, bills);
    // Only a walk of everything can say that there is nothing left of the kind.
    if (notUnderstood !== null || through === undefined) store.setMark('not_understood', notUnderstood);
    // Rows stayed hidden: the guess about the first page may be the reason, so it is made again.
    if (!subscriptions.isComplete) store.setMark('page_base', null);
  });
  return { ok: true, deferred: subscriptions.deferred + bills.deferred };
}

/** What a person should know about rows that nothing could be made of. */
function describeUnreadable(...reports: readonly WalkReport[]): string | null {
  const first = reports.find(({ firstNamed }) => firstNamed !== null)?.firstNamed;
  if (first === undefined) return null;
  const count = reports.reduce((sum, { unreadable }) => sum + unreadable, 0);
  const rows = count === 1 ? '1 row' : `${count} rows`;
  const what =
    count === 0
      ? 'Some rows of the platform could not be understood whole'
      : `${rows} of the platform could not be understood`;
  return `${what} (${first}). Nothing is sent about what is not understood.`;
}

/** When and where the shop bills; the platform's defaults until it told us (1.6). */
export function billingClock(store: Pick<Store, 'mark' | 'settings'>): BillingClock {
  const text = store.mark('billing_run');
  if (text === undefined) return { time: '09:30', timeZone: store.settings().timeZone };
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || !('time' in value) || !('timeZone' in value)) {
    throw new Error('Expected the billing run to have a time and a zone');
  }
  return { time: String(value.time), timeZone: String(value.timeZone) };
}

function isFullWalkDue(store: Store, now: number): boolean {
  if (store.mark('subscriptions_filter') !== 'on') return true;
  const last = Number(store.mark('full_walk_at') ?? 0);
  const pauseMs = isNoticeNext(store, now) ? FULL_WALK_LATEST_MS : FULL_WALK_EVERY_MS;
  return now - last >= pauseMs || last > now;
}

function updatedAfter(
  store: Store,
  filter: 'subscriptions_filter' | 'bills_filter',
  mark: 'subscriptions_through' | 'bills_through',
  now: number,
): number | undefined {
  const through = Number(store.mark(mark) ?? Number.NaN);
  // One that is still to come was set by clocks that were wrong: what changed meanwhile would be older.
  return store.mark(filter) === 'on' && through <= now ? through - OVERLAP_MS : undefined;
}

/**
 * Moves the mark on only when nothing was left behind; the platform's own clock is what is remembered.
 *
 * A row may change after its page was read. So what the walk saw last counts less as long as the walk took; the clock
 * of the walk's first answer counts as it is, and is what moves the mark where nothing changes any more. Neither is
 * believed where it is ahead of this computer's clock (docs/decisions/0026).
 */
function settle(
  { store, clock }: SyncDeps,
  mark: 'subscriptions_through' | 'bills_through',
  report: WalkReport,
  startedAt: number,
): SyncOutcome | undefined {
  if (report.error !== null) {
    if (report.error.kind === 'rejected') forgetProbes(store);
    return { ok: false, error: report.error };
  }
  const known = Number(store.mark(mark) ?? 0);
  const tookMs = Math.max(0, clock.now() - startedAt);
  const through = Math.min(Math.max(report.newestUpdate - tookMs, report.beganAt ?? 0), startedAt);
  const isNews = through > known || known > startedAt;
  if (report.deferred === 0 && report.isComplete && isNews) store.setMark(mark, String(through));
  return undefined;
}

/** The platform refused a list that it took before: what was found out about it may no longer hold. */
function forgetProbes(store: Store): void {
  store.transaction(() => {
    for (const mark of ['page_base', 'subscriptions_filter', 'bills_filter'] as const) store.setMark(mark, null);
  });
}

async function prepareWalks(
  deps: SyncDeps,
  adoptShop: (billingRun: BillingRun) => void,
  isFullWalkDue: boolean,
): Promise<RemoteError | undefined> {
  const { store, platform, clock } = deps;
  const isKnown = store.mark('billing_run') !== undefined;
  // A shop may change its billing time, and every cut-off with it (1.6); with each full walk it is looked at again.
  if (!isKnown || isFullWalkDue) {
    const firstRows = await firstPageOf(deps);
    if ('kind' in firstRows) return firstRows;
    const billingRun = firstRows.find((row) => row !== null);
    if (billingRun) {
      store.setMark('billing_run', JSON.stringify(billingRun));
      if (!isKnown) adoptShop(billingRun);
    }
  }
  if (store.mark('page_base') === undefined) {
    const base = await probeFirstPage(
      (page, pageSize) => platform.listSubscriptions({ page, pageSize }),
      ({ subscription }) => subscription.id,
    );
    if (base !== undefined) store.setMark('page_base', String(base));
  }
  const page = Number(store.mark('page_base') ?? 0);
  const farFuture = { page, pageSize: 1, updatedAfter: clock.now() + TEN_YEARS_MS };
  if (store.mark('subscriptions_filter') === undefined) {
    rememberProbe(store, 'subscriptions_filter', isFilterHonoured(await platform.listSubscriptions(farFuture)));
  }
  if (store.mark('bills_filter') === undefined) {
    rememberProbe(store, 'bills_filter', isFilterHonoured(await platform.listBills(farFuture)));
  }
  return undefined;
}

function rememberProbe(store: Store, mark: 'subscriptions_filter' | 'bills_filter', works: boolean | undefined): void {
  if (works !== undefined) store.setMark(mark, works ? 'on' : 'off');
}

/** Page 1 exists under either numbering unless the shop is small; then page 0 or 1 alone has its rows. */
async function firstPageOf({ platform }: SyncDeps): Promise<readonly (BillingRun | null)[] | RemoteError> {
  for (const page of [1, 0]) {
    const answer = await platform.listSubscriptions({ page, pageSize: 10 });
    if (answer.ok && answer.value.rows.length > 0) return answer.value.rows.map(({ billingRun }) => billingRun);
    if (!answer.ok && answer.error.kind !== 'rejected' && answer.error.kind !== 'not_found') return answer.error;
  }
  return [];
}

function saveSellingPlans(
  store: Store,
  plans: readonly Readonly<{
    ids: readonly string[];
    frequency: { count: number; unit: 'DAY' | 'WEEK' | 'MONTH' | 'YEAR' } | null;
  }>[],
): void {
  store.transaction(() => {
    for (const { ids, frequency } of plans) {
      if (frequency !== null) for (const id of ids) store.saveSellingPlan(id, frequency);
    }
  });
}
