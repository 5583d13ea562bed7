import { afterEach, describe, expect, it, vi } from 'vitest';
import { startKnocking } from '../../../main/engine/knocking.ts';
import { day, hour, minute, noon, openShopAtWork, repeated } from './shop-at-work.ts';

const isEvent = (path: string): boolean => path === '/api/v2/events';

afterEach(() => {
  vi.useRealTimers();
});

describe('a clock that jumps', () => {
  it.each([
    ['back a day', -day],
    ['back an hour', -hour],
    ['forward a day', day],
    ['forward a day and back again', 0],
  ])('%s: the jobs go on, nothing is texted twice and no order skipped twice', async (_name, jump) => {
    const { shop, pass, setClock, now, events, ourSkips, replyFrom, smartrr, inbox, texts, failureOf } =
      await openShopAtWork();
    await shop().runAll();
    await replyFrom('Toni', 'SKIP');
    await pass(hour);
    const before = (await events()).length;
    expect(before).toBeGreaterThan(2);

    if (jump === 0) {
      setClock(now() + day);
      await shop().runAll();
      setClock(now() - day);
    } else {
      setClock(now() + jump);
    }
    smartrr.asked.length = 0;
    inbox.asked.length = 0;
    await shop().knock();
    expect(smartrr.asked.length).toBeGreaterThan(0);
    expect(inbox.asked.length).toBeGreaterThan(0);

    await replyFrom('Anna', 'SKIP');
    await replyFrom('Toni', 'SKIP');
    for (let step = 0; step < 30; step += 1) await pass(2 * hour);
    expect([failureOf('sync'), failureOf('replies'), failureOf('deliver')]).toEqual([null, null, null]);
    expect((await events()).length).toBeGreaterThan(before);
    expect(repeated(await events())).toEqual([]);
    const orders = (await ourSkips()).map(({ subscriptionId, orderDate }) => `${subscriptionId} ${orderDate}`);
    expect(new Set(orders).size).toBe(orders.length);
    // A text that seems to be a day old is not acted on by itself; a person sees it.
    expect(texts("SELECT reason FROM replies WHERE reason NOT IN ('skipped','already_skipped','past_cutoff')")).toEqual(
      jump === day ? ['reply_too_old'] : [],
    );
  });

  it('back a day does not leave a skip waiting until the order is charged', async () => {
    const { shop, pass, setClock, now, smartrr, ourSkips, replyFrom, texts } = await openShopAtWork();
    await shop().runAll();
    await replyFrom('Anna', 'SKIP');
    // The platform cannot be asked just then, so the skip is put off for half a minute.
    smartrr.twist(() => ({ status: 503, type: 'text/html', body: '<h1>down</h1>' }));
    await pass(minute);
    expect(texts('SELECT state FROM skips')).toEqual(['planned']);
    smartrr.twist(undefined);
    setClock(now() - day);
    await pass(6 * minute);
    await pass(6 * minute);
    expect(await ourSkips()).toHaveLength(1);
    expect(texts('SELECT reason FROM replies')).toEqual(['skipped']);
  });

  it('back a day over a restart does not either', async () => {
    const { shop, pass, setClock, now, smartrr, ourSkips, replyFrom, restart } = await openShopAtWork();
    await shop().runAll();
    await replyFrom('Anna', 'SKIP');
    smartrr.twist(({ path }) => (path.includes('/events') ? { status: 503, type: 'text/html', body: '' } : undefined));
    await pass(minute);
    smartrr.twist(undefined);
    setClock(now() - day);
    restart();
    await pass(6 * minute);
    await pass(6 * minute);
    expect(await ourSkips()).toHaveLength(1);
  });

  it('back a day does not leave a text waiting that Postscript was too busy for', async () => {
    const { shop, pass, setClock, now, postscript, texts, events } = await openShopAtWork();
    postscript.twist(({ path }) =>
      isEvent(path)
        ? { status: 429, type: 'application/json', body: '{}', headers: { 'retry-after': '30' } }
        : undefined,
    );
    await shop().runAll();
    expect(texts('SELECT state FROM deliveries')).toEqual(['retrying', 'retrying']);
    postscript.twist(undefined);
    setClock(now() - 20 * hour);
    // Still inside the send window, by this clock too.
    expect(new Date(now()).toISOString()).toBe('2027-02-21T21:00:00.000Z');
    await pass(6 * minute);
    await pass(6 * minute);
    expect(texts('SELECT state FROM deliveries')).toEqual(['accepted', 'accepted']);
    expect(repeated(await events())).toEqual([]);
  });

  it('forward, and what was too late by the wrong clock has a reason on record', async () => {
    const { shop, pass, setClock, now, count, events } = await openShopAtWork();
    await shop().runAll();
    setClock(now() + 3 * day);
    await shop().runAll();
    setClock(now() - 3 * day);
    for (let step = 0; step < 60; step += 1) await pass(2 * hour);
    expect(repeated(await events())).toEqual([]);
    // Every order that came up meanwhile has a notice or a line that says why not.
    expect(
      count(`SELECT count(*) FROM bills WHERE status = 'succeeded' AND updated_at > ${noon} AND NOT EXISTS
        (SELECT 1 FROM decisions WHERE decisions.subscription_id = bills.subscription_id AND trigger = 'upcoming_order')`),
    ).toBe(0);
  });
});

it('the newest notice is the one that left last, not the one that a person marked as accepted last', async () => {
  const { shop, pass, postscript, store, texts, replyFrom, ourSkips, world, now } = await openShopAtWork();
  // The answer to the first of Sybil's notices is lost; she gets the second one two days later.
  postscript.twist(({ path }) =>
    isEvent(path) ? { status: 500, type: 'text/html', body: '<h1>oops</h1>' } : undefined,
  );
  await shop().runAll();
  await pass(day);
  postscript.twist(undefined);
  await pass(day);
  await pass(day);
  const { custRel } = await world.stateOf('Sybil');
  const notices = texts(
    `SELECT state || ' ' || order_date FROM deliveries WHERE customer_id = '${custRel.id}' ORDER BY order_date`,
  );
  expect(notices).toEqual(['unknown 2027-02-26', 'accepted 2027-02-28']);
  const [first] = texts(`SELECT id FROM deliveries WHERE customer_id = '${custRel.id}' ORDER BY order_date`);
  expect(store().markDeliveryAccepted(Number(first), now() + minute)).toBe(true);

  await replyFrom('Sybil', 'SKIP');
  await pass(5 * minute);
  expect((await ourSkips()).map(({ orderDate }) => orderDate)).toEqual(['2027-02-28']);
});

it.each([
  ['back a day', -day],
  ['back a minute', -minute],
  ['forward three days', 3 * day],
  ['forward ten years', 3653 * day],
])('the engine knocks on after its clock jumped %s', async (_name, jump) => {
  vi.useFakeTimers({ now: noon });
  let knocks = 0;
  const stop = startKnocking(() => (knocks += 1));
  await vi.advanceTimersByTimeAsync(minute);
  expect(knocks).toBeGreaterThanOrEqual(5);

  vi.setSystemTime(Date.now() + jump);
  knocks = 0;
  await vi.advanceTimersByTimeAsync(2 * minute);
  expect(knocks).toBeGreaterThanOrEqual(10);

  await stop();
  knocks = 0;
  await vi.advanceTimersByTimeAsync(minute);
  expect(knocks).toBe(0);
});
