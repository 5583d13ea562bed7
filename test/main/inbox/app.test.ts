import { describe, expect, it, onTestFinished } from 'vitest';
import { createInboxApp } from '../../../main/inbox/app.ts';
import { createInboxStore, type InboxStore } from '../../../main/inbox/store.ts';
import {
  makeWebhook,
  postLarge,
  readToken,
  serveInbox,
  signatureToken,
  signed,
  toListed,
  webhookSecret,
} from '../../helpers/inbox-server.ts';

describe('the webhook', () => {
  it('keeps an incoming message and hands it out', async () => {
    const { post, list } = await serveInbox();
    expect((await post(makeWebhook())).status).toBe(200);
    const { responses } = await toListed(await list());
    expect(responses).toEqual([
      {
        id: 'im_1b2a005a386281c9',
        subscriber_id: 's_1234567abcd',
        shopify_customer_id: null,
        from_number: '+15555555555',
        body: 'Hello, world',
        is_opt_out: false,
        received_at: 1_700_000_000_000,
      },
    ]);
  });

  it('is durable before it answers: another connection reads the row after the 200', async () => {
    const { post, path } = await serveInbox();
    await post(makeWebhook());
    const other = createInboxStore(path);
    onTestFinished(() => other.close());
    expect(other.listAfter('', 10)?.replies).toHaveLength(1);
  });

  it.each([
    ['nothing', {}],
    ['only the signature', { 'Postscript-Signature': signatureToken }],
    ['only our secret', { 'X-Heads-Up-Secret': webhookSecret }],
    ['a wrong signature', { ...signed, 'Postscript-Signature': 'forged' }],
    ['a wrong secret', { ...signed, 'X-Heads-Up-Secret': `${webhookSecret}x` }],
    ['empty values', { 'Postscript-Signature': '', 'X-Heads-Up-Secret': '' }],
    ['the two swapped', { 'Postscript-Signature': webhookSecret, 'X-Heads-Up-Secret': signatureToken }],
  ])('refuses a call that shows %s', async (_name, headers) => {
    const { post, list } = await serveInbox();
    const response = await post(makeWebhook(), headers as Record<string, string>);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ error: 'not authorised' });
    expect((await toListed(await list())).responses).toEqual([]);
  });

  it('changes nothing when the same message comes again, also with another text', async () => {
    const { post, list, clock } = await serveInbox();
    await post(makeWebhook());
    clock.now += 300_000;
    expect((await post(makeWebhook())).status).toBe(200);
    expect((await post(makeWebhook({ body: 'replayed with other words' }))).status).toBe(200);
    const { responses } = await toListed(await list());
    expect(responses).toMatchObject([{ body: 'Hello, world', received_at: 1_700_000_000_000 }]);
  });

  it('stores one row when the same message arrives many times at once', async () => {
    const { post, list } = await serveInbox();
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(makeWebhook())));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect((await toListed(await list())).responses).toHaveLength(1);
  });

  it.each(['shop.test', 'shop.subscriber.opt_out', 'shop.something_new'])(
    'answers 200 to %s and keeps nothing',
    async (event) => {
      const { post, list } = await serveInbox();
      expect((await post({ event, event_data: { anything: [1] } })).status).toBe(200);
      expect((await toListed(await list())).responses).toEqual([]);
    },
  );

  it.each([
    ['no JSON', 'SKIP'],
    ['an empty body', ''],
    ['a list', []],
    ['no event', { event_data: {} }],
    ['no event_data', { event: 'shop.incoming_message' }],
    ['no id', makeWebhook({ id: undefined })],
    ['an empty id', makeWebhook({ id: '' })],
    ['a number as text', makeWebhook({ body: 5 })],
    ['no sender', makeWebhook({ from_number: null })],
  ])('answers 400 to %s', async (_name, body) => {
    const { post, list } = await serveInbox();
    expect((await post(body)).status).toBe(400);
    expect((await toListed(await list())).responses).toEqual([]);
  });

  it('takes what the reference leaves open: no text, a number as customer id, missing fields', async () => {
    const { post, list } = await serveInbox();
    await post(makeWebhook({ id: 'im_1', body: null, shopify_customer_id: 6_001_002_003 }));
    await post({ event: 'shop.incoming_message', event_data: { id: 'im_2', from_number: '15555550100' } });
    expect((await toListed(await list())).responses).toMatchObject([
      { id: 'im_1', body: '', shopify_customer_id: '6001002003' },
      { id: 'im_2', body: '', subscriber_id: null, shopify_customer_id: null, is_opt_out: false },
    ]);
  });

  it('keeps hostile text as it came', async () => {
    const { post, list } = await serveInbox();
    const body = `'); DROP TABLE responses; -- <script>alert(1)</script> \u{1F4A9} \u202E\n${'x'.repeat(2000)}`;
    await post(makeWebhook({ body }));
    expect((await toListed(await list())).responses).toMatchObject([{ body }]);
  });

  it('refuses a body above 256 kB, said or unsaid', async () => {
    const { list, url } = await serveInbox();
    const large = JSON.stringify(makeWebhook({ body: 'x'.repeat(300 * 1024) }));
    const said = { ...signed, 'content-length': String(large.length) };
    expect(await postLarge(`${url}/webhooks/postscript`, large, said)).toBe(413);
    expect(await postLarge(`${url}/webhooks/postscript`, large, signed)).toBe(413);
    expect((await toListed(await list())).responses).toEqual([]);
  });

  it('answers 503 while the disk is full, so that Postscript comes again, and takes the message once there is room', async () => {
    const problems: string[] = [];
    const { post, list, path } = await serveInbox(
      { maxBytes: 128 * 1024 },
      { onProblem: ({ message }) => problems.push(message) },
    );
    const fill = (number: number) => post(makeWebhook({ id: `im_${number}`, body: 'x'.repeat(20_000) }));
    let stored = 0;
    let refused = await fill(stored);
    while (refused.status === 200 && stored < 100) refused = await fill((stored += 1));
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('300');
    expect(problems).toEqual(['database or disk is full']);
    expect((await toListed(await list())).responses).toHaveLength(stored);

    const other = createInboxStore(path);
    onTestFinished(() => other.close());
    other.purgeBefore(Number.MAX_SAFE_INTEGER);
    expect((await fill(stored)).status).toBe(200);
    expect((await toListed(await list())).responses).toMatchObject([{ id: `im_${stored}` }]);
  });

  it('answers 404 elsewhere and has no GET on the webhook', async () => {
    const { url } = await serveInbox();
    expect((await fetch(`${url}/`)).status).toBe(404);
    expect((await fetch(`${url}/webhooks/postscript`, { headers: signed })).status).toBe(404);
  });
});

describe('GET /healthz', () => {
  it('is 200 while the store can be read and 503 when it cannot', async () => {
    const sound = await serveInbox();
    expect((await fetch(`${sound.url}/healthz`)).status).toBe(200);
    const store: InboxStore = {
      ...sound.store,
      check: () => {
        throw new Error('disk I/O error');
      },
    };
    const broken = await serveInbox({}, { store });
    expect((await fetch(`${broken.url}/healthz`)).status).toBe(503);
  });
});

it.each(['signatureToken', 'webhookSecret', 'readToken'] as const)('does not start with an empty %s', async (name) => {
  const { store } = await serveInbox();
  const options = { store, signatureToken, webhookSecret, readToken, now: Date.now, [name]: '' };
  expect(() => createInboxApp(options)).toThrow(name);
});

describe('the signature token that the console hands over', () => {
  const hand = (url: string, token: string, bearer = readToken) =>
    fetch(`${url}/signature-token`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });

  it('asks Postscript to come again until there is one, then takes the webhook', async () => {
    const inbox = await serveInbox({}, { signatureToken: null });
    const early = await inbox.post(makeWebhook());
    expect([early.status, early.headers.get('Retry-After')]).toEqual([503, '300']);
    expect((await hand(inbox.url, signatureToken)).status).toBe(200);
    expect((await inbox.post(makeWebhook())).status).toBe(200);
    expect((await toListed(await inbox.list())).responses).toHaveLength(1);
  });

  it('counts before the one from the environment', async () => {
    const inbox = await serveInbox();
    await hand(inbox.url, 'not-a-real-newer-signature');
    expect((await inbox.post(makeWebhook())).status).toBe(401);
    const headers = { ...signed, 'Postscript-Signature': 'not-a-real-newer-signature' };
    expect((await inbox.post(makeWebhook(), headers)).status).toBe(200);
  });

  it('is taken from the console only', async () => {
    const inbox = await serveInbox();
    expect((await hand(inbox.url, 'not-a-real-forged-signature', 'not-a-real-other-token')).status).toBe(401);
    expect((await inbox.post(makeWebhook())).status).toBe(200);
  });
});
