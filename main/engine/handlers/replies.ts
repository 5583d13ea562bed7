import { mergeThread, readThreadCursor, toThreadCursor } from '../../core/merge-thread.ts';
import { renderCopy } from '../../core/send-test.ts';
import { askForUndo } from '../../core/undo-skip.ts';
import { listAcceptedOnPhone } from '../../db/conversations.ts';
import { findConversation, findReplyView, listConversations, listRepliesOfLine } from '../../db/reply-log.ts';
import { findSkipOfReply } from '../../db/skips.ts';
import type { DecisionReason } from '../../../shared/domain/decisions.ts';
import type { ChannelsOf } from '../../../shared/ipc/contract-part.ts';
import type { Handlers } from '../../../shared/ipc/contract.ts';
import type { SkipView, ThreadItem } from '../../../shared/ipc/replies-contract.ts';
import type { ReplyView } from '../../../shared/ipc/schemas.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { EngineContext } from '../context.ts';
import type { Shop } from '../shop.ts';
import { waitBriefly } from '../wait-briefly.ts';
import { readCursor, toCursor } from './cursor.ts';
import { toSkipView } from './skip-view.ts';

const PAGE = 50;
const gone = fail('not_found', 'This reply is no longer there.');
const settled = fail('conflict', 'This reply is settled already.');

export function replyHandlers({ active, changed }: EngineContext): Pick<Handlers, ChannelsOf<'replies'>> {
  return {
    'replies.listConversations': ({ cursor, onlyNeedsPerson }) => {
      const rows = listConversations(active().db, onlyNeedsPerson, readCursor(cursor), PAGE);
      return ok({
        rows: rows.map(({ view }) => view),
        nextCursor: toCursor(rows, PAGE, ({ sequence }) => sequence),
      });
    },
    'replies.getConversation': ({ replyId, cursor: text }) => {
      const shop = active();
      const conversation = findConversation(shop.db, replyId);
      if (conversation === undefined) return gone;
      const { line, phone, view } = conversation;
      const cursor = readThreadCursor(text);
      const replies = listRepliesOfLine(shop.db, line, cursor.replies, PAGE);
      const deliveries = phone === null ? [] : listAcceptedOnPhone(shop.db, phone, cursor.deliveries, PAGE);
      const { rows, next } = mergeThread(cursor, replies, deliveries, PAGE);
      return ok({
        conversation: view,
        rows: rows.map((item): ThreadItem =>
          item.kind === 'reply'
            ? { kind: 'reply', at: item.row.at, reply: item.row.view, skip: skipOf(shop, item.row.view) }
            : toDeliveryItem(shop, item.row),
        ),
        nextCursor: toThreadCursor(next),
      });
    },
    'replies.skipOrder': async ({ replyId, subscriptionId }) => {
      const { store, db, clock, replies } = active();
      const reply = findReplyView(db, replyId);
      if (reply === undefined) return gone;
      if (!reply.needsPerson) return settled;
      const subscription = store.findSubscription(subscriptionId);
      if (subscription?.status !== 'ACTIVE' || subscription.nextOrderDate === null) {
        return fail('conflict', 'This subscription has no order to skip.');
      }
      const { customerId, nextOrderDate: orderDate } = subscription;
      const now = clock.now();
      const isAsked = store.transaction(() => {
        const skip = { subscriptionId, customerId, orderDate, origin: 'person', replyId, nextAt: now } as const;
        if (store.insertSkip(skip, now) === undefined) return false;
        const decision = { reason: 'skip_asked_by_person', customerId, subscriptionId, orderDate } as const;
        store.decideReply(replyId, reply.keyword, { ...decision, needsPerson: false });
        store.decide({ ...decision, fact: null, replyId }, now);
        return true;
      });
      if (!isAsked) return fail('conflict', 'This order is being skipped already, or was skipped.');
      await waitBriefly(replies());
      changed();
      return ok({});
    },
    'replies.ignore': ({ replyId }) => {
      const shop = active();
      const isClosed = settle(shop, replyId, 'ignored_by_person', shop.store.closeReply);
      changed();
      return isClosed;
    },
    'replies.reopen': ({ replyId }) => {
      const shop = active();
      const isReopened = settle(shop, replyId, 'reopened_by_person', shop.store.reopenReply);
      changed();
      return isReopened;
    },
    'replies.undoSkip': async ({ skipId }) => {
      const { store, clock, replies } = active();
      const asked = askForUndo(store, skipId, clock.now());
      if (!asked.ok) return asked;
      await waitBriefly(replies());
      changed();
      return ok({});
    },
  };
}

/** Closes a reply or opens it again, with its line in the log. */
function settle(
  { store, db, clock }: Shop,
  replyId: string,
  reason: Extract<DecisionReason, 'ignored_by_person' | 'reopened_by_person'>,
  change: (id: string) => boolean,
) {
  const reply = findReplyView(db, replyId);
  if (reply === undefined) return gone;
  const { customerId, subscriptionId, orderDate } = reply;
  const isDone = store.transaction(() => {
    if (!change(replyId)) return false;
    store.decide({ reason, customerId, subscriptionId, orderDate, fact: null, replyId }, clock.now());
    return true;
  });
  return isDone ? ok({}) : settled;
}

function skipOf(shop: Shop, { id, customerId, orderDate }: ReplyView): SkipView | null {
  if (customerId === null || orderDate === null) return null;
  const skip = findSkipOfReply(shop.db, { id, customerId, orderDate });
  return skip === undefined ? null : toSkipView(shop, skip);
}

function toDeliveryItem(
  { store }: Shop,
  { at, delivery, customerName }: ReturnType<typeof listAcceptedOnPhone>[number],
): ThreadItem {
  const { id, trigger, customerId, orderDate, properties } = delivery;
  const customer = customerId === null ? undefined : { customerId };
  return {
    kind: 'delivery',
    at,
    deliveryId: id,
    trigger,
    customerName,
    orderDate,
    text: renderCopy(store, trigger, customer, properties),
  };
}
