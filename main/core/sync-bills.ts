import { dateIn } from '../../shared/domain/calendar.ts';
import type { Bill, StoredBill } from '../../shared/domain/platform.ts';
import { deliveryKeys, triggers } from '../../shared/domain/triggers.ts';
import { eventProperties } from './event-properties.ts';
import { queueDelivery } from './queue-delivery.ts';
import { isStillToCome } from './still-to-come.ts';
import type { Store } from './store.ts';
import { report, type SyncDeps, type WalkReport } from './sync-subscriptions.ts';
import { walkPages } from './walk-pages.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Walks the bills and queues Payment Method Failed, one per bill and retry count.
 *
 * The platform updates the same bill on every retry, so a poll may miss a count in between; the bill's history has it
 * (subscription-platforms.md 1.7). Only the newest failure is worth a text; the ones it overtook get a decision.
 */
export async function syncBills(
  deps: SyncDeps,
  baselineAt: number,
  firstPage: number,
  since: Readonly<{ billedAfter?: number; updatedAfter?: number }>,
): Promise<WalkReport> {
  const { store, platform } = deps;
  let deferred = 0;
  let newestUpdate = 0;
  const noted = new Set<string>();
  const walk = await walkPages(
    store,
    (page, pageSize) => platform.listBills({ page, pageSize, ...since }),
    ({ id }) => id,
    firstPage,
    async (rows, _total, platformNow) => {
      const read: { bill: Bill; failedCounts: readonly number[] }[] = [];
      for (const row of rows) {
        const bill = withinReach(row, deps.clock.now(), platformNow);
        if (bill !== row) noted.add(`bill ${row.id}: updatedDate is still to come`);
        newestUpdate = Math.max(newestUpdate, bill.updatedAt);
        const before = store.findBill(bill.id);
        if (before !== undefined && row.updatedAt <= before.updatedAt) continue;
        if (store.isErased(bill.customerId)) continue;
        if (isAheadOfItsSubscription(store, bill, deps.clock.now())) {
          deferred += 1;
          continue;
        }
        const failedCounts = await listFailedCounts(deps, before, bill, baselineAt);
        if (failedCounts === undefined) deferred += 1;
        else read.push({ bill, failedCounts });
      }
      store.transaction(() => {
        for (const { bill, failedCounts } of read) applyBill(store, bill, failedCounts, baselineAt, deps.clock.now());
      });
      deps.onRows(rows.length, null);
    },
  );
  return report(deps, 'bills', walk, deferred, newestUpdate, [], [...noted]);
}

/** A bill that was changed after today, they say, was changed on the day that it is about, as far as can be told. */
function withinReach(bill: Bill, now: number, platformNow: number | null): Bill {
  return isStillToCome(bill.updatedAt, now, platformNow)
    ? { ...bill, updatedAt: Math.min(bill.billingAt ?? 0, now + DAY_MS) }
    : bill;
}

/** A subscription that is newer than our last walk: its bill waits a sync, so that the customer is known. */
function isAheadOfItsSubscription(store: Store, bill: Bill, now: number): boolean {
  return now - bill.updatedAt < DAY_MS && store.findSubscription(bill.subscriptionId) === undefined;
}

/** Retry counts at which the bill failed since we last looked; undefined when its history could not be read. */
async function listFailedCounts(
  { platform }: SyncDeps,
  before: StoredBill | undefined,
  bill: Bill,
  baselineAt: number,
): Promise<readonly number[] | undefined> {
  const now = bill.status === 'failed' ? [bill.retryCount] : [];
  if (bill.updatedAt <= baselineAt) return now;
  const hasOtherCount = before === undefined ? bill.retryCount > 0 : before.retryCount !== bill.retryCount;
  // With its subscription a charge is called off that has failed, and keeps its count.
  const isCalledOff = bill.status === 'canceled' && before?.status !== 'failed';
  if (!hasOtherCount && !isCalledOff) return now;
  const history = await platform.billHistory(bill.id);
  if (!history.ok) return undefined;
  const failed = history.value.rows
    .filter(({ status, retryCount }) => status === 'failed' && isNews(before, retryCount))
    .map(({ retryCount }) => retryCount);
  return [...new Set([...failed, ...now])].toSorted((a, b) => a - b);
}

/** A failure that the last look did not see already, and so did not decide about. */
function isNews(before: StoredBill | undefined, retryCount: number): boolean {
  if (before === undefined) return true;
  return before.status === 'failed' ? retryCount > before.retryCount : retryCount >= before.retryCount;
}

function applyBill(store: Store, bill: Bill, failedCounts: readonly number[], baselineAt: number, now: number): void {
  const settings = store.settings();
  const orderDate = bill.billingAt === null ? null : dateIn(settings.timeZone, bill.billingAt);
  store.saveBill({ ...bill, orderDate });
  if (bill.updatedAt <= baselineAt) return;
  for (const retryCount of failedCounts) {
    const key = deliveryKeys.paymentFailed(bill.id, retryCount);
    const isNewest = bill.status === 'failed' && retryCount === bill.retryCount;
    if (isNewest) {
      const subscription = store.findSubscription(bill.subscriptionId);
      queueDelivery(
        store,
        {
          key,
          trigger: 'payment_method_failed',
          customerId: bill.customerId,
          subscriptionId: bill.subscriptionId,
          orderDate,
          orderAt: bill.billingAt,
          billId: bill.id,
          properties: eventProperties('payment_method_failed', settings, subscription, { orderDate, retryCount }),
          occurredAt: bill.updatedAt,
          dueAt: now,
          deadlineAt: now + triggers.payment_method_failed.usefulForHours * HOUR_MS,
          isUrgent: false,
        },
        now,
      );
      continue;
    }
    if (store.findDeliveryByKey(key) !== undefined) continue;
    const reason = bill.status === 'succeeded' || bill.status === 'canceled' ? 'payment_recovered' : 'superseded';
    const isNew = store.decide(
      {
        reason,
        fact: `missed:${key}`,
        trigger: 'payment_method_failed',
        customerId: bill.customerId,
        subscriptionId: bill.subscriptionId,
        orderDate,
        detail: `Payment attempt ${retryCount}`,
      },
      now,
    );
    if (isNew) store.count('not_sent', now);
  }
}
