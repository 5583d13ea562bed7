import { cutoffAt, instantOf } from '../../shared/domain/calendar.ts';
import type { DecisionReason } from '../../shared/domain/decisions.ts';
import type { PlatformEvent, PlatformSubscription, StoredSubscription } from '../../shared/domain/platform.ts';
import { mostSkipRequests, type Skip, type SkipState } from '../../shared/domain/skips.ts';
import { assertNever, fail, ok, type Result } from '../../shared/result.ts';
import { applySubscription } from './apply-subscription.ts';
import { lookForUndo, type UndoLook } from './look-for-skip.ts';
import { askOnce, isPastCutoff, lookAgainLater, recordSkip, tryAgainLater, type SkipDeps } from './skip-steps.ts';
import type { Store } from './store.ts';
import { billingClock } from './sync-platform.ts';

/** The clocks of the platform and of this computer may differ by so much. */
const CLOCK_SLACK_MS = 2 * 60_000;

/** Until when a skip can be taken back; null when it cannot: it is not ours, not proven, or too late. */
export function undoUntil(store: Store, skip: Skip, now: number): number | null {
  if (skip.state !== 'verified' || store.findSubscription(skip.subscriptionId)?.status !== 'ACTIVE') return null;
  const until = cutoffOf(store, skip);
  return now < until ? until : null;
}

/** The cut-off of the skipped order. Rows from before `orderIso` was kept have its day alone. */
function cutoffOf(store: Store, { orderIso, orderDate }: Pick<Skip, 'orderIso' | 'orderDate'>): number {
  const billing = billingClock(store);
  return orderIso === null
    ? instantOf(billing.timeZone, orderDate, billing.time.slice(0, 5))
    : cutoffAt(Date.parse(orderIso), billing);
}

/** A person asks for a skip to be taken back: the intent is on record before anything is asked of the platform. */
export function askForUndo(store: Store, skipId: number, now: number): Result<Record<string, never>> {
  const skip = store.findSkipById(skipId);
  if (skip === undefined) return fail('not_found', 'This skip is not known.');
  return store.transaction(() => {
    if (undoUntil(store, skip, now) === null || !store.openUndo(skipId, now)) {
      return fail(
        'conflict',
        'This skip can no longer be taken back here.',
        'Look at the subscription in Smartrr: until its order is charged it can be changed there.',
      );
    }
    recordSkip(store, skip, 'undo_asked', now, { newOrderDate: skip.newOrderDate, detail: null });
    return ok({});
  });
}

/** A customer asked for the same order again before the undo was begun: the skip stands. */
export function callOffUndo(store: Store, skip: Skip, now: number): void {
  store.updateSkip({ ...skip, state: 'verified', nextAt: now });
  recordSkip(store, skip, 'undo_overtaken', now, { newOrderDate: skip.newOrderDate, detail: null });
}

/** What to do next about an undo, given what the platform says about the order. */
type UndoStep =
  | Readonly<{ kind: 'ask'; entry: PlatformEvent }>
  | Readonly<{ kind: 'verify'; read: PlatformSubscription; reason: 'undone' | 'undo_found' }>
  | Readonly<{ kind: 'end'; state: SkipState; reason: DecisionReason }>
  | Readonly<{ kind: 'wait' }>
  | Readonly<{ kind: 'look_again' }>;

/** Pure: 1.8, step 8, but for the asking itself. */
export function nextUndoStep(skip: Pick<Skip, 'puts' | 'undoOf' | 'finishedAt'>, look: UndoLook): UndoStep {
  switch (look.kind) {
    case 'no_answer':
      return { kind: 'wait' };
    case 'unsettled':
      return { kind: 'look_again' };
    case 'ended':
      // After a request of ours nobody knows in which order the two came.
      return skip.puts > 0 ? { kind: 'look_again' } : { kind: 'end', state: 'verified', reason: 'undo_ended' };
    case 'back':
      return { kind: 'verify', read: look.read, reason: skip.puts > 0 ? 'undone' : 'undo_found' };
    case 'skipped':
      // Ours is gone, and somebody skipped the order anew: that is not ours to take back.
      if (!isOurs(skip, look.entry)) return { kind: 'end', state: 'undone', reason: 'undo_overtaken' };
      return skip.puts < mostSkipRequests ? { kind: 'ask', entry: look.entry } : { kind: 'look_again' };
    default:
      return assertNever(look);
  }
}

function isOurs({ undoOf, finishedAt }: Pick<Skip, 'undoOf' | 'finishedAt'>, entry: PlatformEvent): boolean {
  return undoOf === null ? entry.at <= (finishedAt ?? 0) + CLOCK_SLACK_MS : entry.id === undoOf;
}

/** One undo, by the steps of the skip: read first, ask with the explicit date, read back, never repeat blindly. */
export async function runUndo(deps: SkipDeps, skip: Skip): Promise<void> {
  const { store, platform } = deps;
  const known = store.findSubscription(skip.subscriptionId);
  if (known === undefined) {
    end(deps, skip, 'verified', 'undo_ended');
    return;
  }
  const step = nextUndoStep(skip, await lookForUndo(platform, known, skip.orderDate, store.settings().timeZone));
  switch (step.kind) {
    case 'wait':
      tryAgainLater(deps, skip);
      return;
    case 'look_again':
      if (!lookAgainLater(deps, skip)) end(deps, skip, 'undo_unclear', 'undo_unclear');
      return;
    case 'end':
      end(deps, skip, step.state, step.reason);
      return;
    case 'verify':
      verify(deps, skip, step.read, step.reason);
      return;
    case 'ask':
      await askInTime(deps, skip, known, step.entry);
      return;
    default:
      assertNever(step);
  }
}

async function askInTime(deps: SkipDeps, before: Skip, known: StoredSubscription, entry: PlatformEvent): Promise<void> {
  const { store, platform } = deps;
  // The letters that the platform understood when it skipped; an older row has the log's.
  const orderIso = before.orderIso ?? entry.orderIso;
  if (orderIso === null) throw new Error(`Expected an order in the log for skip ${before.id}`);
  const isTooLate = await isPastCutoff(deps, before, known.platformNumber, Date.parse(orderIso));
  if (isTooLate === undefined) {
    tryAgainLater(deps, before);
    return;
  }
  if (isTooLate) {
    end(deps, before, 'verified', 'undo_too_late');
    return;
  }
  const answer = await askOnce(deps, before, 'unskip', { orderIso, undoOf: entry.id });
  if (answer.kind === 'open') return;
  const { skip } = answer;
  if (answer.kind === 'answered') {
    // Only the order itself proves it; anything else is read back after the pause.
    if (answer.nextDate === skip.orderDate) verify(deps, skip, answer.read, 'undone');
    return;
  }
  // A refusal may mean "not skipped any more", by a request of ours that was never answered.
  const look = await lookForUndo(platform, known, skip.orderDate, store.settings().timeZone);
  if (look.kind === 'back') verify(deps, skip, look.read, 'undone');
  else if (look.kind === 'skipped' && skip.puts === 1) end(deps, skip, 'verified', 'undo_refused', answer.message);
}

/** The order is on again. It has its notice already; what its skip announced is not unsaid by a text. */
function verify(
  { store, clock }: SkipDeps,
  skip: Skip,
  read: PlatformSubscription,
  reason: 'undone' | 'undo_found',
): void {
  const now = clock.now();
  store.transaction(() => {
    store.updateSkip({ ...skip, state: 'undone', nextAt: now, newOrderDate: null, finishedAt: now });
    const baselineAt = Number(store.mark('baseline_at') ?? now);
    applySubscription(store, read, null, { baselineAt, isFirstSync: false }, now);
    recordSkip(store, skip, reason, now, { newOrderDate: null, detail: null });
  });
}

/** `verified` again when the order stays skipped: then its new date and the time of the proof stand. */
function end(
  { store, clock }: SkipDeps,
  skip: Skip,
  state: SkipState,
  reason: DecisionReason,
  detail: string | null = null,
): void {
  const now = clock.now();
  const finishedAt = state === 'verified' ? skip.finishedAt : now;
  store.transaction(() => {
    store.updateSkip({ ...skip, state, nextAt: now, finishedAt });
    recordSkip(store, skip, reason, now, { newOrderDate: skip.newOrderDate, detail });
  });
}
