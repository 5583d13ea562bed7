import { dateIn } from '../../shared/domain/calendar.ts';
import { decisionReasons } from '../../shared/domain/decisions.ts';
import { readKeyword } from '../../shared/domain/keyword.ts';
import { normalisePhone } from '../../shared/domain/phone.ts';
import type { RemoteError, RemoteResult } from '../../shared/domain/remote.ts';
import { isTestReply, type RepliesPage, type Reply } from '../../shared/domain/replies.ts';
import { decideReply, type ReplyDecision } from './decide-reply.ts';
import { restoredThrough } from './restored.ts';
import { billingClock } from './sync-platform.ts';
import type { Clock, Store } from './store.ts';
import { callOffUndo } from './undo-skip.ts';

const PAGE = 200;
/** A few milliseconds of work. */
const DECIDED_AT_ONCE = 20;

/** Where replies come from: the inbox, or any other source that can be read with a cursor. */
export type ReplySource = Readonly<{
  listReplies: (after: string, limit: number) => Promise<RemoteResult<RepliesPage>>;
}>;

/**
 * Reads new replies. A page and the cursor behind it are one commit, so a crash repeats a page or nothing,
 * and a repeated reply changes nothing.
 */
export async function pollReplies(
  store: Store,
  source: ReplySource,
  now: () => number,
): Promise<RemoteError | undefined> {
  let limit = PAGE;
  for (;;) {
    const cursor = store.mark('reply_cursor') ?? '';
    const page = await source.listReplies(cursor, limit);
    if (!page.ok) {
      // A page may be too large to take in; smaller ones get past whatever makes it so.
      if (page.error.kind !== 'bad_answer' || limit === 1) return page.error;
      limit = Math.max(1, Math.floor(limit / 10));
      continue;
    }
    const { replies, nextCursor } = page.value;
    store.transaction(() => {
      const country = store.settings().country;
      for (const reply of replies) {
        if (isTestReply(reply)) {
          store.setMark('inbox_test_read', reply.id);
          continue;
        }
        const isNew = store.insertReply(reply, normalisePhone(reply.fromNumber, country), now());
        if (isNew) store.count('replies', now());
      }
      store.setMark('reply_cursor', nextCursor);
    });
    if (replies.length === 0 || nextCursor === cursor) return undefined;
  }
}

/**
 * Decides every reply that has no decision yet, in the order in which they came. The decision and the intent to skip are one
 * commit, shared by a few replies.
 *
 * After a long outage there are thousands: whatever else the engine does takes its turn in between, so that no answer to
 * a request under way waits until it counts as lost.
 */
export async function handleReplies(store: Store, clock: Clock): Promise<void> {
  for (;;) {
    const undecided = store.listUndecidedReplies(DECIDED_AT_ONCE);
    if (undecided.length === 0) return;
    const now = clock.now();
    store.transaction(() => {
      for (const reply of undecided) handleReply(store, reply, now);
    });
    await clock.sleep(0);
  }
}

function handleReply(store: Store, reply: Reply, now: number): void {
  const keyword = reply.isOptOut ? 'OPT_OUT' : readKeyword(reply.body);
  const customerIds = findSenders(store, reply);
  // As the customer saw it: what was still to come when the text was written.
  const fromDate = dateIn(store.settings().timeZone, reply.receivedAt);
  const decision = decideReply({
    keyword,
    receivedAt: reply.receivedAt,
    now,
    isBeforeRestore: reply.receivedAt <= restoredThrough(store),
    baselineAt: Number(store.mark('baseline_at') ?? now),
    customerIds,
    notices: store.listNoticesOfCustomers(customerIds, fromDate),
    skips: store.listSkipsOfCustomers(customerIds, fromDate),
    activeSubscriptions: customerIds
      .flatMap((id) => store.listSubscriptionsOfCustomer(id))
      .filter(({ status }) => status === 'ACTIVE'),
    isBilled: (subscriptionId, orderDate) =>
      store
        .listBillsOfOrder(subscriptionId, orderDate)
        .some(({ status }) => status !== 'failed' && status !== 'canceled'),
    billing: billingClock(store),
  });
  const answered = beginSkip(store, reply, decision, now);
  if (answered.reason === 'already_skipped') keepSkipped(store, answered, now);
  store.decideReply(reply.id, keyword, {
    ...answered,
    needsPerson: decisionReasons[answered.reason].outcome === 'needs_person',
  });
  store.decide({ ...answered, fact: `reply:${reply.id}`, replyId: reply.id }, now);
}

/** Writes the intent to skip. Where the index forbids it, that order is being skipped already, whoever asked for it. */
function beginSkip(store: Store, reply: Reply, decision: ReplyDecision, now: number): ReplyDecision {
  if (decision.reason !== 'skip_started') return decision;
  const { subscriptionId, customerId, orderDate } = decision;
  if (subscriptionId === null || customerId === null || orderDate === null)
    throw new Error('Expected a skip to name its order');
  const skipId = store.insertSkip(
    { subscriptionId, customerId, orderDate, origin: 'reply', replyId: reply.id, nextAt: now },
    now,
  );
  return skipId === undefined ? { ...decision, reason: 'already_skipped' } : decision;
}

/** A SKIP that comes while the undo of that order has not been asked for yet: the customer's word is the newer one. */
function keepSkipped(store: Store, { subscriptionId, orderDate }: ReplyDecision, now: number): void {
  if (subscriptionId === null || orderDate === null) return;
  const skip = store.findSkip(subscriptionId, orderDate);
  if (skip?.state === 'undo_planned') callOffUndo(store, skip, now);
}

/**
 * Everyone the reply may come from: whoever has the number, and whom Postscript says it is.
 *
 * Postscript knows one customer per number, but a shared phone shows the notices of all of them, and a SKIP answers
 * the newest notice on the phone, whosever it is.
 */
function findSenders(store: Store, reply: Reply): readonly string[] {
  const senders = new Set<string>();
  if (reply.phone !== null) for (const { id } of store.findCustomersByPhone(reply.phone)) senders.add(id);
  const linked =
    reply.shopifyCustomerId === null ? undefined : store.findCustomerByPlatformNumber(reply.shopifyCustomerId);
  if (linked !== undefined) senders.add(linked.id);
  return [...senders];
}
