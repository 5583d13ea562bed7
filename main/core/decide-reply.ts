import type { StoredSubscription } from '../../shared/domain/platform.ts';
import type { Skip } from '../../shared/domain/skips.ts';
import type { OpenNotice } from '../../shared/domain/deliveries.ts';
import { cutoffAt } from '../../shared/domain/calendar.ts';
import type { DecisionReason } from '../../shared/domain/decisions.ts';
import type { BillingClock } from '../../shared/domain/notice-time.ts';

export type ReplyFacts = Readonly<{
  keyword: 'SKIP' | 'OPT_OUT' | null;
  /** When the customer texted, by the inbox's clock; it may have been read much later. */
  receivedAt: number;
  now: number;
  /** Start of the first sync: what came before it is not acted on. */
  baselineAt: number;
  /** A backup was restored since: the reply may have been acted on before, by what the backup does not know. */
  isBeforeRestore: boolean;
  /** Everyone who has the number the reply came from. */
  customerIds: readonly string[];
  /** Notices for orders that were still to come when the customer texted, newest first. */
  notices: readonly OpenNotice[];
  /** Skips of orders that were still to come when the customer texted, newest first; those taken back included. */
  skips: readonly Pick<Skip, 'subscriptionId' | 'customerId' | 'orderDate' | 'state' | 'finishedAt'>[];
  activeSubscriptions: readonly StoredSubscription[];
  /** Orders that the platform has begun to charge. */
  isBilled: (subscriptionId: string, orderDate: string) => boolean;
  billing: BillingClock;
}>;

const HOUR_MS = 3_600_000;
/** The clocks of the inbox and of this computer may differ by so much. */
const CLOCK_SLACK_MS = 2 * 60_000;
/** For so long may Postscript still take in a request that got no clear answer, and text later than what left after it. */
const LATE_MS = 60_000;
/** Without a notice to answer, "the next order" is meant at the time of texting, not days later. */
const FRESH_MS = 24 * HOUR_MS;

export type ReplyDecision = Readonly<{
  reason: DecisionReason;
  customerId: string | null;
  subscriptionId: string | null;
  orderDate: string | null;
}>;

/**
 * What a reply means and which order it names (design 3.5). Pure.
 *
 * `skip_started` is the one answer that leads to an action: skip exactly that order.
 */
export function decideReply(facts: ReplyFacts): ReplyDecision {
  const onlyCustomer = facts.customerIds.length === 1 ? (facts.customerIds[0] ?? null) : null;
  const plain = (reason: DecisionReason): ReplyDecision => ({
    reason,
    customerId: onlyCustomer,
    subscriptionId: null,
    orderDate: null,
  });
  if (facts.keyword === 'OPT_OUT') return plain('opt_out');
  if (facts.receivedAt < facts.baselineAt) return plain('baseline');
  if (facts.isBeforeRestore) return plain('restored_reply');
  if (facts.customerIds.length === 0) return plain(facts.keyword === null ? 'not_understood' : 'unknown_number');
  if (facts.keyword === null) return plain('not_understood');

  const writtenBy = facts.receivedAt + CLOCK_SLACK_MS;
  // A notice that went out after the text cannot be what it answers.
  const [newest, ...older] = facts.notices
    .filter(({ earliestAt }) => earliestAt <= writtenBy)
    // Of one that was sent again since, the first request is the one in doubt.
    .map((notice) => (notice.leftAt > writtenBy ? { ...notice, isInDoubt: true } : notice));
  if (newest !== undefined) {
    return older.some((notice) => mayBeNewer(notice, newest))
      ? plain('several_notices')
      : decideForOrder(facts, newest, newest.orderAt);
  }
  // Without a notice a second SKIP must not reach the order after the one that the first SKIP took.
  const skipped = facts.skips.find((skip) => stood(skip, facts.receivedAt));
  if (skipped !== undefined) return answer(reasonOf(skipped), skipped);
  if (facts.now - facts.receivedAt > FRESH_MS) return plain('reply_too_old');
  if (facts.activeSubscriptions.length === 0) return plain('no_active_subscription');
  const [only, another] = facts.activeSubscriptions;
  if (only === undefined || another !== undefined) return plain('several_subscriptions');
  if (only.nextOrderDate === null || only.nextOrderAt === null) return plain('no_active_subscription');
  return decideForOrder(
    facts,
    { subscriptionId: only.id, customerId: only.customerId, orderDate: only.nextOrderDate },
    only.nextOrderAt,
  );
}

/** Whether it may stand below the one that left last on the phone, and names another order. */
function mayBeNewer(notice: OpenNotice, newest: OpenNotice): boolean {
  if (notice.subscriptionId === newest.subscriptionId && notice.orderDate === newest.orderDate) return false;
  return newest.isInDoubt || (notice.isInDoubt && notice.leftAt + LATE_MS >= newest.leftAt);
}

type Order = Readonly<{ subscriptionId: string; customerId: string; orderDate: string }>;

function decideForOrder(facts: ReplyFacts, order: Order, orderAt: number): ReplyDecision {
  const skip = facts.skips.find(
    (one) =>
      one.subscriptionId === order.subscriptionId && one.orderDate === order.orderDate && stood(one, facts.receivedAt),
  );
  if (skip !== undefined) return answer(reasonOf(skip), order);
  const isPastCutoff =
    facts.now >= cutoffAt(orderAt, facts.billing) || facts.isBilled(order.subscriptionId, order.orderDate);
  return answer(isPastCutoff ? 'past_cutoff' : 'skip_started', order);
}

/** A skip that was taken back stood for whoever texted before that: an old SKIP must not skip the order anew. */
function stood({ state, finishedAt }: ReplyFacts['skips'][number], receivedAt: number): boolean {
  return state !== 'undone' || receivedAt < (finishedAt ?? 0);
}

/** While an undo may still be taking effect nobody knows what the order is, so a person looks. */
function reasonOf({ state }: ReplyFacts['skips'][number]): 'already_skipped' | 'undo_under_way' {
  return state === 'undo_sent' ? 'undo_under_way' : 'already_skipped';
}

function answer(reason: DecisionReason, { subscriptionId, customerId, orderDate }: Order): ReplyDecision {
  return { reason, subscriptionId, customerId, orderDate };
}
