import { describe, expect, it } from 'vitest';
import { allowVolume } from '../../../main/core/storm-guard.ts';
import { minute, noon, openShopAtWork, repeated, type ShopAtWork } from './shop-at-work.ts';
import type { Asked, RawAnswer, TwistingProxy } from './twisting-proxy.ts';

const refused: RawAnswer = { status: 401, type: 'application/json', body: '{"error":"The key was revoked."}' };

/** From the request with that number on, of those that fit, every one is refused; returns how many came since then. */
function revokeAt(proxy: TwistingProxy, number: number, fits: (asked: Asked) => boolean = () => true): () => number {
  let seen = 0;
  proxy.twist((asked) => {
    if (!fits(asked)) return undefined;
    seen += 1;
    return seen >= number ? refused : undefined;
  });
  return () => Math.max(0, seen - number + 1);
}

const isEvent = ({ path }: Asked): boolean => path === '/api/v2/events';

async function open(): Promise<ShopAtWork> {
  const work = await openShopAtWork({ practice: { customers: 120 }, settings: { leadDays: 7 } });
  allowVolume(work.store(), 500, noon);
  return work;
}

describe('the Postscript key is revoked in mid-run', () => {
  it.each([1, 6])('at request %i: the line is held, and a new key lets each leave once', async (number) => {
    const { shop, postscript, pass, hold, texts, events, store } = await open();
    const refusals = revokeAt(postscript, number, isEvent);
    await shop().runAll();
    expect(hold()).toMatchObject({ kind: 'key_refused' });
    // What was under way together with the first one that was refused, and nothing after it.
    const asked = refusals();
    expect(asked).toBeLessThanOrEqual(3);
    for (let again = 0; again < 6; again += 1) await pass(10 * minute);
    expect(refusals()).toBe(asked);

    postscript.twist(undefined);
    // As a saved key does.
    store().setMark('hold', null);
    await pass(minute);
    const received = await events();
    expect(received.length).toBeGreaterThan(10);
    expect(repeated(received)).toEqual([]);
    expect(texts("SELECT DISTINCT state FROM deliveries WHERE state <> 'suppressed'")).toEqual(['accepted']);
  });
});

describe('the Smartrr token is revoked in mid-run', () => {
  it.each([1, 3, 5])('at request %i of a first sync: it says so, and a new token ends it once', async (number) => {
    const { shop, smartrr, pass, events, count } = await open();
    const refusals = revokeAt(smartrr, number);
    await shop().runAll();
    expect(shop().connections.view('smartrr').state).toBe('refused');
    const before = refusals();
    for (let again = 0; again < 6; again += 1) await pass(10 * minute);
    // The sync alone tries it, with both numbers that its first page may have.
    expect(refusals() - before).toBeLessThanOrEqual(12);

    smartrr.twist(undefined);
    await pass(10 * minute);
    expect(shop().connections.view('smartrr')).toMatchObject({ state: 'ok', problem: null });
    expect(count('SELECT count(*) FROM subscriptions')).toBeGreaterThan(100);
    expect(repeated(await events())).toEqual([]);
  });

  it.each([1, 2, 4])('at request %i of the skips: each order is skipped once, with a new token', async (number) => {
    const { shop, smartrr, pass, ourSkips, texts, db, world } = await open();
    await shop().runAll();
    const noticed = db
      .prepare<[], string>(
        `SELECT customer_id FROM deliveries WHERE trigger = 'upcoming_order' AND state = 'accepted'
         GROUP BY customer_id ORDER BY min(order_date) DESC LIMIT 4`,
      )
      .pluck()
      .all();
    for (const id of noticed) await world.control.reply(id, 'SKIP');
    const refusals = revokeAt(smartrr, number);
    await shop().replies();
    // One that was refused is enough to know: the other three are not asked about.
    expect(refusals()).toBeLessThanOrEqual(1);
    expect(shop().connections.view('smartrr').state).toBe(refusals() === 0 ? 'ok' : 'refused');

    smartrr.twist(undefined);
    for (let again = 0; again < 4; again += 1) await pass(minute);
    const skips = await ourSkips();
    expect(new Set(skips.map(({ subscriptionId }) => subscriptionId)).size).toBe(skips.length);
    expect(texts('SELECT DISTINCT reason FROM replies')).toEqual(['skipped']);
    expect(skips).toHaveLength(noticed.length);
  });
});

describe('the read token of the inbox is revoked in mid-run', () => {
  it('at the second page: what was read is decided, and a new token brings the rest once', async () => {
    const { shop, inbox, pass, count, world } = await open();
    await shop().runAll();
    for (let index = 0; index < 3; index += 1) {
      const { custRel } = await world.stateOf('Anna');
      await world.control.reply(custRel.id, `Hello ${index}`);
    }
    const refusals = revokeAt(inbox, 2);
    await shop().replies();
    expect(refusals()).toBe(1);
    expect(shop().connections.view('inbox').state).toBe('refused');
    expect(count('SELECT count(*) FROM replies WHERE reason IS NULL')).toBe(0);
    inbox.twist(undefined);
    await pass(minute);
    expect(shop().connections.view('inbox').state).toBe('ok');
    expect(count('SELECT count(*) FROM replies')).toBe(3);
  });
});
