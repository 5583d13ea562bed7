import { describe, expect, it } from 'vitest';
import {
  createLegacyTriggersChannel,
  type LegacyTriggersOptions,
} from '../../../../main/api/postscript/legacy-triggers-channel.ts';
import { createPostscriptHttp } from '../../../../main/api/postscript/postscript-client.ts';
import type { TriggerEvent } from '../../../../shared/domain/remote.ts';
import { sendJson, serve, type Answerer, type LoopbackServer } from '../loopback-server.ts';

const event: TriggerEvent = {
  eventType: 'smartrr_order_skipped',
  legacyName: 'Smartrr: Order Skipped',
  phone: '+15555550123',
  email: null,
  externalId: 'hu-skipped-1',
  occurredAt: 0,
  properties: { account_page_link: 'https://fern.example/account', new_delivery_date: 'May 1, 2027', own: 1 },
};

const trigger = { id: 't1', name: event.legacyName };
const subscriber = { id: 's1', phone_number: '15555550123', is_pending: false };

/** Answers of one kind of request; `POST /v1/triggers/t1/subscribers/s1` is `fire`. */
type Answers = Readonly<{ list?: Answerer; create?: Answerer; find?: Answerer; fire?: Answerer }>;

async function setUp(answers: Answers = {}, options?: LegacyTriggersOptions) {
  const server = await serve((seen, response, count) => {
    const answer =
      seen.path === '/v1/triggers'
        ? seen.method === 'GET'
          ? (answers.list ?? ((_seen, to) => sendJson(to, 200, [trigger])))
          : (answers.create ?? ((_seen, to) => sendJson(to, 200, trigger)))
        : seen.path === '/v1/subscribers'
          ? (answers.find ?? ((_seen, to) => sendJson(to, 200, [subscriber])))
          : (answers.fire ?? ((_seen, to) => sendJson(to, 200, { id: 'fired' })));
    answer(seen, response, count);
  });
  const http = createPostscriptHttp({ baseUrl: server.url, key: () => 'sk_practice_not_a_real_key' });
  return { server, channel: createLegacyTriggersChannel(http, options) };
}

function calls({ seen }: LoopbackServer): string[] {
  return seen.map(({ method, path, query }) => [method, path, ...query].join(' '));
}

const fireCall = 'POST /v1/triggers/t1/subscribers/s1';

describe('createLegacyTriggersChannel', () => {
  it('finds the trigger and the subscriber, then fires', async () => {
    const { server, channel } = await setUp();
    expect(await channel.send(event)).toMatchObject({ kind: 'accepted', status: 200, eventId: 'fired' });
    expect(calls(server)).toEqual(['GET /v1/triggers', 'GET /v1/subscribers phone_number=15555550123', fireCall]);
    expect(server.seen[2]?.body).toEqual({ tags: event.properties });
    expect(channel.preview(event).body).toEqual({ tags: event.properties });
  });

  it('can put the tag values into the body itself, because the documentation leaves it open', async () => {
    const { server, channel } = await setUp({}, { tagValues: 'whole_body' });
    await channel.send(event);
    expect(server.seen[2]?.body).toEqual(event.properties);
    expect(channel.preview(event).body).toEqual(event.properties);
  });

  it('creates a trigger that is not there, with its tags', async () => {
    const { server, channel } = await setUp({
      list: (_seen, to) => sendJson(to, 200, { triggers: [{ id: 9, name: 'x' }] }),
    });
    expect(await channel.send(event)).toMatchObject({ kind: 'accepted' });
    expect(server.seen[1]).toMatchObject({
      method: 'POST',
      path: '/v1/triggers',
      body: {
        name: 'Smartrr: Order Skipped',
        tags: [
          { label: 'Account page link', value: '{account_page_link}' },
          { label: 'New delivery date', value: '{new_delivery_date}' },
        ],
      },
    });
  });

  it('only registers the trigger when there is nobody to text', async () => {
    const { server, channel } = await setUp();
    expect(await channel.send({ ...event, phone: null })).toEqual({
      kind: 'accepted',
      status: 200,
      eventId: 't1',
      body: null,
    });
    expect(calls(server)).toEqual(['GET /v1/triggers']);
  });

  it('looks the trigger up once for sends that run at the same time and after each other', async () => {
    const { server, channel } = await setUp({ list: (_seen, to) => sendJson(to, 200, []) });
    await Promise.all([channel.send(event), channel.send(event), channel.send(event)]);
    await channel.send(event);
    expect(calls(server).filter((call) => call.endsWith('/v1/triggers'))).toEqual([
      'GET /v1/triggers',
      'POST /v1/triggers',
    ]);
  });

  it('looks the trigger up again after Postscript lost it', async () => {
    const { server, channel } = await setUp({
      fire: (_seen, to, count) => sendJson(to, count < 3 ? 404 : 200, {}),
    });
    expect(await channel.send(event)).toMatchObject({ kind: 'error', error: { kind: 'not_found' } });
    expect(await channel.send(event)).toMatchObject({ kind: 'accepted' });
    expect(calls(server).filter((call) => call === 'GET /v1/triggers')).toHaveLength(2);
  });

  it.each([
    { subscribers: [subscriber] },
    { subscriber },
    { data: [subscriber] },
    subscriber,
    [subscriber],
    [{ id: 's1' }],
    [{ id: 's9', phone_number: '15555550999' }, subscriber],
  ])('finds the subscriber in %j', async (answer) => {
    const { server, channel } = await setUp({ find: (_seen, to) => sendJson(to, 200, answer) });
    expect(await channel.send(event)).toMatchObject({ kind: 'accepted' });
    expect(calls(server)).toContain(fireCall);
  });

  it.each([
    [200, []],
    [200, {}],
    [200, { subscriber: null }],
    [200, { subscribers: [{ ...subscriber, is_pending: true }] }],
    [200, [{ id: 's9', phone_number: '15555550999' }]],
    [200, [{ id: 's8' }, { id: 's9' }]],
    [404, { error_code: 3001, error_message: 'Could not find subscriber', success: false }],
  ])('fires for nobody when the look-up answers %i %j', async (status, answer) => {
    const { server, channel } = await setUp({ find: (_seen, to) => sendJson(to, status, answer) });
    expect(await channel.send(event)).toMatchObject({ kind: 'error', error: { kind: 'not_found' } });
    expect(calls(server)).toEqual([
      'GET /v1/triggers',
      'GET /v1/subscribers phone_number=15555550123',
      'GET /v1/subscribers phone_number=+15555550123',
    ]);
  });

  it('asks by e-mail when the number is not known', async () => {
    const { server, channel } = await setUp({
      find: (seen, to) => sendJson(to, 200, seen.query[0] === 'email=a@example.com' ? [subscriber] : []),
    });
    expect(await channel.send({ ...event, email: 'a@example.com' })).toMatchObject({ kind: 'accepted' });
    expect(calls(server)).toContain('GET /v1/subscribers email=a@example.com');
  });

  it.each(['list', 'create', 'find'] as const)(
    'knows that nobody was texted when the step "%s" broke off or failed',
    async (step) => {
      const list: Answerer = (_seen, to) => sendJson(to, 200, step === 'create' ? [] : [trigger]);
      for (const broken of [
        ((_seen, to) => void to.socket?.resetAndDestroy()) satisfies Answerer,
        ((_seen, to) => sendJson(to, 500, {})) satisfies Answerer,
        ((_seen, to) => void to.writeHead(200).end('<html>')) satisfies Answerer,
      ]) {
        const { server, channel } = await setUp({ list, [step]: broken });
        expect(await channel.send(event)).toMatchObject({ kind: 'error', error: { kind: 'not_sent' } });
        expect(calls(server)).not.toContain(fireCall);
      }
    },
  );

  it.each([
    [401, 'key_refused'],
    [403, 'plan_refused'],
    [404, 'not_found'],
    [429, 'rate_limited'],
  ])('reports %i on the way as %s', async (status, kind) => {
    const { channel } = await setUp({ list: (_seen, to) => sendJson(to, status, {}) });
    expect(await channel.send(event)).toMatchObject({ kind: 'error', error: { kind, status } });
  });

  it('fires once and does not know what became of a fire that broke off', async () => {
    const { server, channel } = await setUp({ fire: (_seen, to) => void to.socket?.resetAndDestroy() });
    expect(await channel.send(event)).toMatchObject({ kind: 'error', error: { kind: 'no_answer' } });
    expect(calls(server).filter((call) => call === fireCall)).toHaveLength(1);
  });

  it('does not read 409 as our event being there, because v1 knows no external id', async () => {
    const { channel } = await setUp({ fire: (_seen, to) => sendJson(to, 409, {}) });
    expect(await channel.send(event)).toMatchObject({ kind: 'error', error: { kind: 'rejected', status: 409 } });
  });
});
