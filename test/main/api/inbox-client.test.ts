import { describe, expect, it } from 'vitest';
import { createInboxClient } from '../../../main/api/inbox-client.ts';
import { sendJson, serve, type Answerer } from './loopback-server.ts';

const token = 'practice-inbox-token';
const now = 1_800_000_000_000;

async function setUp(answer: Answerer) {
  const server = await serve(answer);
  return { server, client: createInboxClient({ baseUrl: server.url, token: () => token, now: () => now }) };
}

async function list(answer: unknown) {
  const { client } = await setUp((_seen, response) => sendJson(response, 200, answer));
  return client.listReplies('cursor-1', 100);
}

const entry = {
  id: 'im_1',
  subscriber_id: 's_1',
  shopify_customer_id: '987',
  from_number: '+15555550123',
  body: 'SKIP',
  is_opt_out: false,
  received_at: 1_790_000_000_000,
};

const reply = {
  id: 'im_1',
  subscriberId: 's_1',
  shopifyCustomerId: '987',
  fromNumber: '+15555550123',
  body: 'SKIP',
  isOptOut: false,
  receivedAt: 1_790_000_000_000,
};

describe('listReplies', () => {
  it('asks for what came after the cursor, with the token', async () => {
    const { server, client } = await setUp((_seen, response) =>
      sendJson(response, 200, { responses: [entry], next_cursor: 'cursor-2' }),
    );
    expect(await client.listReplies('cursor-1', 50)).toEqual({
      ok: true,
      value: { replies: [reply], nextCursor: 'cursor-2' },
    });
    expect(server.seen).toMatchObject([
      {
        method: 'GET',
        path: '/responses',
        query: ['after=cursor-1', 'limit=50'],
        headers: { authorization: `Bearer ${token}` },
      },
    ]);
  });

  it('starts at the beginning with an empty cursor', async () => {
    const { server, client } = await setUp((_seen, response) =>
      sendJson(response, 200, { responses: [], next_cursor: '' }),
    );
    expect(await client.listReplies('', 100)).toEqual({ ok: true, value: { replies: [], nextCursor: '' } });
    expect(server.seen[0]?.query).toEqual(['after=', 'limit=100']);
  });

  it('keeps its place when nothing is new and no cursor comes back', async () => {
    expect(await list({ responses: [] })).toEqual({ ok: true, value: { replies: [], nextCursor: 'cursor-1' } });
  });

  it('does not read on without a cursor after new replies', async () => {
    expect(await list({ responses: [entry], next_cursor: null })).toMatchObject({
      ok: false,
      error: { kind: 'bad_answer' },
    });
  });

  it('keeps what is known of a malformed entry that has an id', async () => {
    const odd = {
      id: 'im_2',
      subscriber_id: {},
      shopify_customer_id: 0,
      from_number: null,
      body: { text: 'hi' },
      is_opt_out: 'maybe',
      received_at: 'yesterday',
    };
    const result = await list({ responses: [odd, { id: 3 }, entry], next_cursor: 'c' });
    const empty = {
      subscriberId: null,
      shopifyCustomerId: null,
      fromNumber: '',
      body: '',
      isOptOut: false,
      receivedAt: now,
    };
    expect(result).toEqual({
      ok: true,
      value: { replies: [{ id: 'im_2', ...empty }, { id: '3', ...empty }, reply], nextCursor: 'c' },
    });
  });

  it.each([{ body: 'SKIP' }, null, 'text', { ...entry, id: '' }])(
    'names an entry without an id instead of losing it: %j',
    async (bad) => {
      const result = await list({ responses: [entry, bad], next_cursor: 'c' });
      expect(result).toMatchObject({
        ok: false,
        error: { kind: 'bad_answer', message: "The inbox's reply number 2 after the cursor has no id." },
      });
      expect(JSON.stringify(result)).not.toContain('SKIP');
    },
  );

  it('hands bodies on as data', async () => {
    const bodies = [
      '<img src=x onerror=alert(1)>',
      '{"a":1}',
      '   skip  ',
      '\u202Eskip',
      '😀'.repeat(100),
      'a\u0000b\n',
    ];
    const result = await list({
      responses: bodies.map((body, index) => ({ ...entry, id: `im_${index}`, body })),
      next_cursor: 'c',
    });
    expect(result.ok && result.value.replies.map(({ body }) => body)).toEqual(bodies);
  });

  it('cuts a body that no phone could have sent', async () => {
    const result = await list({ responses: [{ ...entry, body: 'x'.repeat(100_000) }], next_cursor: 'c' });
    expect(result.ok && result.value.replies[0]?.body.length).toBe(5000);
  });

  it('reads numbers and other spellings', async () => {
    const odd = { ...entry, shopify_customer_id: 987, is_opt_out: 1, received_at: '1790000000000', next: 'unknown' };
    expect(await list({ responses: [odd], next_cursor: 5 })).toEqual({
      ok: true,
      value: { replies: [{ ...reply, isOptOut: true }], nextCursor: '5' },
    });
  });

  it.each([{}, [], null, { responses: null }, { responses: {} }])(
    'does not take %j for an empty page',
    async (answer) => {
      expect(await list(answer)).toMatchObject({ ok: false, error: { kind: 'bad_answer' } });
    },
  );

  it.each([
    [401, 'key_refused'],
    [404, 'not_found'],
    [503, 'server_error'],
  ])('reports %i as %s', async (status, kind) => {
    const { client } = await setUp((_seen, response) => sendJson(response, status, { error: 'no' }));
    expect(await client.listReplies('', 10)).toMatchObject({ ok: false, error: { kind, status } });
  });
});

describe('health', () => {
  it('asks the inbox whether it is well', async () => {
    const { server, client } = await setUp((_seen, response) => sendJson(response, 200, { ok: true }));
    expect(await client.health()).toEqual({ ok: true, value: null });
    expect(server.seen).toMatchObject([{ method: 'GET', path: '/healthz' }]);
  });

  it('reports an inbox that cannot read its store', async () => {
    const { client } = await setUp((_seen, response) => sendJson(response, 503, { error: 'cannot store now' }));
    expect(await client.health()).toMatchObject({ ok: false, error: { kind: 'server_error' } });
  });
});
