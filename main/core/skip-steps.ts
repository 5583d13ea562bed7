import { cutoffAt, dateIn } from '../../shared/domain/calendar.ts';
import { decisionReasons, type DecisionReason } from '../../shared/domain/decisions.ts';
import type { PlatformSubscription } from '../../shared/domain/platform.ts';
import type { RemoteErrorKind } from '../../shared/domain/remote.ts';
import type { Skip } from '../../shared/domain/skips.ts';
import type { Platform } from './platform-port.ts';
import type { Clock, Log, Store } from './store.ts';
import { billingClock } from './sync-platform.ts';

/** What skipping an order and taking the skip back have in common (subscription-platforms.md 1.8). */

export type SkipDeps = Readonly<{ store: Store; platform: Platform; clock: Clock; log: Log }>;

/** At least the longest time in which the platform may still apply a request that we gave up on (1.8, step 6). */
const READ_BACK_PAUSE_MS = 60_000;
/** The platform could not be asked; nothing was risked. */
const TRY_AGAIN_MS = 30_000;
/** Subscription and log have this long after the last request to agree before a person is asked. */
const SETTLE_MS = 3_600_000;

/** Requests that the platform surely did not apply. */
const surelyNotApplied: ReadonlySet<RemoteErrorKind> = new Set([
  'not_sent',
  'rate_limited',
  'key_refused',
  'plan_refused',
]);

export type AskOutcome =
  | Readonly<{ kind: 'answered'; skip: Skip; read: PlatformSubscription; nextDate: string | null }>
  /** The platform said no; it may mean that it was done already. */
  | Readonly<{ kind: 'refused'; skip: Skip; message: string }>
  /** Nothing more to do now: the next look settles it. */
  | Readonly<{ kind: 'open' }>;

/** Commits that we are about to ask, asks once with the explicit date, and sorts the answer. */
export async function askOnce(
  { store, platform, clock, log }: SkipDeps,
  before: Skip,
  action: 'skip' | 'unskip',
  order: Readonly<{ orderIso: string; undoOf: string | null }>,
): Promise<AskOutcome> {
  const asked = {
    ...before,
    ...order,
    state: action === 'skip' ? 'sent' : 'undo_sent',
    puts: before.puts + 1,
    askedAt: clock.now(),
    nextAt: clock.now() + READ_BACK_PAUSE_MS,
  } as const satisfies Skip;
  store.updateSkip(asked);
  const { customerId, subscriptionId } = before;
  const answer = await platform[action]({ customerId, subscriptionId, orderIso: order.orderIso });
  if (answer.ok) {
    const { nextOrderAt } = answer.value.subscription;
    const nextDate = nextOrderAt === null ? null : dateIn(store.settings().timeZone, nextOrderAt);
    return { kind: 'answered', skip: asked, read: answer.value, nextDate };
  }
  const { kind, message, retryAfterMs } = answer.error;
  log('warn', `The request to ${action} was not clearly answered`, { subscriptionId, kind, why: message });
  if (surelyNotApplied.has(kind)) {
    const nextAt = clock.now() + Math.max(retryAfterMs ?? 0, TRY_AGAIN_MS);
    store.updateSkip({ ...before, nextAt });
    return { kind: 'open' };
  }
  return kind === 'rejected' || kind === 'not_found' ? { kind: 'refused', skip: asked, message } : { kind: 'open' };
}

/** Past the billing run of that day, or already being charged; undefined when the platform could not be asked. */
export async function isPastCutoff(
  { store, platform, clock }: SkipDeps,
  skip: Skip,
  platformNumber: string,
  orderAt: number,
): Promise<boolean | undefined> {
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

/** The platform could not be asked: once more in a while. */
export function tryAgainLater({ store, clock }: SkipDeps, skip: Skip): void {
  store.updateSkip({ ...skip, nextAt: clock.now() + TRY_AGAIN_MS });
}

/** Time settles most contradictions. False when it did not: then a person has to look. */
export function lookAgainLater({ store, clock }: SkipDeps, skip: Skip): boolean {
  if (clock.now() - (skip.askedAt ?? skip.undoAskedAt ?? skip.createdAt) > SETTLE_MS) return false;
  store.updateSkip({ ...skip, nextAt: clock.now() + READ_BACK_PAUSE_MS });
  return true;
}

/** What became of a skip: the line in the log, and what its reply came to. */
export function recordSkip(
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
