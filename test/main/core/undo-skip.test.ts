import { describe, expect, it } from 'vitest';
import { askForUndo } from '../../../main/core/undo-skip.ts';
import { hour, minute } from '../../helpers/core-shop.ts';
import { openPractice, start, type PracticeTestOptions } from '../../helpers/practice.ts';

/** Toni's order of Wednesday, February 24, which is charged from 9:30 in New York on. */
const orderIso = '2027-02-24T14:30:00.000Z';
const cutoff = Date.parse(orderIso) - start;
const order = { orderDate: '2027-02-24', by: 'API' };
const conflict = { ok: false, error: { code: 'conflict' } };

/** Toni's order is skipped by her reply and confirmed. */
async function setUp(options: PracticeTestOptions = {}) {
  const practice = await openPractice(options);
  const { db, session, store, text, playToNotices, texts, ledger, smartrrSeen } = practice;
  await playToNotices();
  await text('Toni', 'SKIP');
  const undo = () =>
    askForUndo(store, db.prepare<[], number>('SELECT max(id) FROM skips').pluck().get() ?? 0, session.now());
  return {
    ...practice,
    /** A person asks, and the replies lane runs; the clock stands still. */
    undo: async () => {
      const asked = undo();
      await session.shop.replies();
      return asked;
    },
    /** Asks without letting anything run. */
    askOnly: undo,
    unskips: async () => (await ledger()).unskips,
    unskipsAsked: () => smartrrSeen.filter(({ method, path }) => method === 'PUT' && path.endsWith('/unskip')),
    confirmations: async () => (await texts('Toni')).filter((body) => /Confirmed!/.test(body)),
    skips: () => db.prepare<[], string>('SELECT state FROM skips ORDER BY id').pluck().all(),
    reply: () =>
      db.prepare('SELECT reason, new_order_date AS newOrderDate, needs_person AS needsPerson FROM replies').get(),
  };
}

describe('taking a skip back', () => {
  it('unskips exactly that order once, with the date to the letter, and reads it back', async () => {
    const { undo, unskips, unskipsAsked, skips, reply, stateOf } = await setUp();
    expect(await undo()).toEqual({ ok: true, value: {} });
    expect(await unskips()).toMatchObject([order]);
    expect(unskipsAsked().map(({ body }) => body)).toEqual([{ date: orderIso }]);
    expect((await stateOf('Toni')).nextBillingDate).toBe(orderIso);
    expect(skips()).toEqual(['undone']);
    expect(reply()).toEqual({ reason: 'undone', newOrderDate: null, needsPerson: 0 });
  });

  it('sends nothing: the order has its notice already, and it is charged on its day', async () => {
    const { undo, playTo, texts, eventsOf, db } = await setUp();
    const before = await texts('Toni');
    await undo();
    await playTo(cutoff + 3 * hour);
    expect(await texts('Toni')).toEqual(before);
    expect(await eventsOf('upcoming_order', 'Toni')).toHaveLength(1);
    expect(db.prepare("SELECT status FROM bills WHERE order_date = '2027-02-24'").pluck().all()).toContain('succeeded');
  });

  it.each(['reset_after', 'error_after', 'reset_before', 'error_before', 'stale_read', 'rate_limited'] as const)(
    'is done once through %s',
    async (kind) => {
      const { undo, fault, playTo, unskips, unskipsAsked, skips } = await setUp();
      await fault(kind, 'PUT', '/unskip');
      await undo();
      await playTo(2.5 * hour);
      expect(await unskips()).toMatchObject([order]);
      expect(skips()).toEqual(['undone']);
      for (const { body } of unskipsAsked()) expect(body).toEqual({ date: orderIso });
    },
  );

  it('does not ask again while the log says that it was done', async () => {
    const { undo, fault, playTo, unskips, unskipsAsked } = await setUp();
    await fault('reset_after', 'PUT', '/unskip');
    await undo();
    await playTo(12 * hour);
    expect(unskipsAsked()).toHaveLength(1);
    expect(await unskips()).toHaveLength(1);
  });

  it('asks again only when the first request can no longer take effect', async () => {
    const { askOnly, fault, session, unskipsAsked } = await setUp();
    await fault('reset_before', 'PUT', '/unskip');
    askOnly();
    await session.shop.replies();
    const askedAt = session.now();
    await session.advanceTo(askedAt + minute - 1);
    expect(unskipsAsked()).toHaveLength(1);
    await session.advanceTo(askedAt + minute);
    expect(unskipsAsked()).toHaveLength(2);
  });

  it('gives the question to a person after two requests without any effect', async () => {
    const { undo, fault, playTo, unskips, unskipsAsked, skips, reply } = await setUp();
    for (let count = 0; count < 5; count += 1) await fault('error_before', 'PUT', '/unskip');
    await undo();
    await playTo(3 * hour);
    expect(unskipsAsked()).toHaveLength(2);
    expect(await unskips()).toEqual([]);
    expect(skips()).toEqual(['undo_unclear']);
    expect(reply()).toMatchObject({ reason: 'undo_unclear', needsPerson: 1 });
  });

  it('waits while the platform cannot be asked', async () => {
    const { undo, fault, playTo, unskips } = await setUp();
    for (let count = 0; count < 6; count += 1) await fault('error_before', 'GET', '/events');
    await undo();
    expect(await unskips()).toEqual([]);
    await playTo(2 * hour);
    expect(await unskips()).toMatchObject([order]);
  });

  it('is possible until the cut-off of the skipped order, and not from then on', async () => {
    const first = await setUp();
    await first.playTo(cutoff - minute);
    expect(await first.undo()).toEqual({ ok: true, value: {} });
    expect(await first.unskips()).toMatchObject([order]);
    const second = await setUp();
    await second.playTo(cutoff);
    expect(await second.undo()).toMatchObject(conflict);
    expect(await second.unskips()).toEqual([]);
  });

  it('leaves the order skipped when the cut-off passes before it could be asked', async () => {
    const { playTo, askOnly, fault, unskipsAsked, skips, reply } = await setUp();
    await playTo(cutoff - minute);
    for (let count = 0; count < 4; count += 1) await fault('error_before', 'GET', '/events');
    askOnly();
    await playTo(cutoff + hour);
    expect(unskipsAsked()).toEqual([]);
    expect(skips()).toEqual(['verified']);
    expect(reply()).toMatchObject({ reason: 'undo_too_late', newOrderDate: '2027-03-24' });
  });

  it('is only for a skip that we did and proved, and only once', async () => {
    const { undo, askOnly, store, db, session } = await setUp();
    expect(askForUndo(store, 99, session.now())).toMatchObject({ ok: false, error: { code: 'not_found' } });
    for (const state of ['planned', 'sent', 'found', 'dropped', 'refused', 'unclear']) {
      db.prepare('UPDATE skips SET state = ?').run(state);
      expect(askOnly()).toMatchObject(conflict);
    }
    db.prepare("UPDATE skips SET state = 'verified'").run();
    await undo();
    expect(askOnly()).toMatchObject(conflict);
  });

  it('asks nothing when the customer took the skip back on the platform first', async () => {
    const { stateOf, change, undo, unskips, unskipsAsked, skips, reply } = await setUp();
    await change(await stateOf('Toni'), 'unskip', { date: orderIso });
    await undo();
    expect(unskipsAsked()).toEqual([]);
    expect(await unskips()).toHaveLength(1);
    expect(skips()).toEqual(['undone']);
    expect(reply()).toMatchObject({ reason: 'undo_found' });
  });

  it('leaves alone a skip that somebody made on the platform after ours had been taken back there', async () => {
    const { stateOf, change, undo, playTo, unskipsAsked, skips, reply } = await setUp();
    const state = await stateOf('Toni');
    await playTo(3 * hour);
    await change(state, 'unskip', { date: orderIso });
    await change(state, 'skip', { date: orderIso });
    await undo();
    expect(unskipsAsked()).toEqual([]);
    expect(skips()).toEqual(['undone']);
    expect(reply()).toMatchObject({ reason: 'undo_overtaken', newOrderDate: '2027-03-24' });
  });

  it('does not undo a new skip of the customer’s when its own answer was lost', async () => {
    const { stateOf, change, undo, fault, playTo, unskipsAsked, reply } = await setUp();
    const state = await stateOf('Toni');
    await fault('reset_after', 'PUT', '/unskip');
    await undo();
    await change(state, 'skip', { date: orderIso });
    await playTo(3 * hour);
    expect(unskipsAsked()).toHaveLength(1);
    expect(reply()).toMatchObject({ reason: 'undo_overtaken' });
    expect((await stateOf('Toni')).nextBillingDate).toBe('2027-03-24T13:30:00.000Z');
  });

  it('says in the platform’s words that it refused, and leaves the order skipped', async () => {
    const { undo, intercept, playTo, unskipsAsked, skips, db } = await setUp();
    intercept(({ method }) =>
      method === 'PUT' ? { status: 422, body: { message: 'This order is locked', status: 422 } } : undefined,
    );
    await undo();
    await playTo(3 * hour);
    expect(unskipsAsked()).toHaveLength(1);
    expect(skips()).toEqual(['verified']);
    expect(db.prepare('SELECT reason, detail, new_order_date AS date, needs_person FROM replies').all()).toEqual([
      {
        reason: 'undo_refused',
        detail: expect.stringContaining('This order is locked') as string,
        date: '2027-03-24',
        needs_person: 1,
      },
    ]);
  });

  it('believes no answer that does not show the order', async () => {
    const { undo, intercept, playTo, smartrr, stateOf, unskipsAsked, skips } = await setUp();
    const unchanged = (await smartrr(`purchase-state/${(await stateOf('Toni')).shopifyId}`)).body;
    intercept(({ method }) => (method === 'PUT' ? { status: 200, body: unchanged } : undefined));
    await undo();
    await playTo(3 * hour);
    expect(unskipsAsked()).toHaveLength(2);
    expect(skips()).toEqual(['undo_unclear']);
  });

  it.each(['noop', '422'] as const)('leaves it when the subscription was paused meanwhile (%s)', async (skipTwice) => {
    const { stateOf, change, askOnly, session, unskipsAsked, skips, reply } = await setUp({
      shop: { switches: { skipTwice } },
    });
    const state = await stateOf('Toni');
    askOnly();
    await change(state, 'pause', { unpauseDate: '2027-03-20T14:30:00.000Z' });
    await session.shop.replies();
    expect(unskipsAsked()).toEqual([]);
    expect(skips()).toEqual(['verified']);
    expect(reply()).toMatchObject({ reason: 'undo_ended' });
  });
});

describe('a SKIP after an undo', () => {
  it('skips the same order again, exactly once, and says that no second confirmation goes out', async () => {
    const { undo, text, playTo, ourSkips, unskips, confirmations, skips, replyReasons, db, eventsOf } = await setUp();
    await undo();
    await text('Toni', 'SKIP');
    await text('Toni', 'SKIP');
    await playTo(12 * hour);
    expect(await ourSkips()).toMatchObject([order, order]);
    expect(await unskips()).toHaveLength(1);
    expect(await confirmations()).toHaveLength(1);
    expect(await eventsOf('skipped_order', 'Toni')).toHaveLength(1);
    expect(skips()).toEqual(['undone', 'verified']);
    expect(replyReasons()).toEqual(['undone', 'skipped', 'already_skipped']);
    expect(db.prepare('SELECT detail FROM replies WHERE sequence = 2').pluck().get()).toBe(
      'The next order is on March 24, 2027. No second confirmation goes out.',
    );
    expect(
      db
        .prepare("SELECT count(*) FROM decisions WHERE reason = 'already_confirmed' AND delivery_id IS NOT NULL")
        .pluck()
        .get(),
    ).toBe(1);
  });

  it('can be taken back again, and asked again', async () => {
    const { undo, text, ourSkips, unskips, skips } = await setUp();
    await undo();
    await text('Toni', 'SKIP');
    expect(await undo()).toEqual({ ok: true, value: {} });
    await text('Toni', 'SKIP');
    expect(await unskips()).toHaveLength(2);
    expect(await ourSkips()).toHaveLength(3);
    expect(skips()).toEqual(['undone', 'undone', 'verified']);
  });

  it('calls an undo off that has not been asked for yet', async () => {
    const { askOnly, text, unskipsAsked, ourSkips, skips, replyReasons } = await setUp();
    askOnly();
    await text('Toni', 'SKIP');
    expect(unskipsAsked()).toEqual([]);
    expect(await ourSkips()).toHaveLength(1);
    expect(skips()).toEqual(['verified']);
    expect(replyReasons()).toEqual(['undo_overtaken', 'already_skipped']);
  });

  it('waits for a person while the undo may still be taking effect', async () => {
    const { undo, fault, control, customerOf, session, replyReasons, ourSkips } = await setUp();
    await fault('reset_before', 'PUT', '/unskip');
    await undo();
    await control.reply(await customerOf('Toni'), 'SKIP');
    await session.shop.replies();
    expect(replyReasons()).toEqual(['undo_asked', 'undo_under_way']);
    expect(await ourSkips()).toHaveLength(1);
  });

  it('leaves the log’s own entries without a line that blames the shop', async () => {
    const { undo, session, playTo, reasonsAbout } = await setUp();
    await undo();
    await session.shop.sync();
    await playTo(4 * hour);
    expect(await reasonsAbout('Toni', 'skipped_order')).toEqual(['queued', 'accepted']);
    expect(await reasonsAbout('Toni', 'upcoming_order')).toEqual(['queued', 'accepted', 'earlier_order_back']);
  });
});
