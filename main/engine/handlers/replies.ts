import { findReplyView, listReplies } from '../../db/reply-log.ts';
import type { Handlers } from '../../../shared/ipc/contract.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { EngineContext } from '../context.ts';
import { waitBriefly } from '../wait-briefly.ts';
import { readCursor, toCursor } from './cursor.ts';

const PAGE = 50;
const gone = fail('not_found', 'This reply is no longer there.');
const settled = fail('conflict', 'This reply is settled already.');

export function replyHandlers({
  active,
  changed,
}: EngineContext): Pick<Handlers, 'replies.list' | 'replies.skipOrder' | 'replies.ignore'> {
  return {
    'replies.list': ({ cursor, onlyNeedsPerson }) => {
      const rows = listReplies(active().db, onlyNeedsPerson, readCursor(cursor), PAGE);
      return ok({
        rows: rows.map(({ view }) => view),
        nextCursor: toCursor(rows, PAGE, ({ sequence }) => sequence),
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
      const { store, db, clock } = active();
      const reply = findReplyView(db, replyId);
      if (reply === undefined) return gone;
      if (!reply.needsPerson) return settled;
      const { customerId, subscriptionId, orderDate } = reply;
      store.transaction(() => {
        const decision = { reason: 'ignored_by_person', customerId, subscriptionId, orderDate } as const;
        store.decideReply(replyId, reply.keyword, { ...decision, needsPerson: false });
        store.decide({ ...decision, fact: null, replyId }, clock.now());
      });
      changed();
      return ok({});
    },
  };
}
