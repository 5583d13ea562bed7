import { tellBulkResend, type BulkResend } from '../../shared/domain/bulk-resends.ts';
import type { DecisionReason } from '../../shared/domain/decisions.ts';
import { decideDelivery } from './finish-attempt.ts';
import type { Store } from './store.ts';

/** So many go into line before the line is emptied: a cancel stops all that come after them. */
const BATCH = 10;

/** What a bulk resend asks of the database, beside the store. */
export type BulkResends = Readonly<{
  insert: (deliveryIds: readonly number[], now: number) => BulkResend | undefined;
  listRows: (bulkId: number, limit: number) => readonly number[];
  finishRow: (bulkId: number, deliveryId: number, wasResent: boolean) => void;
  end: (bulkId: number, isCancelled: boolean, now: number) => BulkResend | undefined;
  findNewest: () => BulkResend | undefined;
}>;

/** Undefined while another one is under way. Nothing is in line again yet: `stepBulkResend` does that bit by bit. */
export function startBulkResend(
  store: Store,
  bulk: BulkResends,
  deliveryIds: readonly number[],
  now: number,
): BulkResend | undefined {
  return store.transaction(() => {
    const started = bulk.insert(deliveryIds, now);
    if (started !== undefined) decide(store, 'bulk_resend_started', `${started.total} deliveries.`, now);
    return started;
  });
}

/**
 * Puts the next few in line again, in one transaction. False when none is under way.
 *
 * A delivery that was settled since the person looked, accepted for example, is left as it is.
 */
export function stepBulkResend(store: Store, bulk: BulkResends, now: number): boolean {
  const job = bulk.findNewest();
  if (job === undefined || job.endedAt !== null) return false;
  store.transaction(() => {
    const ids = bulk.listRows(job.id, BATCH);
    for (const id of ids) {
      const delivery = store.findDelivery(id);
      const isReopened = delivery !== undefined && store.reopenDelivery(id, now);
      if (isReopened) decideDelivery(store, delivery, 'resent_by_person', now, `Bulk resend ${job.id}.`);
      bulk.finishRow(job.id, id, isReopened);
    }
    if (ids.length < BATCH) end(store, bulk, job.id, false, now);
  });
  return true;
}

/** Leaves alone what is not in line yet. Undefined when it had ended before. */
export function cancelBulkResend(store: Store, bulk: BulkResends, id: number, now: number): BulkResend | undefined {
  return store.transaction(() => end(store, bulk, id, true, now));
}

function end(store: Store, bulk: BulkResends, id: number, isCancelled: boolean, now: number): BulkResend | undefined {
  const ended = bulk.end(id, isCancelled, now);
  const reason = isCancelled ? 'bulk_resend_cancelled' : 'bulk_resend_done';
  if (ended !== undefined) decide(store, reason, tellBulkResend(ended), now);
  return ended;
}

function decide(store: Store, reason: DecisionReason, detail: string, now: number): void {
  store.decide({ reason, fact: null, detail }, now);
}
