import { mostSkipRequests, type Skip, type SkipState } from '../../shared/domain/skips.ts';
import { cutoffAt, dateIn, formatOrderDate } from '../../shared/domain/calendar.ts';
import { decisionReasons, type DecisionReason } from '../../shared/domain/decisions.ts';
import type { StoredSubscription } from '../../shared/domain/platform.ts';
import type { RemoteErrorKind } from '../../shared/domain/remote.ts';
import { deliveryKeys, triggers } from '../../shared/domain/triggers.ts';
import { assertNever } from '../../shared/result.ts';
import { applySubscription } from './apply-subscription.ts';
import { eventProperties } from './event-properties.ts';
import type { Platform } from './platform-port.ts';
import { lookForSkip, type OrderLook } from './look-for-skip.ts';
import { queueDelivery } from './queue-delivery.ts';
import type { Clock, Log, Store } from './store.ts';
import { billingClock } from './sync-platform.ts';

export type SkipDeps = Readonly<{ store: Store; platform: Platform; clock: Clock; log: Log }>;

/** At least the longest time in which the platform may still apply a request that we gave up on (1.8, step 6). */
const READ_BACK_PAUSE_MS = 60_000;
/** The platform could not be asked; nothing was risked. */
const TRY_AGAIN_MS = 30_000;
/** Subscription and log have this long to agree before a person is asked. */
const SETTLE_MS = 3_600_000;
const HOUR_MS = 3_600_000;

/** Requests that the platform surely did not apply. */
const surelyNotApplied: ReadonlySet<RemoteErrorKind> = new Set([
  'not_sent',
  'rate_limited',
  'key_refused',
  'plan_refused',
]);

/** Takes every open skip one step further, one after the other (subscription-platforms.md 1.8). */
export async function runSkips(deps: SkipDeps): Promise<void> {
  for (const skip of deps.store.listDueSkips(deps.clock.now())) await runSkip(deps, skip);
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
    case 'next':
      return skip.puts < mostSkipRequests ? { kind: 'ask', look } : { kind: 'look_again' };
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
      wait(deps, skip, TRY_AGAIN_MS);
      return;
    case 'look_again':
      lookAgain(deps, skip);
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
  if (isTooLate === undefined) wait(deps, skip, TRY_AGAIN_MS);
  else if (isTooLate) end(deps, skip, 'dropped', 'past_cutoff');
  else await ask(deps, { ...skip, puts: skip.puts + 1 }, known, look);
}

/** Commits that we are about to ask, asks, and reads the answer. */
async function ask(
  deps: SkipDeps,
  skip: Skip,
  known: StoredSubscription,
  { orderIso, firstSkippedAt }: NextLook,
): Promise<void> {
  const { store, platform, clock, log } = deps;
  const { timeZone } = store.settings();
  const sent = { state: 'sent', puts: skip.puts, newOrderDate: null, finishedAt: null } as const;
  store.updateSkip(skip.id, { ...sent, nextAt: clock.now() + READ_BACK_PAUSE_MS });
  const answer = await platform.skip({ customerId: skip.customerId, subscriptionId: skip.subscriptionId, orderIso });
  if (answer.ok) {
    const { nextOrderAt } = answer.value.subscription;
    const nextDate = nextOrderAt === null ? null : dateIn(timeZone, nextOrderAt);
    // Step 5: only a later next order proves the skip; anything else is read back after the pause.
    if (nextDate !== null && nextDate > skip.orderDate)
      verify(deps, skip, { read: answer.value, newOrderDate: nextDate, firstSkippedAt });
    return;
  }
  const { kind, message, retryAfterMs } = answer.error;
  log('warn', 'A skip was not clearly answered', { subscriptionId: skip.subscriptionId, kind, why: message });
  if (surelyNotApplied.has(kind)) {
    const nextAt = clock.now() + Math.max(retryAfterMs ?? 0, TRY_AGAIN_MS);
    store.updateSkip(skip.id, { ...sent, state: skip.puts > 1 ? 'sent' : 'planned', puts: skip.puts - 1, nextAt });
    return;
  }
  if (kind !== 'rejected' && kind !== 'not_found') return;
  // A refusal may mean "already skipped", by a request of ours that was never answered or by the customer.
  const look = await lookForSkip(platform, known, skip.orderDate, timeZone);
  if (look.kind === 'skipped') verify(deps, skip, look);
  else if (look.kind === 'next' && skip.puts === 1) end(deps, skip, 'refused', 'skip_refused', message);
}

/** Past the billing run of that day, or already being charged; undefined when the platform could not be asked. */
async function isPastCutoff(
  deps: SkipDeps,
  skip: Skip,
  platformNumber: string,
  orderAt: number,
): Promise<boolean | undefined> {
  const { store, platform, clock } = deps;
  if (clock.now() >= cutoffAt(orderAt, billingClock(store))) return true;
  const bills = await platform.listSubscriptionBills(platformNumber, skip);
  if (!bills.ok) return undefined;
  const { timeZone } = store.settings();
  return bills.value.rows.some(
    ({ status, billingAt }) =>
      status !== 'failed' &&
      status !== 'canceled' &&
      billingAt !== null &&
      dateIn(timeZone, billingAt) === skip.orderDate,
  );
}

function verify(deps: SkipDeps, skip: Skip, { read, newOrderDate, firstSkippedAt }: Proof): void {
  const { store, clock } = deps;
  const now = clock.now();
  store.transaction(() => {
    store.updateSkip(skip.id, { state: 'verified', puts: skip.puts, nextAt: now, newOrderDate, finishedAt: now });
    const baselineAt = Number(store.mark('baseline_at') ?? now);
    applySubscription(store, read, null, { baselineAt, isFirstSync: false }, now);
    record(store, skip, 'skipped', now, {
      newOrderDate,
      detail: `The next order is on ${formatOrderDate(newOrderDate)}.`,
    });
    store.count('skipped', now);
    queueConfirmation(store, skip, newOrderDate, firstSkippedAt, now);
  });
}

/**
 * The order was skipped without us. The row stays, so that another SKIP does not reach the next order; the log is read
 * in at once, so that a skip of the customer's own is announced as any other.
 */
function takeAsFound({ store, clock }: SkipDeps, skip: Skip, { read, events, newOrderDate }: SkippedLook): void {
  const now = clock.now();
  store.transaction(() => {
    store.updateSkip(skip.id, { state: 'found', puts: skip.puts, nextAt: now, newOrderDate, finishedAt: now });
    const baselineAt = Number(store.mark('baseline_at') ?? now);
    applySubscription(store, read, events, { baselineAt, isFirstSync: false }, now);
    record(store, skip, 'already_skipped', now, {
      newOrderDate,
      detail: `The next order is on ${formatOrderDate(newOrderDate)}.`,
    });
  });
}

/** Only a verified skip is announced, with the date that the platform itself gave. */
function queueConfirmation(
  store: Store,
  skip: Skip,
  newOrderDate: string,
  firstSkippedAt: number | null,
  now: number,
): void {
  const { orderDate } = skip;
  const subscription = store.findSubscription(skip.subscriptionId);
  queueDelivery(
    store,
    {
      key: deliveryKeys.skipped(skip.subscriptionId, orderDate),
      trigger: 'skipped_order',
      customerId: skip.customerId,
      subscriptionId: skip.subscriptionId,
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
}

function end(deps: SkipDeps, skip: Skip, state: SkipState, reason: DecisionReason, detail: string | null = null): void {
  const { store, clock } = deps;
  const now = clock.now();
  store.transaction(() => {
    store.updateSkip(skip.id, { state, puts: skip.puts, nextAt: now, newOrderDate: null, finishedAt: now });
    record(store, skip, reason, now, { newOrderDate: null, detail });
  });
}

function wait({ store, clock }: SkipDeps, skip: Skip, ms: number): void {
  const state = skip.puts > 0 ? 'sent' : 'planned';
  store.updateSkip(skip.id, { state, puts: skip.puts, nextAt: clock.now() + ms, newOrderDate: null, finishedAt: null });
}

/** Time settles most contradictions; what it does not settle, a person looks at. */
function lookAgain(deps: SkipDeps, skip: Skip): void {
  if (deps.clock.now() - skip.createdAt > SETTLE_MS) end(deps, skip, 'unclear', 'skip_unclear');
  else wait(deps, skip, READ_BACK_PAUSE_MS);
}

function record(
  store: Store,
  skip: Skip,
  reason: DecisionReason,
  now: number,
  about: Readonly<{ newOrderDate: string | null; detail: string | null }>,
): void {
  const { customerId, subscriptionId, orderDate, replyId } = skip;
  const reply = store.findReply(replyId);
  if (reply !== undefined) {
    store.decideReply(replyId, 'SKIP', {
      reason,
      customerId,
      subscriptionId,
      orderDate,
      ...about,
      needsPerson: decisionReasons[reason].outcome === 'needs_person',
    });
  }
  store.decide({ reason, fact: null, customerId, subscriptionId, orderDate, replyId, detail: about.detail }, now);
}
