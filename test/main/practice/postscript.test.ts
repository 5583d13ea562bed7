import { expect, it } from 'vitest';
import { day, hour, noticeOf, openShop } from './open-shop.ts';

const minute = 60_000;

it('refuses requests by key and by plan', async () => {
  const { urls } = await openShop();
  const ask = async (key?: string): Promise<number> =>
    (
      await fetch(`${urls.postscript}/api/v2/me`, {
        headers: key === undefined ? {} : { Authorization: `Bearer ${key}` },
      })
    ).status;
  expect(await ask()).toBe(401);
  expect(await ask('pk_practice')).toBe(401);
  expect(await ask('sk_somebody')).toBe(401);
  const closed = await openShop({ switches: { planAllowsApi: false } });
  const answer = await closed.postscript('/api/v2/me');
  expect(answer.status).toBe(403);
  expect(answer.body).toMatchObject({ errors: [{ type: 'v2.access_denied' }] });
});

it('names the shop, its keywords, and nothing that is not documented', async () => {
  const { postscript } = await openShop();
  expect((await postscript('/api/v2/me')).body).toMatchObject({ resource_type: 'shop' });
  expect((await postscript('/api/v2/keywords')).status).toBe(200);
  expect((await postscript('/api/v2/messages')).status).toBe(404);
  expect((await postscript('/v1/triggers')).status).toBe(404);
});

it('takes an event in with 202 and texts the phone a minute later', async () => {
  const { stateOf, sendEvent, advance, messagesOf, control } = await openShop();
  const state = await stateOf('Sybil');
  const answer = await sendEvent(noticeOf(state));
  expect(answer).toMatchObject({ status: 202, body: { event_ids: [expect.any(String)] } });
  expect(await messagesOf('Sybil')).toEqual([]);
  await advance(2 * minute);
  expect(await messagesOf('Sybil')).toMatchObject([
    {
      direction: 'to_customer',
      body:
        'Fern & Fable Coffee: Heads up: your upcoming subscription from Fern & Fable Coffee will ship in 3 days. ' +
        'Not quite ready? Just reply SKIP. To manage your subscription go to https://fern.example/account',
    },
  ]);
  expect((await control.ledger()).events).toMatchObject([
    {
      eventType: 'smartrr_upcoming_order',
      customerId: state.custRel.id,
      subscriptionId: state.id,
      orderDate: '2027-02-26',
      wasAnswered: true,
      wasDropped: false,
    },
  ]);
});

it('fills the default tags in, and a missing one as the switch says', async () => {
  for (const missingTag of ['blank', 'literal'] as const) {
    const { stateOf, sendEvent, advance, messagesOf } = await openShop({ switches: { missingTag } });
    const { custRel } = await stateOf('<script>alert(1)</script>');
    await sendEvent({ type: 'smartrr_subscription_created', phone: custRel.phone, properties: {} });
    await advance(2 * minute);
    expect((await messagesOf('<script>'))[0]?.body).toBe(
      'Fern & Fable Coffee: Hi <script>alert(1)</script>, thanks for your subscription! ' +
        `Manage your subscription by creating an account here: ${missingTag === 'blank' ? '' : '{account_page_link}'}`,
    );
  }
});

it('refuses an event without a usable type and writes nothing down', async () => {
  const { sendEvent, control } = await openShop();
  for (const type of [undefined, '', 'with space', 7]) {
    const answer = await sendEvent({ type, phone: '+12125550123' });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ errors: [{ loc: ['body', 'type'] }] });
  }
  expect((await control.ledger()).events).toEqual([]);
});

it('takes an event in for nobody, or for somebody unknown', async () => {
  const { sendEvent, control, advance } = await openShop();
  expect((await sendEvent({ type: 'smartrr_upcoming_order' })).status).toBe(202);
  expect((await sendEvent({ type: 'smartrr_upcoming_order', phone: '+19995550100' })).status).toBe(202);
  await advance(hour);
  expect((await control.ledger()).events).toMatchObject([{ customerId: null }, { customerId: null }]);
  expect((await control.phones('', 50)).every(({ messages }) => messages.length === 0)).toBe(true);
});

it.each([
  ['accept', 202, 2],
  ['dedupe', 202, 1],
  ['409', 409, 1],
] as const)('answers a repeated external_id: %s', async (externalId, status, texts) => {
  const { stateOf, sendEvent, advance, messagesOf, control } = await openShop({ switches: { externalId } });
  const event = noticeOf(await stateOf('Sybil'));
  expect((await sendEvent(event)).status).toBe(202);
  expect((await sendEvent(event)).status).toBe(status);
  await advance(hour);
  expect(await messagesOf('Sybil')).toHaveLength(texts);
  const { events } = await control.ledger();
  expect(events.map(({ wasDropped }) => wasDropped)).toEqual([false, externalId !== 'accept']);
});

it('limits requests by real time and says so in its own way', async () => {
  const { postscript } = await openShop({ switches: { ratePerSecond: 3, retryAfter: true } });
  const answers = await Promise.all(Array.from({ length: 8 }, () => postscript('/api/v2/me')));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThanOrEqual(4);
  expect(refused[0]?.body).toEqual({ error_code: 3002, error_message: 'Rate limit exceeded', success: false });
  expect(refused[0]?.headers.get('Retry-After')).toBe('1');
  const silent = await openShop({ switches: { ratePerSecond: 1 } });
  await silent.postscript('/api/v2/me');
  expect((await silent.postscript('/api/v2/me')).headers.get('Retry-After')).toBeNull();
});

it('finds subscribers by digits, as it stores them', async () => {
  const { postscript, stateOf } = await openShop();
  const { custRel } = await stateOf('Sybil');
  const digits = custRel.phone?.slice(1) ?? '';
  const found = await postscript(`/api/v2/subscribers?phone_number__eq=${digits}`);
  expect(found.body).toMatchObject({ subscribers: [{ phone_number: digits }] });
  expect((await postscript(`/api/v2/subscribers?phone_number__eq=%2B${digits}`)).body).toMatchObject({
    subscribers: [],
  });
  const opal = await stateOf('Opal');
  const stranger = await postscript(`/api/v2/subscribers?phone_number__eq=${opal.custRel.phone?.slice(1) ?? ''}`);
  expect(stranger.body).toMatchObject({ subscribers: [] });
  expect((await postscript('/api/v2/subscribers?page=1')).body).toMatchObject({ page_info: { page: 1 } });
});

it('holds texts during quiet hours, but not the answer to somebody who has just written', async () => {
  const { stateOf, sendEvent, control, messagesOf, advance } = await openShop();
  await control.advanceTo(Date.parse('2027-02-24T03:30:00.000Z'));
  const [sybil, petra] = [await stateOf('Sybil'), await stateOf('Petra')];
  await control.reply(petra.custRel.id, 'Hello?');
  const confirmation = (phone: string | null) => ({ type: 'smartrr_order_skipped', phone, properties: {} });
  await sendEvent(confirmation(sybil.custRel.phone));
  await sendEvent(confirmation(petra.custRel.phone));
  await advance(5 * minute);
  expect(await messagesOf('Sybil')).toHaveLength(0);
  expect(await messagesOf('Petra')).toHaveLength(2);
  await control.advanceTo(Date.parse('2027-02-24T12:59:00.000Z'));
  expect(await messagesOf('Sybil')).toHaveLength(0);
  await advance(minute);
  expect(await messagesOf('Sybil')).toHaveLength(1);
});

it('texts nobody who has opted out, or never opted in', async () => {
  const { stateOf, sendEvent, control, messagesOf, advance } = await openShop();
  const sybil = await stateOf('Sybil');
  await control.reply(sybil.custRel.id, 'STOP');
  await sendEvent(noticeOf(sybil));
  await sendEvent(noticeOf(await stateOf('Opal')));
  await advance(day);
  expect((await messagesOf('Sybil')).map(({ body }) => body)).toEqual([
    'STOP',
    'Fern & Fable Coffee: You are unsubscribed and will get no more texts.',
  ]);
  expect(await messagesOf('Opal')).toEqual([]);
  await control.reply(sybil.custRel.id, 'START');
  await sendEvent(noticeOf(sybil, 'again'));
  await advance(hour);
  expect(await messagesOf('Sybil')).toHaveLength(4);
});

it('serves legacy triggers where they are on', async () => {
  const { stateOf, postscript, advance, messagesOf, control } = await openShop({ switches: { legacyApi: true } });
  const { custRel } = await stateOf('Sybil');
  const name = 'Smartrr: Upcoming Order';
  expect(await postscript('/v1/triggers', 'POST', { name, tags: [] })).toMatchObject({ status: 200 });
  expect((await postscript('/v1/triggers')).body).toMatchObject([{ id: '1000', name }]);
  const subscriber = await postscript(`/v1/subscribers?phone_number=${custRel.phone?.slice(1) ?? ''}`);
  expect(subscriber.body).toMatchObject({ is_pending: false });
  const { id } = subscriber.body as { id: string };
  const tags = { account_page_link: 'https://fern.example/account' };
  expect((await postscript(`/v1/triggers/1000/subscribers/${id}`, 'POST', { tags })).status).toBe(200);
  await advance(hour);
  expect((await messagesOf('Sybil'))[0]?.body).toContain('https://fern.example/account');
  expect((await control.ledger()).events).toMatchObject([{ eventType: 'smartrr_upcoming_order' }]);
});
