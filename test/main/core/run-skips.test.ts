import { describe, expect, it } from 'vitest';
import { hour, minute } from '../../helpers/core-shop.ts';
import { openPractice, type PracticeTestOptions } from '../../helpers/practice.ts';

/** Toni's order is on Wednesday, February 24; the next one is a month later. */
const applied = { orderDate: '2027-02-24', newOrderDate: '2027-03-24', by: 'API' };

async function setUp(options: PracticeTestOptions = {}) {
  const practice = await openPractice(options);
  await practice.playToNotices();
  return {
    ...practice,
    confirmations: async () => (await practice.texts('Toni')).filter((body) => /^\S+.*Confirmed!/.test(body)),
  };
}

const confirmed = expect.stringContaining('Your next order will be on March 24, 2027') as string;

describe('the skip procedure', () => {
  it('skips the noticed order once and confirms it with the platform’s own date', async () => {
    const { text, ourSkips, skipsAsked, confirmations, replyReasons, db } = await setUp();
    await text('Toni', 'SKIP');
    expect(await ourSkips()).toMatchObject([applied]);
    expect(await confirmations()).toEqual([confirmed]);
    expect(replyReasons()).toEqual(['skipped']);
    // To the letter what the platform wrote: without a date a repeat would take the following order (1.6).
    expect(skipsAsked()).toMatchObject([{ body: { date: '2027-02-24T14:30:00.000Z' } }]);
    expect(db.prepare('SELECT state, puts, new_order_date AS date FROM skips').all()).toEqual([
      { state: 'verified', puts: 1, date: '2027-03-24' },
    ]);
  });

  it.each(['reset_after', 'error_after', 'reset_before', 'error_before', 'stale_read', 'rate_limited'] as const)(
    'skips once and confirms once through %s',
    async (kind) => {
      const { text, fault, playTo, ourSkips, skipsAsked, confirmations, replyReasons } = await setUp();
      await fault(kind, 'PUT', '/skip');
      await text('Toni', 'SKIP');
      await playTo(2.5 * hour);
      expect(await ourSkips()).toMatchObject([applied]);
      expect(await confirmations()).toEqual([confirmed]);
      expect(replyReasons()).toEqual(['skipped']);
      for (const { body } of skipsAsked()) expect(body).toEqual({ date: '2027-02-24T14:30:00.000Z' });
    },
  );

  it.each(['timeout_before', 'timeout_after'] as const)('skips once and confirms once through %s', async (kind) => {
    const { text, fault, playTo, ourSkips, confirmations } = await setUp({
      timeoutMs: 400,
      shop: { faultHoldMs: 3000 },
    });
    await fault(kind, 'PUT', '/skip');
    await text('Toni', 'SKIP');
    await playTo(2.5 * hour);
    expect(await ourSkips()).toMatchObject([applied]);
    expect(await confirmations()).toEqual([confirmed]);
  });

  it('asks again only when the first request can no longer take effect', async () => {
    const { control, customerOf, fault, session, skipsAsked } = await setUp();
    await fault('reset_before', 'PUT', '/skip');
    await control.reply(await customerOf('Toni'), 'SKIP');
    await session.shop.replies();
    const askedAt = session.now();
    await session.advanceTo(askedAt + minute - 1);
    expect(skipsAsked()).toHaveLength(1);
    await session.advanceTo(askedAt + minute);
    expect(skipsAsked()).toHaveLength(2);
  });

  it('does not ask again while the log says that it was done', async () => {
    const { text, fault, playTo, ourSkips, skipsAsked } = await setUp();
    await fault('reset_after', 'PUT', '/skip');
    await text('Toni', 'SKIP');
    await playTo(12 * hour);
    expect(skipsAsked()).toHaveLength(1);
    expect(await ourSkips()).toHaveLength(1);
  });

  it('does not ask again for what was skipped and then taken back before it could be read', async () => {
    const { control, customerOf, stateOf, change, fault, playTo, session, ourSkips, skipsAsked, replyReasons } =
      await setUp();
    const state = await stateOf('Toni');
    await fault('reset_after', 'PUT', '/skip');
    await control.reply(await customerOf('Toni'), 'SKIP');
    await session.shop.replies();
    await change(state, 'unskip', { date: state.nextBillingDate });
    await playTo(12 * hour);
    expect(skipsAsked()).toHaveLength(1);
    expect(await ourSkips()).toHaveLength(1);
    expect(replyReasons()).toEqual(['skip_unclear']);
  });

  it.each(['noop', '422'] as const)(
    'asks at most twice, with the same date, where the second answer is %s',
    async (skipTwice) => {
      const { text, fault, playTo, ourSkips, skipsAsked, confirmations } = await setUp({
        shop: { switches: { skipTwice } },
      });
      // Applied, answered by a reset, and hidden from the readers for a while.
      await fault('error_before', 'PUT', '/skip');
      await fault('reset_after', 'PUT', '/skip');
      await text('Toni', 'SKIP');
      await playTo(2.5 * hour);
      expect(skipsAsked().map(({ body }) => body)).toEqual([
        { date: '2027-02-24T14:30:00.000Z' },
        { date: '2027-02-24T14:30:00.000Z' },
      ]);
      expect(await ourSkips()).toMatchObject([applied]);
      expect(await confirmations()).toEqual([confirmed]);
    },
  );

  it('gives the question to a person after two requests without any effect', async () => {
    const { text, fault, playTo, ourSkips, skipsAsked, confirmations, replyReasons } = await setUp();
    for (let count = 0; count < 5; count += 1) await fault('error_before', 'PUT', '/skip');
    await text('Toni', 'SKIP');
    await playTo(2.5 * hour);
    expect(skipsAsked()).toHaveLength(2);
    expect(await ourSkips()).toEqual([]);
    expect(await confirmations()).toEqual([]);
    expect(replyReasons()).toEqual(['skip_unclear']);
  });

  it('gives a request an hour to show, also when the platform could not be asked for longer before it', async () => {
    const { text, intercept, playTo, stateOf, change, skipsAsked, confirmations, replyReasons } = await setUp();
    const failed = { status: 500, body: { message: 'try again', status: 500 } };
    intercept(() => failed);
    await text('Toni', 'SKIP');
    await playTo(3 * hour);
    intercept(({ method }) => (method === 'PUT' ? failed : undefined));
    await playTo(3 * hour + 10 * minute);
    expect(skipsAsked()).toHaveLength(2);
    intercept(() => undefined);
    // What the platform had answered with an error, it applies after all.
    const state = await stateOf('Toni');
    await change(state, 'skip', { date: state.nextBillingDate });
    await playTo(3 * hour + 15 * minute);
    expect(replyReasons()).toEqual(['skipped']);
    expect(await confirmations()).toEqual([confirmed]);
  });

  it('waits while the platform cannot be asked, and then skips', async () => {
    const { text, fault, playTo, ourSkips, skipsAsked, confirmations } = await setUp();
    for (let count = 0; count < 6; count += 1) await fault('error_before', 'GET', '/events');
    await text('Toni', 'SKIP');
    await playTo(2 * hour);
    expect(skipsAsked()).toHaveLength(1);
    expect(await ourSkips()).toMatchObject([applied]);
    expect(await confirmations()).toEqual([confirmed]);
  });

  it('skips nothing when the order was moved meanwhile', async () => {
    const { stateOf, change, text, ourSkips, skipsAsked, confirmations, replyReasons } = await setUp();
    await change(await stateOf('Toni'), 'next-billing-date', { date: '2027-03-02T14:30:00.000Z' });
    await text('Toni', 'SKIP');
    expect(await ourSkips()).toEqual([]);
    expect(skipsAsked()).toEqual([]);
    expect(await confirmations()).toEqual([]);
    expect(replyReasons()).toEqual(['order_changed']);
  });

  it.each([
    ['paused', 'pause', { unpauseDate: '2027-03-20T14:30:00.000Z' }],
    ['cancelled', 'cancel', { reasonId: 'too-much' }],
  ])('skips nothing when the subscription was %s meanwhile', async (_, action, body) => {
    const { stateOf, change, text, skipsAsked, replyReasons } = await setUp();
    await change(await stateOf('Toni'), action, body);
    await text('Toni', 'SKIP');
    expect(skipsAsked()).toEqual([]);
    expect(replyReasons()).toEqual(['order_changed']);
  });

  it('does not skip again what somebody skipped on the platform meanwhile', async () => {
    const { stateOf, change, text, ourSkips, skipsAsked, replyReasons } = await setUp();
    const state = await stateOf('Toni');
    await change(state, 'skip', { date: state.nextBillingDate });
    await text('Toni', 'SKIP');
    expect(await ourSkips()).toHaveLength(1);
    expect(skipsAsked()).toEqual([]);
    expect(replyReasons()).toEqual(['already_skipped']);
  });

  it('says in the platform’s words that it refused, and asks no more', async () => {
    const { text, intercept, playTo, ourSkips, skipsAsked, confirmations, replyReasons, db } = await setUp();
    intercept(({ method }) =>
      method === 'PUT' ? { status: 422, body: { message: 'This order is locked', status: 422 } } : undefined,
    );
    await text('Toni', 'SKIP');
    await playTo(2.5 * hour);
    expect(skipsAsked()).toHaveLength(1);
    expect(await ourSkips()).toEqual([]);
    expect(await confirmations()).toEqual([]);
    expect(replyReasons()).toEqual(['skip_refused']);
    expect(db.prepare('SELECT detail, needs_person FROM replies').all()).toEqual([
      { detail: expect.stringContaining('This order is locked') as string, needs_person: 1 },
    ]);
  });

  it('believes no answer that does not show a later order', async () => {
    const { text, intercept, playTo, smartrr, stateOf, skipsAsked, confirmations, replyReasons } = await setUp();
    const { shopifyId } = await stateOf('Toni');
    const unchanged = (await smartrr(`purchase-state/${shopifyId}`)).body;
    intercept(({ method }) => (method === 'PUT' ? { status: 200, body: unchanged } : undefined));
    await text('Toni', 'SKIP');
    await playTo(2.5 * hour);
    expect(skipsAsked()).toHaveLength(2);
    expect(await confirmations()).toEqual([]);
    expect(replyReasons()).toEqual(['skip_unclear']);
  });

  it('tries again what was refused for the key, without counting it as asked', async () => {
    const { text, intercept, playTo, ourSkips, confirmations, db } = await setUp();
    intercept(({ method }) => (method === 'PUT' ? { status: 401, body: { message: 'no', status: 401 } } : undefined));
    await text('Toni', 'SKIP');
    await playTo(hour + 20 * minute);
    expect(db.prepare('SELECT state, puts FROM skips').all()).toEqual([{ state: 'planned', puts: 0 }]);
    intercept(() => undefined);
    await playTo(hour + 30 * minute);
    expect(await ourSkips()).toMatchObject([applied]);
    expect(await confirmations()).toEqual([confirmed]);
  });

  it('ends when the subscription is paused between reading and asking', async () => {
    const { text, intercept, stateOf, change, playTo, ourSkips, confirmations, replyReasons } = await setUp();
    const state = await stateOf('Toni');
    intercept(async ({ method }) => {
      if (method === 'PUT') await change(state, 'pause', { unpauseDate: '2027-03-20T14:30:00.000Z' });
      return undefined;
    });
    await text('Toni', 'SKIP');
    await playTo(2.5 * hour);
    expect(await ourSkips()).toEqual([]);
    expect(await confirmations()).toEqual([]);
    expect(replyReasons()).toEqual(['order_changed']);
  });

  it('does not skip an order whose charge has begun, whatever the clock says', async () => {
    const { text, intercept, stateOf, playTo, skipsAsked, replyReasons } = await setUp();
    const state = await stateOf('Toni');
    const bill = { id: 7, status: 'pending', retryCount: 0, billingDate: state.nextBillingDate };
    // As these bills need not say whose they are.
    const dated = { createdDate: state.updatedDate, updatedDate: state.updatedDate };
    intercept(({ path }) =>
      path.includes('/bills')
        ? { status: 200, body: { totalCount: 1, pageSize: 100, data: [{ ...bill, ...dated }] } }
        : undefined,
    );
    await text('Toni', 'SKIP');
    await playTo(2.5 * hour);
    expect(skipsAsked()).toEqual([]);
    expect(replyReasons()).toEqual(['past_cutoff']);
  });
});
