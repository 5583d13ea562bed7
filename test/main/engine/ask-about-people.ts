import { expect } from 'vitest';
import type { Output } from '../../../shared/ipc/contract.ts';
import type { startTestEngine } from '../../helpers/engine.ts';

type TestEngine = Awaited<ReturnType<typeof startTestEngine>>;

/** Every channel of replies and customers, for a customer who has skipped and then asked something. */
export async function askAboutPeople(
  { ask, call }: Pick<TestEngine, 'ask' | 'call'>,
  customer: Output<'customers.get'>,
): Promise<void> {
  const refused = async (result: ReturnType<typeof call>) => {
    const answer = await result;
    return answer.ok ? 'done' : answer.error.code;
  };
  const firstName = customer.name.split(' ')[0] ?? '';
  expect((await ask('customers.search', { text: firstName })).length).toBeGreaterThan(0);
  const { rows: listed } = await ask('customers.list', { text: firstName, cursor: null });
  expect(listed.find(({ id }) => id === customer.id)?.phone).toBe(customer.phoneMasked);
  expect(customer.answers[0]?.sentence).toMatch(/the notice was handed to Postscript.*skipped/);
  expect(await ask('customers.consent', { id: customer.id })).toMatchObject({
    subscriber: { canSendPromotional: true, canSendTransactional: true },
  });

  const { rows: conversations } = await ask('replies.listConversations', { cursor: null, onlyNeedsPerson: true });
  const conversation = conversations.find(({ customerId }) => customerId === customer.id);
  if (conversation === undefined) throw new Error('Expected a conversation that needs a person');
  const thread = await ask('replies.getConversation', { replyId: conversation.id, cursor: null });
  expect(thread.rows.map((item) => (item.kind === 'reply' ? item.reply.body : item.trigger))).toEqual([
    'And what about my address?',
    'skipped_order',
    'SKIP',
    'upcoming_order',
  ]);
  const [question] = thread.rows;
  if (question?.kind !== 'reply') throw new Error('Expected the newest to be a reply');
  const replyId = question.reply.id;
  await ask('replies.ignore', { replyId });
  expect(await refused(call('replies.ignore', { replyId }))).toBe('conflict');
  await ask('replies.reopen', { replyId });
  expect(await refused(call('replies.reopen', { replyId }))).toBe('conflict');
  const subscription = customer.subscriptions.find(({ status, nextOrderDate }) => status === 'ACTIVE' && nextOrderDate);
  const skipped = await refused(call('replies.skipOrder', { replyId, subscriptionId: subscription?.id ?? 'none' }));
  expect(['done', 'conflict']).toContain(skipped);
  expect(await refused(call('replies.ignore', { replyId: 'nobody’s' }))).toBe('not_found');

  const [, , first] = thread.rows;
  const skip = first?.kind === 'reply' ? first.skip : null;
  if (skip === null || skip.undoUntil === null) throw new Error('Expected a skip that can be taken back');
  await ask('replies.undoSkip', { skipId: skip.id });
  expect(await refused(call('replies.undoSkip', { skipId: skip.id }))).toBe('conflict');
}
