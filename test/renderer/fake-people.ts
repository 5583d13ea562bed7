import { defaultCopyOf } from '../../shared/domain/triggers.ts';
import type { ChannelsOf } from '../../shared/ipc/contract-part.ts';
import type { Handlers, Output } from '../../shared/ipc/contract.ts';
import type { ConversationView, SkipView, ThreadItem } from '../../shared/ipc/replies-contract.ts';
import type { ReplyView } from '../../shared/ipc/schemas.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { customers, DAY, dayFrom, HOUR, MINUTE, NOW, pageOf, pick, replies as sampleReplies } from './fake-data.ts';
import type { FakeShop } from './fake-triggers.ts';

type Shop = Pick<FakeShop, 'hasData' | 'changed' | 'now'>;

const gone = fail('not_found', 'This reply is no longer there.');

/** Replies and customers in memory. The first reply was skipped and can be taken back, the others are as they are. */
export function createFakePeople(shop: Shop): Readonly<{
  handlers: Pick<Handlers, ChannelsOf<'replies'> | ChannelsOf<'customers'>>;
  waiting: () => number;
}> {
  let replies: ReplyView[] = shop.hasData() ? [...sampleReplies] : [];
  const closed = new Map<string, ReplyView>();
  const skips = new Map<string, SkipView>(
    replies.filter(({ reason }) => reason === 'skipped').map((reply, index) => [reply.id, makeSkip(reply, index + 1)]),
  );

  function changeReply(id: string, change: Partial<ReplyView>): Result<Record<string, never>> {
    if (!replies.some((reply) => reply.id === id)) return gone;
    replies = replies.map((reply) => (reply.id === id ? { ...reply, ...change } : reply));
    return shop.changed({});
  }

  /** Each reply of the sample comes from a number of its own. */
  function threadOf(reply: ReplyView): ThreadItem[] {
    const skip = skips.get(reply.id) ?? null;
    const said: ThreadItem = { kind: 'reply', at: reply.receivedAt, reply, skip };
    if (reply.customerId === null) return [said];
    const notice = makeAccepted(reply, 'upcoming_order', reply.receivedAt - 40 * MINUTE);
    return skip === null
      ? [said, notice]
      : [makeAccepted(reply, 'skipped_order', reply.receivedAt + MINUTE), said, notice];
  }

  const handlers: ReturnType<typeof createFakePeople>['handlers'] = {
    'replies.listConversations': ({ cursor, onlyNeedsPerson }) =>
      ok(pageOf(replies.filter(({ needsPerson }) => needsPerson || !onlyNeedsPerson).map(toConversation), cursor)),
    'replies.getConversation': ({ replyId, cursor }) => {
      const reply = replies.find(({ id }) => id === replyId);
      return reply === undefined
        ? gone
        : ok({ conversation: toConversation(reply), ...pageOf(threadOf(reply), cursor) });
    },
    'replies.skipOrder': ({ replyId }) => changeReply(replyId, { reason: 'skip_asked_by_person', needsPerson: false }),
    'replies.ignore': ({ replyId }) => {
      const before = replies.find(({ id }) => id === replyId);
      if (before !== undefined) closed.set(replyId, before);
      return changeReply(replyId, { reason: 'ignored_by_person', detail: null, needsPerson: false });
    },
    'replies.reopen': ({ replyId }) => changeReply(replyId, closed.get(replyId) ?? {}),
    'replies.undoSkip': ({ skipId }) => {
      const [replyId, skip] = [...skips].find(([, { id }]) => id === skipId) ?? [];
      if (replyId === undefined || skip === undefined) return fail('not_found', 'This skip is not known.');
      skips.set(replyId, { ...skip, state: 'undone', undoUntil: null, newOrderDate: null });
      return changeReply(replyId, { reason: 'undone', newOrderDate: null });
    },
    'customers.search': ({ text }) => ok(found(text)),
    'customers.list': ({ text, cursor }) => ok(pageOf(found(text).map(withMask), cursor)),
    'customers.get': ({ id }) => {
      const customer = customers.find((row) => row.id === id);
      if (customer === undefined) return fail('not_found', 'There is no such customer.');
      return ok(makeDetail(customer, [...skips.values()]));
    },
    'customers.consent': ({ id }) => {
      const index = customers.findIndex((row) => row.id === id);
      if (index % 4 === 3)
        return fail('unreachable', 'Postscript could not be asked: it did not answer.', 'Try again.');
      return ok({
        askedAt: shop.now(),
        subscriber: index % 4 === 2 ? null : { canSendPromotional: index % 2 === 0, canSendTransactional: null },
      });
    },
  };

  function found(text: string): (typeof customers)[number][] {
    return shop.hasData() ? customers.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase())) : [];
  }

  return { handlers, waiting: () => replies.filter(({ needsPerson }) => needsPerson).length };
}

const withMask = <Row extends { readonly phone: string | null }>(row: Row): Row => ({
  ...row,
  phone: row.phone === null ? null : '+1 ••• ••• 01••',
});

function toConversation(reply: ReplyView): ConversationView {
  const { id, customerId, customerName, phone, receivedAt, body, reason, needsPerson } = reply;
  return { id, customerId, customerName, phone, lastAt: receivedAt, lastText: body, lastReason: reason, needsPerson };
}

function makeSkip({ id, subscriptionId, orderDate, newOrderDate, receivedAt }: ReplyView, number: number): SkipView {
  return {
    id: number,
    subscriptionId: subscriptionId ?? '',
    orderDate: orderDate ?? '',
    newOrderDate,
    state: 'verified',
    replyId: id,
    undoUntil: NOW + 22 * HOUR,
    at: receivedAt,
  };
}

function makeAccepted(reply: ReplyView, trigger: 'upcoming_order' | 'skipped_order', at: number): ThreadItem {
  return {
    kind: 'delivery',
    at,
    deliveryId: trigger === 'upcoming_order' ? 137 : 136,
    trigger,
    customerName: reply.customerName,
    orderDate: dayFrom(3),
    text: `Fern & Fable: ${defaultCopyOf(trigger)}`,
  };
}

function makeDetail(customer: (typeof customers)[number], skips: readonly SkipView[]): Output<'customers.get'> {
  const [first] = customer.subscriptions;
  const goesAt = first?.status === 'ACTIVE' ? NOW + DAY : null;
  const outcomes = ['sent', 'not_sent', 'needs_person', 'waiting'] as const;
  return {
    ...customer,
    phoneMasked: withMask(customer).phone,
    knownSince: NOW - 40 * DAY,
    isBaseline: true,
    subscriptions: customer.subscriptions.map((subscription, index) => ({
      ...subscription,
      nextNotice: {
        goesAt: index === 0 ? goesAt : null,
        reason: index === 0 && goesAt !== null ? null : index === 1 ? 'too_late' : 'subscription_paused',
        deliveryId: null,
      },
    })),
    skips: skips.filter(({ subscriptionId }) => customer.subscriptions.some(({ id }) => id === subscriptionId)),
    answers:
      first === undefined
        ? []
        : [
            {
              subscriptionId: first.id,
              orderDate: dayFrom(3),
              outcome: pick(outcomes, customers.indexOf(customer)),
              sentence:
                'For the order of March 18, 2027, the notice was handed to Postscript, which has accepted it; the order was skipped and the platform confirmed it.',
              nextStep: 'If no text came, ask Postscript below whether it may text this customer.',
              at: NOW - 3 * HOUR,
              deliveryId: 137,
              replyId: 'im_1',
            },
          ],
  };
}
