import { describe, expect, it } from 'vitest';
import { testReplyPrefix } from '../../../shared/domain/replies.ts';
import { startRealShop } from '../../helpers/real-shop.ts';

/** Postscript and the inbox are connected and the webhook is registered; with `isRead` the customers are known too. */
async function setUp({ isRead = false, secret }: { isRead?: boolean; secret?: string } = {}) {
  const shop = await startRealShop();
  const { ask, until } = shop;
  await shop.savePostscript();
  await shop.saveInbox(undefined, secret);
  await ask('connections.registerWebhook', {});
  if (isRead) {
    await shop.saveSmartrr();
    await until(async () => (await ask('status.get', {})).lastSyncAt !== null);
  }
  const test = async () => {
    const view = await ask('connections.getInboxTest', {});
    if (view === null) throw new Error('Expected a test');
    return view;
  };
  return {
    ...shop,
    test,
    hops: async () => Object.fromEntries((await test()).hops.map(({ hop, state }) => [hop, state])),
    finish: () => until(async () => !(await test()).isRunning),
  };
}

describe('the test of the inbox with a text of its own', () => {
  it('proves the way to the inbox and back, and the text is nobody’s reply', async () => {
    const { ask, hops, finish, shop } = await setUp();
    const repliesBefore = (await ask('overview.get', {})).today.replies;
    await ask('connections.startInboxTest', { kind: 'sample' });
    await finish();
    expect(await hops()).toEqual({
      inbox_answers: 'passed',
      webhook_known: 'passed',
      sample_taken: 'passed',
      sample_read: 'passed',
    });

    // The inbox really has it, read with the same token as the console's.
    const { inboxToken } = shop.credentials;
    const listed = await fetch(`${shop.urls.inbox}/responses`, { headers: { authorization: `Bearer ${inboxToken}` } });
    const { responses } = (await listed.json()) as { responses: { id: string }[] };
    expect(responses.map(({ id }) => id)).toEqual([expect.stringMatching(`^${testReplyPrefix}`)]);
    expect((await ask('replies.listConversations', { cursor: null, onlyNeedsPerson: false })).rows).toEqual([]);
    expect((await ask('overview.get', {})).today.replies).toBe(repliesBefore);
    const decisions = (await ask('decisions.list', { cursor: null, customerId: null })).rows;
    expect(decisions.filter(({ replyId }) => replyId !== null)).toEqual([]);
  });

  it('lets a customer’s reply through that comes in beside it', async () => {
    const { ask, finish, shop, until } = await setUp({ isRead: true });
    await shop.control.advanceTo(Date.now());
    await shop.control.reply((await shop.stateOf('Toni')).custRel.id, 'When does it ship?');
    await ask('connections.startInboxTest', { kind: 'sample' });
    await finish();
    await until(
      async () => (await ask('replies.listConversations', { cursor: null, onlyNeedsPerson: true })).rows.length === 1,
    );
    expect((await ask('overview.get', {})).today.replies).toBe(1);
  });

  it('stops where the webhook is not registered, and says what to do', async () => {
    const { ask, test, hops, finish, postscript } = await setUp();
    postscript.twist(({ path }) => (path === '/api/v2/webhooks' ? () => ({ webhook_subscriptions: [] }) : undefined));
    await ask('connections.startInboxTest', { kind: 'sample' });
    await finish();
    expect(await hops()).toEqual({
      inbox_answers: 'passed',
      webhook_known: 'failed',
      sample_taken: 'waiting',
      sample_read: 'waiting',
    });
    expect((await test()).hops[1]?.nextStep).toBe('Register the webhook, then test again.');
  });

  it('finds a webhook secret that is not the inbox’s', async () => {
    const { ask, test, finish } = await setUp({ secret: 'not-the-secret-of-the-inbox' });
    await ask('connections.startInboxTest', { kind: 'sample' });
    await finish();
    expect((await test()).hops[2]).toMatchObject({
      state: 'failed',
      nextStep: expect.stringContaining('HEADS_UP_INBOX_WEBHOOK_SECRET') as unknown,
    });
  });

  it('holds no secret', async () => {
    const { ask, test, finish, shop } = await setUp();
    await ask('connections.startInboxTest', { kind: 'sample' });
    await finish();
    const said = JSON.stringify(await test());
    expect(said).not.toContain(shop.credentials.webhookSecret);
    expect(said).not.toContain(shop.credentials.inboxToken);
  });

  it('needs an inbox', async () => {
    const { call, ask } = await startRealShop();
    expect(await call('connections.startInboxTest', { kind: 'text' })).toMatchObject({
      error: { code: 'not_connected' },
    });
    expect(await ask('connections.getInboxTest', {})).toBeNull();
  });
});

describe('the test of the inbox with a text from a phone', () => {
  it('shows the text when it arrives, and handles it like any other', async () => {
    const { ask, test, hops, finish, shop, until } = await setUp({ isRead: true });
    await shop.control.advanceTo(Date.now());
    const customerId = (await shop.stateOf('Toni')).custRel.id;
    await shop.control.reply(customerId, 'An older text');
    await ask('connections.startInboxTest', { kind: 'text' });
    await until(
      async () => (await ask('replies.listConversations', { cursor: null, onlyNeedsPerson: false })).rows.length === 1,
    );
    expect(await hops()).toMatchObject({ text_read: 'running' });

    await shop.control.reply(customerId, 'Is anybody there?');
    await finish();
    expect(await test()).toMatchObject({
      hops: [{ state: 'passed' }, { state: 'passed' }, { hop: 'text_read', state: 'passed' }],
      reply: { body: 'Is anybody there?', customerName: 'Toni Twodays' },
    });
  });

  it('can be called off', async () => {
    const { ask, hops, until } = await setUp();
    await ask('connections.startInboxTest', { kind: 'text' });
    await until(async () => (await hops())['text_read'] === 'running');
    await ask('connections.cancelInboxTest', {});
    expect(await ask('connections.getInboxTest', {})).toBeNull();
  });
});

describe('a webhook secret that was changed', () => {
  it('reaches the webhook that Postscript has already', async () => {
    const { ask, saveInbox, postscript } = await setUp();
    await saveInbox(undefined, 'another-secret-of-the-inbox');
    postscript.asked.length = 0;
    expect((await ask('connections.registerWebhook', {})).message).toContain('already');
    expect(postscript.asked.filter(({ method }) => method !== 'GET')).toMatchObject([{ method: 'PATCH' }]);
  });
});
