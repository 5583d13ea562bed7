import { mostSkipRequests, type Skip, type SkipState } from '../../shared/domain/skips.ts';
import { formatOrderDate } from '../../shared/domain/calendar.ts';
import type { DecisionReason } from '../../shared/domain/decisions.ts';
import type { StoredSubscription } from '../../shared/domain/platform.ts';
import { deliveryKeys, triggers } from '../../shared/domain/triggers.ts';
import { assertNever } from '../../shared/result.ts';
import { applySubscription } from './apply-subscription.ts';
import { eventProperties } from './event-properties.ts';
import { lookForSkip, type OrderLook } from './look-for-skip.ts';
import { queueDelivery } from './queue-delivery.ts';
import { askOnce, isPastCutoff, lookAgainLater, recordSkip, tryAgainLater, type SkipDeps } from './skip-steps.ts';
import type { Store } from './store.ts';
import { runUndo } from './undo-skip.ts';

const HOUR_MS = 3_600_000;

/** About as many as the platform's rate allows between two polls of the inbox. */
const AT_ONCE = 20;

/**
 * Takes the first of the open skips, and of the open undos, a step further, one after the other (1.8).
 *
 * @returns whether more may be due; what customers have texted meanwhile comes first
 */
export async function runSkips(deps: SkipDeps): Promise<boolean> {
  const due = deps.store.listDueSkips(deps.clock.now(), AT_ONCE);
  for (const skip of due) {
    if (skip.undoAskedAt === null) await runSkip(deps, skip);
    else await runUndo(deps, skip);
  }
  return due.length === AT_ONCE;
}

type SkippedLook = Extract<OrderLook, { kind: 'skipped' }>;
type NextLook = Extract<OrderLook, { kind: 'next' }>;
/** What proves a skip, and when the order was skipped for the first time as far as the log tells. */
type Proof = Pick<SkippedLook, 'read' | 'newOrderDate' | 'firstSkippedAt'>;

/** What to do next about a skip, given what the platform says about its order. */
type Step =
  | Readonly<{ kind: 'ask'; look: NextLook }>
  | Readonly<{ kind: 'verify'; look: SkippedLook }>
  /** Someone else skipped it before we asked, the customer on the portal for one. */
  | Readonly<{ kind: 'found'; look: SkippedLook }>
  | Readonly<{ kind: 'end'; state: SkipState; reason: DecisionReason }>
  | Readonly<{ kind: 'wait' }>
  /** Subscription and log do not agree yet, or a request may still be on its way. */
  | Readonly<{ kind: 'look_again' }>;

/** Pure: the whole procedure of subscription-platforms.md 1.8 but for the asking itself. */
export function nextStep(skip: Pick<Skip, 'puts'>, look: OrderLook): Step {
  switch (look.kind) {
    case 'no_answer':
      return { kind: 'wait' };
    case 'unsettled':
      return { kind: 'look_again' };
    case 'skipped':
      return skip.puts === 0 ? { kind: 'found', look } : { kind: 'verify', look };
    case 'gone':
      // After a request of ours the log may merely lag behind the subscription.
      return skip.puts > 0 && look.isActive
        ? { kind: 'look_again' }
        : { kind: 'end', state: 'dropped', reason: 'order_changed' };
    case 'next': {
      // It may be ours that was taken back since: who did that does not want it skipped.
      const mayBeTakenBack = skip.puts > 0 && look.firstSkippedAt !== null;
      return skip.puts < mostSkipRequests && !mayBeTakenBack ? { kind: 'ask', look } : { kind: 'look_again' };
    }
    default:
      return assertNever(look);
  }
}

/**
 * One skip: read first, ask with the explicit date, read back.
 *
 * Never repeated blindly: a skip that was asked for and not clearly answered is first looked for in the subscription
 * and its log. After a crash the row is still `sent` and takes the same way.
 */
async function runSkip(deps: SkipDeps, skip: Skip): Promise<void> {
  const { store, platform } = deps;
  const known = store.findSubscription(skip.subscriptionId);
  if (known === undefined) {
    end(deps, skip, 'dropped', 'order_changed');
    return;
  }
  const step = nextStep(skip, await lookForSkip(platform, known, skip.orderDate, store.settings().timeZone));
  switch (step.kind) {
    case 'wait':
      tryAgainLater(deps, skip);
      return;
    case 'look_again':
      if (!lookAgainLater(deps, skip)) end(deps, skip, 'unclear', 'skip_unclear');
      return;
    case 'found':
      takeAsFound(deps, skip, step.look);
      return;
    case 'end':
      end(deps, skip, step.state, step.reason);
      return;
    case 'verify':
      verify(deps, skip, step.look);
      return;
    case 'ask':
      await askInTime(deps, skip, known, step.look);
      return;
    default:
      assertNever(step);
  }
}

async function askInTime(deps: SkipDeps, skip: Skip, known: StoredSubscription, look: NextLook): Promise<void> {
  const isTooLate = await isPastCutoff(deps, skip, known.platformNumber, look.orderAt);
  if (isTooLate === undefined) tryAgainLater(deps, skip);
  else if (isTooLate) end(deps, skip, 'dropped', 'past_cutoff');
  else await ask(deps, skip, known, look);
}

async function ask(
  deps: SkipDeps,
  before: Skip,
  known: StoredSubscription,
  { orderIso, firstSkippedAt }: NextLook,
): Promise<void> {
  const { store, platform } = deps;
  const answer = await askOnce(deps, before, 'skip', { orderIso, undoOf: null });
  if (answer.kind === 'open') return;
  const { skip } = answer;
  if (answer.kind === 'answered') {
    const { read, nextDate } = answer;
    // Step 5: only a later next order proves the skip; anything else is read back after the pause.
    if (nextDate !== null && nextDate > skip.orderDate)
      verify(deps, skip, { read, newOrderDate: nextDate, firstSkippedAt });
    return;
  }
  // A refusal may mean "already skipped", by a request of ours that was never answered or by the customer.
  const look = await lookForSkip(platform, known, skip.orderDate, store.settings().timeZone);
  if (look.kind === 'skipped') verify(deps, skip, look);
  else if (look.kind === 'next' && skip.puts === 1) end(deps, skip, 'refused', 'skip_refused', answer.message);
}

function verify(deps: SkipDeps, skip: Skip, proof: Proof): void {
  const { read, newOrderDate } = proof;
  const { store, clock } = deps;
  const now = clock.now();
  store.transaction(() => {
    store.updateSkip({ ...skip, state: 'verified', nextAt: now, newOrderDate, finishedAt: now });
    const baselineAt = Number(store.mark('baseline_at') ?? now);
    applySubscription(store, read, null, { baselineAt, isFirstSync: false }, now);
    const detail = [`The next order is on ${formatOrderDate(newOrderDate)}.`];
    if (!queueConfirmation(store, skip, proof, now)) detail.push('No second confirmation goes out.');
    recordSkip(store, skip, 'skipped', now, { newOrderDate, detail: detail.join(' ') });
    store.count('skipped', now);
  });
}

/**
 * The order was skipped without us. The row stays, so that another SKIP does not reach the next order; the log is read
 * in at once, so that a skip of the customer's own is announced as any other.
 */
function takeAsFound({ store, clock }: SkipDeps, skip: Skip, { read, events, newOrderDate }: SkippedLook): void {
  const now = clock.now();
  store.transaction(() => {
    store.updateSkip({ ...skip, state: 'found', nextAt: now, newOrderDate, finishedAt: now });
    const baselineAt = Number(store.mark('baseline_at') ?? now);
    applySubscription(store, read, events, { baselineAt, isFirstSync: false }, now);
    recordSkip(store, skip, 'already_skipped', now, {
      newOrderDate,
      detail: `The next order is on ${formatOrderDate(newOrderDate)}.`,
    });
  });
}

/**
 * Only a verified skip is announced, with the date that the platform itself gave.
 *
 * @returns false when this order has its confirmation already: it was skipped before, and that skip was taken back
 */
function queueConfirmation(store: Store, skip: Skip, { newOrderDate, firstSkippedAt }: Proof, now: number): boolean {
  const { customerId, subscriptionId, orderDate } = skip;
  const subscription = store.findSubscription(subscriptionId);
  const key = deliveryKeys.skipped(subscriptionId, orderDate);
  const outcome = queueDelivery(
    store,
    {
      key,
      trigger: 'skipped_order',
      customerId,
      subscriptionId,
      orderDate,
      orderAt: null,
      billId: null,
      properties: eventProperties('skipped_order', store.settings(), subscription, { orderDate, newOrderDate }),
      occurredAt: now,
      // An order that is skipped again has one key for both.
      couldBeKnownAt: Math.min(skip.createdAt, firstSkippedAt ?? now),
      dueAt: now,
      deadlineAt: now + triggers.skipped_order.usefulForHours * HOUR_MS,
      isUrgent: true,
    },
    now,
  );
  if (outcome !== 'known') return true;
  const deliveryId = store.findDeliveryByKey(key)?.id ?? null;
  const about = { trigger: 'skipped_order', customerId, subscriptionId, orderDate, deliveryId } as const;
  if (store.decide({ ...about, reason: 'already_confirmed', fact: null }, now)) store.count('not_sent', now);
  return false;
}

function end(
  { store, clock }: SkipDeps,
  skip: Skip,
  state: SkipState,
  reason: DecisionReason,
  detail: string | null = null,
): void {
  const now = clock.now();
  store.transaction(() => {
    store.updateSkip({ ...skip, state, nextAt: now, newOrderDate: null, finishedAt: now });
    recordSkip(store, skip, reason, now, { newOrderDate: null, detail });
  });
}
