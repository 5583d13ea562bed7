import { describe, expect, it } from 'vitest';
import { createPostscriptClient } from '../../../../main/api/postscript/postscript-client.ts';
import { sendJson, serve, type Answerer } from '../loopback-server.ts';

const key = 'sk_practice_not_a_real_key';

async function setUp(answer: Answerer) {
  const server = await serve(answer);
  return { server, client: createPostscriptClient({ baseUrl: server.url, key: () => key }) };
}

function person(fields: Readonly<Record<string, unknown>>) {
  return {
    id: 's_1',
    ps_id: 42,
    phone_number: '15555550123',
    email: 'a@example.com',
    subscriptions: { promotional: { can_send: true }, transactional: { can_send: false } },
    ...fields,
  };
}

function page(...subscribers: unknown[]) {
  return { page_info: { page: 1, total_pages: 1 }, subscribers };
}

describe('me', () => {
  it('names the account behind the key', async () => {
    const { server, client } = await setUp((_seen, response) =>
      sendJson(response, 200, { resource_id: 'shop_1', resource_name: 'Fern', resource_type: 'shop', more: [] }),
    );
    expect(await client.me()).toEqual({ ok: true, value: { id: 'shop_1', name: 'Fern', type: 'shop' } });
    expect(server.seen).toMatchObject([
      { method: 'GET', path: '/api/v2/me', headers: { authorization: `Bearer ${key}` } },
    ]);
  });

  it.each([404, 405])('proves the key by reading subscribers when me answers %i', async (status) => {
    const { server, client } = await setUp((seen, response) =>
      seen.path === '/api/v2/me' ? sendJson(response, status, {}) : sendJson(response, 200, page()),
    );
    expect(await client.me()).toEqual({ ok: true, value: { id: null, name: null, type: null } });
    expect(server.seen.map(({ path, query }) => [path, query])).toEqual([
      ['/api/v2/me', []],
      ['/api/v2/subscribers', ['page=1']],
    ]);
  });

  it.each([
    [401, 'key_refused'],
    [403, 'plan_refused'],
    [429, 'rate_limited'],
    [500, 'server_error'],
  ])('asks nothing else after %i', async (status, kind) => {
    const { server, client } = await setUp((_seen, response) => sendJson(response, status, {}));
    expect(await client.me()).toMatchObject({ ok: false, error: { kind } });
    expect(server.seen).toHaveLength(1);
  });

  it('does not take any JSON for a proof', async () => {
    const { client } = await setUp((_seen, response) => sendJson(response, 200, { portal: 'Please log in' }));
    expect(await client.me()).toMatchObject({ ok: false, error: { kind: 'bad_answer' } });
  });
});

describe('findSubscriber', () => {
  it('asks with digits and compares digits', async () => {
    const { server, client } = await setUp((_seen, response) =>
      sendJson(response, 200, page(person({ id: 's_other', phone_number: '15555550999' }), person({}))),
    );
    expect(await client.findSubscriber('+1 (555) 555-0123')).toEqual({
      ok: true,
      value: {
        id: 's_1',
        phone: '15555550123',
        email: 'a@example.com',
        canSendPromotional: true,
        canSendTransactional: false,
      },
    });
    expect(server.seen.map(({ query }) => query)).toEqual([['phone_number__eq=15555550123']]);
  });

  it('asks again with a plus when digits find nobody', async () => {
    const { server, client } = await setUp((seen, response) =>
      sendJson(response, 200, seen.query[0]?.includes('+') ? page(person({ phone_number: '+15555550123' })) : page()),
    );
    expect(await client.findSubscriber('+15555550123')).toMatchObject({ ok: true, value: { id: 's_1' } });
    expect(server.seen.map(({ query }) => query)).toEqual([
      ['phone_number__eq=15555550123'],
      ['phone_number__eq=+15555550123'],
    ]);
  });

  it('finds nobody when the answer ignores the question', async () => {
    const stranger = person({ phone_number: '15555550999' });
    const { client } = await setUp((_seen, response) => sendJson(response, 200, page(stranger, null, { id: 7 })));
    expect(await client.findSubscriber('+15555550123')).toEqual({ ok: true, value: null });
  });

  it('does not guess consent that the answer does not state', async () => {
    const vague = { id: 12, phone_number: 15_555_550_123, subscriptions: { promotional: null, transactional: {} } };
    const { client } = await setUp((_seen, response) => sendJson(response, 200, page(vague)));
    expect(await client.findSubscriber('+15555550123')).toEqual({
      ok: true,
      value: { id: '12', phone: '15555550123', email: null, canSendPromotional: null, canSendTransactional: null },
    });
  });

  it('asks nothing when there is no digit in the number', async () => {
    const { server, client } = await setUp((_seen, response) => sendJson(response, 200, page()));
    expect(await client.findSubscriber('unknown')).toEqual({ ok: true, value: null });
    expect(server.seen).toEqual([]);
  });

  it('reports an answer without a list', async () => {
    const { client } = await setUp((_seen, response) => sendJson(response, 200, { subscribers: null }));
    expect(await client.findSubscriber('+15555550123')).toMatchObject({ ok: false, error: { kind: 'bad_answer' } });
  });
});

describe('webhooks', () => {
  const secret = 'our-practice-header-secret';
  const webhook = {
    id: '89066f0a-eb36-4ed8-b98c-606e6dcac715',
    callback_url: 'https://inbox.example/webhooks/postscript',
    event: 'shop.incoming_message',
    headers: { 'X-Heads-Up-Secret': secret },
  };
  const read = { id: webhook.id, callbackUrl: webhook.callback_url, event: webhook.event };

  it('lists them without their secret headers', async () => {
    const { client } = await setUp((_seen, response) =>
      sendJson(response, 200, { webhook_subscriptions: [webhook, 'odd', { event: 'without id' }] }),
    );
    expect(await client.listWebhooks()).toEqual({ ok: true, value: [read] });
  });

  it('creates one with our header', async () => {
    const { server, client } = await setUp((_seen, response) => sendJson(response, 200, webhook));
    const { callbackUrl, event } = read;
    expect(await client.createWebhook({ callbackUrl, event, headers: webhook.headers })).toEqual({
      ok: true,
      value: read,
    });
    expect(server.seen).toMatchObject([
      {
        method: 'POST',
        path: '/api/v2/webhooks',
        body: { callback_url: callbackUrl, event, headers: webhook.headers },
      },
    ]);
  });

  it('keeps our header secret when Postscript repeats it in an error', async () => {
    const { client } = await setUp((seen, response) => sendJson(response, 422, { message: 'no', input: seen.body }));
    const { callbackUrl, event } = read;
    const result = await client.createWebhook({ callbackUrl, event, headers: webhook.headers });
    expect(result).toMatchObject({ ok: false, error: { kind: 'rejected' } });
    expect(JSON.stringify(result)).not.toContain(secret);
  });

  it('deletes one by its id', async () => {
    const { server, client } = await setUp((_seen, response) => sendJson(response, 200, {}));
    expect(await client.deleteWebhook(webhook.id)).toEqual({ ok: true, value: null });
    expect(server.seen).toMatchObject([{ method: 'DELETE', path: `/api/v2/webhooks/${webhook.id}` }]);
  });

  it.each(['', '..', 'a/b', '../me', 'a?b'])('sends nothing for the id %j', async (id) => {
    const { server, client } = await setUp((_seen, response) => sendJson(response, 200, {}));
    expect(await client.deleteWebhook(id)).toMatchObject({ ok: false, error: { kind: 'rejected' } });
    expect(server.seen).toEqual([]);
  });

  it('reads the signature token', async () => {
    const { client } = await setUp((_seen, response) => sendJson(response, 200, { token: 'practice-signature' }));
    expect(await client.webhookToken()).toEqual({ ok: true, value: 'practice-signature' });
  });

  it.each([
    [404, { error_code: 3001 }],
    [200, {}],
    [200, { token: null }],
    [200, { token: '' }],
  ])('knows that there is no token yet after %i %j', async (status, body) => {
    const { client } = await setUp((_seen, response) => sendJson(response, status, body));
    expect(await client.webhookToken()).toEqual({ ok: true, value: null });
  });

  it('keeps nothing of a token answer that it cannot read', async () => {
    const { client } = await setUp((_seen, response) => sendJson(response, 200, ['practice-signature']));
    const result = await client.webhookToken();
    expect(result).toMatchObject({ ok: false, error: { kind: 'bad_answer' } });
    expect(JSON.stringify(result)).not.toContain('practice-signature');
  });
});
