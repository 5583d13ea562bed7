import { describe, expect, it } from 'vitest';
import { createCustomEventsChannel } from '../../../../main/api/postscript/custom-events-channel.ts';
import { createPostscriptHttp } from '../../../../main/api/postscript/postscript-client.ts';
import type { TriggerEvent } from '../../../../shared/domain/remote.ts';
import { closedPort, sendJson, serve, type Answerer } from '../loopback-server.ts';

const key = 'sk_practice_not_a_real_key';

const event: TriggerEvent = {
  eventType: 'smartrr_upcoming_order',
  legacyName: 'Smartrr: Upcoming Order',
  phone: '+15555550123',
  email: 'a@example.com',
  externalId: 'hu-upcoming-1',
  occurredAt: Date.UTC(2026, 7, 1, 14, 3, 22, 123),
  properties: { account_page_link: 'https://fern.example/account', order_total: 42.5, is_test: false },
};

const body = {
  type: 'smartrr_upcoming_order',
  phone: '+15555550123',
  email: 'a@example.com',
  occurred_at: '2026-08-01 14:03:22.123000',
  external_id: 'hu-upcoming-1',
  properties: { account_page_link: 'https://fern.example/account', order_total: 42.5, is_test: false },
};

async function setUp(answer: Answerer) {
  const server = await serve(answer);
  return { server, channel: createCustomEventsChannel(createPostscriptHttp({ baseUrl: server.url, key: () => key })) };
}

describe('createCustomEventsChannel', () => {
  it('hands over exactly what the preview shows', async () => {
    const { server, channel } = await setUp((_seen, response) => sendJson(response, 202, { event_ids: ['1234-abcd'] }));
    expect(channel.preview(event)).toEqual({ method: 'POST', path: '/api/v2/events', body });
    expect(await channel.send(event)).toEqual({
      kind: 'accepted',
      status: 202,
      eventId: '1234-abcd',
      body: '{"event_ids":["1234-abcd"]}',
    });
    expect(server.seen).toMatchObject([{ method: 'POST', path: '/api/v2/events', body }]);
  });

  it('leaves out who it is for when it only seeds the definition', async () => {
    const { server, channel } = await setUp((_seen, response) => sendJson(response, 202, { event_ids: [] }));
    await channel.send({ ...event, phone: null, email: null });
    expect(Object.keys(server.seen[0]?.body ?? {})).toEqual(['type', 'occurred_at', 'external_id', 'properties']);
  });

  it.each([
    [202, { event_ids: ['a', 'b'] }, 'a'],
    [200, { event_ids: [17] }, '17'],
    [201, { id: 'e-1' }, 'e-1'],
    [202, { event_ids: null, id: 5 }, '5'],
    [202, { event_ids: 'odd' }, null],
    [202, {}, null],
    [202, [], null],
    [202, null, null],
  ])('accepts %i %j', async (status, answer, eventId) => {
    const { channel } = await setUp((_seen, response) => sendJson(response, status, answer));
    expect(await channel.send(event)).toMatchObject({ kind: 'accepted', status, eventId });
  });

  it('accepts a 2xx without a body', async () => {
    const { channel } = await setUp((_seen, response) => void response.writeHead(202).end());
    expect(await channel.send(event)).toEqual({ kind: 'accepted', status: 202, eventId: null, body: null });
  });

  it('takes 409 for an event that is already there', async () => {
    const { channel } = await setUp((_seen, response) => sendJson(response, 409, { error: 'duplicate external_id' }));
    expect(await channel.send(event)).toEqual({
      kind: 'already_there',
      status: 409,
      body: '{"error":"duplicate external_id"}',
    });
  });

  it.each([
    [400, 'rejected'],
    [401, 'key_refused'],
    [403, 'plan_refused'],
    [404, 'not_found'],
    [422, 'rejected'],
    [429, 'rate_limited'],
    [500, 'server_error'],
    [503, 'server_error'],
  ])('sends once and reports %i as %s', async (status, kind) => {
    const { server, channel } = await setUp((_seen, response) => sendJson(response, status, {}));
    expect(await channel.send(event)).toMatchObject({ kind: 'error', error: { kind, status } });
    expect(server.seen).toHaveLength(1);
  });

  it('does not call a web page with 202 accepted', async () => {
    const { channel } = await setUp((_seen, response) => void response.writeHead(202).end('<html>proxy</html>'));
    expect(await channel.send(event)).toMatchObject({ kind: 'error', error: { kind: 'bad_answer', status: 202 } });
  });

  it('tells a request that never left from one that was not answered', async () => {
    const http = createPostscriptHttp({ baseUrl: `http://127.0.0.1:${await closedPort()}`, key: () => key });
    expect(await createCustomEventsChannel(http).send(event)).toMatchObject({ error: { kind: 'not_sent' } });
    const { server, channel } = await setUp((_seen, response) => void response.socket?.resetAndDestroy());
    expect(await channel.send(event)).toMatchObject({ kind: 'error', error: { kind: 'no_answer' } });
    expect(server.seen).toHaveLength(1);
  });

  it.each(['', 'order skipped', 'order-skipped', 'order.skipped', 'ordré'])(
    'sends nothing with the event type %j',
    async (eventType) => {
      const { server, channel } = await setUp((_seen, response) => sendJson(response, 202, {}));
      expect(await channel.send({ ...event, eventType })).toMatchObject({ kind: 'error', error: { kind: 'rejected' } });
      expect(server.seen).toEqual([]);
    },
  );

  it('sends only scalars, whatever an old row may hold', async () => {
    const { server, channel } = await setUp((_seen, response) => sendJson(response, 202, {}));
    const stored = '{"a":"text","b":1,"c":true,"d":[1],"e":{"f":1},"g":null}';
    // What the type forbids, on purpose: a row written by an older version.
    const properties = JSON.parse(stored) as TriggerEvent['properties'];
    await channel.send({ ...event, properties: { ...properties, h: Number.NaN } });
    expect(server.seen[0]?.body).toMatchObject({ properties: { a: 'text', b: 1, c: true } });
    expect(JSON.stringify(server.seen[0]?.body)).not.toMatch(/"[degh]":/);
  });

  it('passes text through as data', async () => {
    const { server, channel } = await setUp((_seen, response) => sendJson(response, 202, {}));
    const properties = { product_titles: 'Café ☕ <script>alert(1)</script> "{first_name}" \u202Eabc' };
    await channel.send({ ...event, properties });
    expect(server.seen[0]?.body).toMatchObject({ properties });
  });

  it('lets Postscript set the time when the event has none that can be written', async () => {
    const { server, channel } = await setUp((_seen, response) => sendJson(response, 202, {}));
    await channel.send({ ...event, occurredAt: Number.NaN });
    expect(server.seen[0]?.body).not.toHaveProperty('occurred_at');
  });
});
