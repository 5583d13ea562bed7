import { describe, expect, it } from 'vitest';
import { readHold, clearHold } from '../../../main/core/hold.ts';
import { day, hour, minute, noon, reasonsOf } from '../../helpers/core-shop.ts';
import { accept, openOutbox } from '../../helpers/outbox.ts';
import { closedPort, sendJson, serveSockets, type Answerer } from '../api/loopback-server.ts';

const key = 'created:subscription-1';

/** Answers so the first time, and accepts from then on. */
const first =
  (answer: Answerer): Answerer =>
  (seen, response, count) =>
    count === 0 ? answer(seen, response, count) : accept(seen, response, count);

const setUp = openOutbox;

describe('a send that is accepted', () => {
  it('goes out once, named by its key, with one attempt on record', async () => {
    const { db, queue, deliver, sentIds, rows, attempts } = await setUp(accept);
    queue();
    queue();
    await deliver();
    await deliver(noon + day);
    expect(sentIds()).toEqual([key]);
    expect(rows()).toMatchObject([{ key, state: 'accepted', reason: 'accepted', attempts: 1 }]);
    expect(attempts()).toMatchObject([{ number: 1, origin: 'scheduled', outcome: 'accepted', httpStatus: 202 }]);
    expect(reasonsOf(db)).toEqual(['queued', 'accepted']);
  });

  it('goes to the customer’s newest number', async () => {
    const { store, queue, deliver, server } = await setUp(accept);
    queue();
    const customer = store.findCustomer('customer-1');
    if (customer === undefined) throw new Error('Expected the customer');
    store.saveCustomer({ ...customer, phone: '+12125550199' }, noon);
    await deliver();
    expect(server.seen[0]?.body).toMatchObject({ phone: '+12125550199', email: 'dana@mail.example' });
  });

  it('counts a 409 on its own id as accepted: Postscript has it already', async () => {
    const { queue, deliver, rows, sentIds } = await setUp((_seen, response) => sendJson(response, 409, { errors: [] }));
    queue();
    await deliver();
    await deliver(noon + day);
    expect(sentIds()).toEqual([key]);
    expect(rows()).toMatchObject([{ state: 'accepted', reason: 'already_accepted' }]);
  });
});

describe('a send that surely did not arrive', () => {
  it.each([
    ['when Postscript says when to come back', { 'Retry-After': '90' }, 90_000],
    ['when Postscript does not say', {}, 1500],
    ['not at once, even when Postscript says at once', { 'Retry-After': '0' }, 1000],
  ])('is tried again after a 429 %s, and arrives once', async (_, headers, waitMs) => {
    const { queue, deliver, rows, sentIds, attempts } = await setUp(
      first((_seen, response) => sendJson(response, 429, { error: 'slow down' }, headers)),
    );
    queue();
    await deliver();
    expect(rows()).toMatchObject([{ state: 'retrying', dueAt: noon + waitMs }]);
    await deliver(noon + waitMs - 1);
    expect(sentIds()).toHaveLength(1);
    await deliver(noon + waitMs);
    await deliver(noon + day);
    expect(rows()).toMatchObject([{ state: 'accepted', attempts: 2 }]);
    expect(sentIds()).toEqual([key, key]);
    expect(attempts().map(({ outcome }) => outcome)).toEqual(['rate_limited', 'accepted']);
  });

  it('waits longer after each 429, up to five minutes', async () => {
    const { queue, deliver, rows, now } = await setUp((_seen, response) => sendJson(response, 429, {}));
    queue({ deadlineAt: noon + 30 * day });
    const waits: number[] = [];
    for (let count = 0; count < 7; count += 1) {
      await deliver(rows()[0]?.dueAt);
      waits.push((rows()[0]?.dueAt ?? 0) - now());
    }
    expect(waits).toEqual([1500, 3750, 11_250, 45_000, 225_000, 225_000, 225_000]);
  });

  it('is tried again after a connection that was never made, and arrives once', async () => {
    const { deps, channelTo, queue, deliver, rows, sentIds } = await setUp(accept);
    queue();
    await deliver(noon, { channel: channelTo(`http://127.0.0.1:${await closedPort()}`) });
    expect(rows()).toMatchObject([{ state: 'retrying', attempts: 1 }]);
    await deliver(noon + minute, { channel: deps.channel });
    expect(rows()).toMatchObject([{ state: 'accepted', attempts: 2 }]);
    expect(sentIds()).toEqual([key]);
  });

  it('is given up when it has lost its point', async () => {
    const { db, queue, deliver, rows } = await setUp((_seen, response) => sendJson(response, 429, {}));
    queue({ deadlineAt: noon + hour });
    await deliver();
    await deliver(noon + hour + 1);
    expect(rows()).toMatchObject([{ state: 'suppressed', reason: 'outdated' }]);
    expect(reasonsOf(db)).toEqual(['queued', 'outdated']);
  });
});

const unclear: [string, Answerer][] = [
  ['500', (_seen, response) => sendJson(response, 500, { error: 'oops' })],
  ['502 from a proxy', (_seen, response) => response.writeHead(502).end('<html>Bad gateway</html>')],
  ['a web page with status 200', (_seen, response) => response.writeHead(200).end('<html>Log in</html>')],
  ['a truncated answer', (_seen, response) => response.writeHead(202).end('{"event_ids": ["e')],
  ['a redirect', (_seen, response) => response.writeHead(302, { location: 'https://elsewhere.example/' }).end()],
  ['a reset', (_seen, response) => response.socket?.resetAndDestroy()],
  [
    'an answer that breaks off',
    (_seen, response) => {
      response.writeHead(202, { 'content-length': '100' }).write('{');
      setImmediate(() => response.socket?.destroy());
    },
  ],
];

describe('a send without a clear answer', () => {
  it.each(unclear)('is never sent again by itself: %s', async (_, answer) => {
    const { db, queue, deliver, rows, sentIds, attempts } = await setUp(first(answer));
    queue();
    for (let days = 0; days <= 5; days += 1) await deliver(noon + days * day);
    expect(sentIds()).toEqual([key]);
    expect(rows()).toMatchObject([{ state: 'unknown', reason: 'unknown_outcome', attempts: 1 }]);
    expect(attempts()).toMatchObject([{ outcome: 'unknown' }]);
    expect(reasonsOf(db)).toEqual(['queued', 'unknown_outcome']);
  });

  it('is never sent again by itself: a timeout', async () => {
    const { deps, channelTo, queue, deliver, rows, sentIds } = await setUp(accept, { timeoutMs: 100 });
    const silent = await serveSockets(() => undefined);
    queue();
    await deliver(noon, { channel: channelTo(`http://127.0.0.1:${silent}`) });
    expect(rows()).toMatchObject([{ state: 'unknown' }]);
    for (let days = 1; days <= 5; days += 1) await deliver(noon + days * day, { channel: deps.channel });
    expect(sentIds()).toEqual([]);
  });

  it('is sent again once, with the same id, when a person asks for it', async () => {
    const { store, queue, deliver, rows, sentIds, attempts } = await setUp(
      first((_seen, response) => sendJson(response, 500, {})),
    );
    queue();
    await deliver();
    expect(store.reopenDelivery(1, noon)).toBe(true);
    await deliver();
    await deliver(noon + day);
    expect(sentIds()).toEqual([key, key]);
    expect(rows()).toMatchObject([{ state: 'accepted', attempts: 2 }]);
    expect(attempts().map(({ origin }) => origin)).toEqual(['scheduled', 'manual']);
    expect(store.reopenDelivery(1, noon)).toBe(false);
  });

  it('can be marked as accepted, and then neither sent nor marked again', async () => {
    const { store, queue, deliver, rows, sentIds } = await setUp((_seen, response) => sendJson(response, 500, {}));
    queue();
    await deliver();
    expect(store.markDeliveryAccepted(1, noon)).toBe(true);
    expect(store.markDeliveryAccepted(1, noon)).toBe(false);
    expect(store.reopenDelivery(1, noon)).toBe(false);
    await deliver(noon + day);
    expect(rows()).toMatchObject([{ state: 'accepted', reason: 'marked_accepted' }]);
    expect(sentIds()).toHaveLength(1);
  });

  it('is what a row becomes that a crash left in the middle', async () => {
    const { db, store, queue, deliver, rows, attempts, sentIds } = await setUp(accept);
    queue();
    store.claimDelivery({ id: 1, now: noon, phone: null, email: null, origin: 'scheduled', request: '{}' });
    expect(rows()).toMatchObject([{ state: 'sending' }]);
    await deliver(noon + day);
    expect(rows()).toMatchObject([{ state: 'unknown' }]);
    expect(attempts()).toMatchObject([{ outcome: 'unknown' }]);
    expect(sentIds()).toEqual([]);
    expect(reasonsOf(db)).toEqual(['queued', 'unknown_outcome']);
  });
});

describe('a send that Postscript refuses', () => {
  it.each([400, 404, 422])('fails with the fields that it named, and is not repeated: %i', async (status) => {
    const body = { errors: [{ loc: ['body', 'phone'], msg: 'is not a phone number', type: 'value_error' }] };
    const { db, queue, deliver, rows, sentIds, attempts } = await setUp((_seen, response) =>
      sendJson(response, status, body),
    );
    queue();
    await deliver();
    await deliver(noon + day);
    expect(sentIds()).toHaveLength(1);
    expect(rows()).toMatchObject([{ state: 'failed', reason: 'rejected' }]);
    expect(attempts()[0]?.message).toContain('phone: is not a phone number');
    expect(db.prepare("SELECT detail FROM decisions WHERE reason = 'rejected'").pluck().get()).toContain('phone');
  });

  it('holds the queue when the key is refused, and a new key lets it go out', async () => {
    let isKnown = false;
    const { store, queue, deliver, rows, sentIds } = await setUp((seen, response, count) =>
      isKnown ? accept(seen, response, count) : sendJson(response, 401, { error: 'no' }),
    );
    const keys = Array.from({ length: 10 }, (_, number) => `created:subscription-${number}`);
    for (const each of keys) queue({ key: each });
    await deliver();
    await deliver(noon + hour);
    expect(readHold(store, noon)?.kind).toBe('key_refused');
    const refused = sentIds().length;
    // Those that were under way together; the rest never left.
    expect(refused).toBeLessThanOrEqual(3);
    isKnown = true;
    clearHold(store, 'key_refused');
    await deliver(noon + 2 * hour);
    expect(new Set(rows().map(({ state }) => state))).toEqual(new Set(['accepted']));
    expect(sentIds()).toHaveLength(refused + 10);
    expect(new Set(sentIds().slice(refused))).toEqual(new Set(keys));
  });

  it('holds the queue at a plan gate, with the vendor’s words', async () => {
    const { store, queue, deliver, rows } = await setUp((_seen, response) =>
      sendJson(response, 403, { error: 'Your plan does not include the API' }),
    );
    queue();
    await deliver();
    expect(readHold(store, noon)).toMatchObject({ kind: 'plan_refused', since: noon });
    expect(readHold(store, noon)?.message).toContain('Your plan does not include the API');
    expect(rows()).toMatchObject([{ state: 'waiting', attempts: 1 }]);
  });
});
