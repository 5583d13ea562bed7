import { describe, expect, it } from 'vitest';
import { pollReplies, type ReplySource } from '../../../main/core/handle-replies.ts';
import type { IncomingReply } from '../../../shared/domain/replies.ts';
import { defaultSettings } from '../../../shared/domain/settings.ts';
import { day, hour, minute, noon, openTestStore } from '../../helpers/core-shop.ts';
import { openPractice, start, type PracticeTestOptions } from '../../helpers/practice.ts';

const withoutNotices = { settings: { enabledTriggers: { ...defaultSettings.enabledTriggers, upcoming_order: false } } };

async function setUp(options: PracticeTestOptions = {}) {
  const practice = await openPractice(options);
  await practice.playToNotices();
  const { store, session, db } = practice;
  return {
    ...practice,
    /** A text from a number of nobody's. */
    textFromStranger: async (body: string) => {
      const now = session.now();
      const stranger = { subscriberId: null, shopifyCustomerId: null, fromNumber: '+13035550199', isOptOut: false };
      store.insertReply({ id: `im_${body}`, body, receivedAt: now, ...stranger }, '+13035550199', now);
      await session.shop.replies();
    },
    needsPerson: () => db.prepare<[], number>('SELECT count(*) FROM replies WHERE needs_person = 1').pluck().get(),
  };
}

describe('a SKIP after a notice', () => {
  it('skips once when it is sent twice', async () => {
    const { text, ourSkips, replyReasons, texts } = await setUp();
    await text('Toni', 'SKIP');
    await text('Toni', 'SKIP');
    expect(await ourSkips()).toMatchObject([{ orderDate: '2027-02-24' }]);
    expect(replyReasons()).toEqual(['skipped', 'already_skipped']);
    expect((await texts('Toni')).filter((body) => body.includes('Confirmed'))).toHaveLength(1);
  });

  it('skips once when it is sent twice before the first could be answered', async () => {
    const { control, customerOf, session, ourSkips, replyReasons } = await setUp();
    const toni = await customerOf('Toni');
    await control.reply(toni, 'SKIP');
    await control.reply(toni, 'skip please');
    await session.advanceTo(session.now() + 10 * minute);
    expect(await ourSkips()).toHaveLength(1);
    expect(replyReasons()).toEqual(['skipped', 'already_skipped']);
  });

  it('is one reply however often its webhook is delivered', async () => {
    const { text, fault, ourSkips, replyReasons, session, ledger } = await setUp();
    // The inbox stored it, but Postscript never heard so, and delivers it again.
    await fault('reset_after', 'POST', '/webhooks', 'inbox');
    await fault('error_after', 'POST', '/webhooks', 'inbox');
    await text('Toni', 'SKIP');
    await session.advanceTo(session.now() + 2 * hour);
    expect((await ledger()).faults).toMatchObject({ 'inbox:reset_after': 1, 'inbox:error_after': 1 });
    expect(replyReasons()).toEqual(['skipped']);
    expect(await ourSkips()).toHaveLength(1);
  });

  it('is too late once the billing run has begun', async () => {
    const { playTo, text, ourSkips, replyReasons, texts } = await setUp();
    await playTo(day + 23.5 * hour + minute);
    await text('Toni', 'SKIP');
    expect(await ourSkips()).toEqual([]);
    expect(replyReasons()).toEqual(['past_cutoff']);
    expect(await texts('Toni')).toHaveLength(1);
  });

  it.each(['SKIP!!', ' skip please. ', 'Skip it, thanks 🙏', 'pls skip'])('is understood as %j', async (body) => {
    const { text, ourSkips } = await setUp();
    await text('Toni', body);
    expect(await ourSkips()).toMatchObject([{ orderDate: '2027-02-24' }]);
  });

  it.each([
    ["please don't skip", 'not_understood', 1],
    ['Can I skip two orders?', 'not_understood', 1],
    ['stop', 'opt_out', 0],
    ['Cancel', 'opt_out', 0],
    ['', 'not_understood', 1],
  ])('is not what %j means', async (body, reason, people) => {
    const { text, ourSkips, replyReasons, needsPerson } = await setUp();
    await text('Toni', body);
    expect(await ourSkips()).toEqual([]);
    expect(replyReasons()).toEqual([reason]);
    expect(needsPerson()).toBe(people);
  });

  it('skips the order of the newest notice on a phone that two customers share', async () => {
    const { texts, text, ourSkips, ledger, replyReasons } = await setUp({ settings: { leadDays: 10 } });
    expect((await texts('Sam')).length).toBeGreaterThanOrEqual(2);
    await text('Sam', 'SKIP');
    const [reply] = (await ledger()).replies;
    expect(await ourSkips()).toMatchObject([reply?.namedOrder ?? {}]);
    await text('Sue', 'SKIP');
    expect(await ourSkips()).toHaveLength(1);
    expect(replyReasons()).toEqual(['skipped', 'already_skipped']);
  });

  it('takes a customer with several subscriptions by the order that the notice named', async () => {
    const { playTo, text, ourSkips, ledger, replyReasons } = await setUp();
    await playTo(day + 2 * hour);
    await text('Sybil', 'SKIP');
    expect((await ledger()).replies).toMatchObject([{ namedOrder: { orderDate: '2027-02-26' } }]);
    expect(await ourSkips()).toMatchObject([{ orderDate: '2027-02-26' }]);
    expect(replyReasons()).toEqual(['skipped']);
  });
});

describe('a SKIP after several notices, the newest of which may not have arrived', () => {
  it('waits for a person, who is told why', async () => {
    const { db, text, ourSkips, replyReasons, needsPerson, customerOf } = await setUp({ settings: { leadDays: 10 } });
    const notices = db
      .prepare<[string], number>("SELECT id FROM deliveries WHERE customer_id = ? AND state = 'accepted' ORDER BY id")
      .pluck()
      .all(await customerOf('Sybil'));
    expect(notices.length).toBeGreaterThan(1);
    // As a crash leaves it between the request and its answer.
    db.prepare("UPDATE deliveries SET state = 'unknown' WHERE id = ?").run(notices.at(-1));
    db.prepare("UPDATE attempts SET outcome = 'unknown' WHERE delivery_id = ?").run(notices.at(-1));
    await text('Sybil', 'SKIP');
    expect(await ourSkips()).toEqual([]);
    expect(replyReasons()).toEqual(['several_notices']);
    expect(needsPerson()).toBe(1);
  });
});

describe('a SKIP of an order that another customer is skipping', () => {
  it('stops nobody else’s reply', async () => {
    const { store, stateOf, control, customerOf, session, replyReasons } = await setUp();
    const { id } = await stateOf('Toni');
    // The subscription has changed hands: the skip under way is another customer's.
    const order = {
      subscriptionId: id,
      orderDate: '2027-02-24',
      customerId: 'somebody-else',
      nextAt: Number.MAX_SAFE_INTEGER,
    };
    store.insertSkip({ ...order, origin: 'person', replyId: 'im_other' }, session.now());
    await control.reply(await customerOf('Toni'), 'SKIP');
    await control.reply(await customerOf('Tom'), 'When does it ship?');
    await session.shop.replies();
    expect(replyReasons()).toEqual(['already_skipped', 'not_understood']);
  });
});

describe('a SKIP without a notice', () => {
  it('skips the next order of the only active subscription, and a second SKIP nothing more', async () => {
    const { text, ourSkips, replyReasons, texts } = await setUp(withoutNotices);
    expect(await texts('Toni')).toEqual([]);
    await text('Toni', 'SKIP');
    await text('Toni', 'SKIP');
    expect(await ourSkips()).toMatchObject([{ orderDate: '2027-02-24' }]);
    expect(replyReasons()).toEqual(['skipped', 'already_skipped']);
  });

  it('waits for a person where there are three subscriptions', async () => {
    const { text, ourSkips, replyReasons, needsPerson } = await setUp(withoutNotices);
    await text('Sybil', 'SKIP');
    expect(await ourSkips()).toEqual([]);
    expect(replyReasons()).toEqual(['several_subscriptions']);
    expect(needsPerson()).toBe(1);
  });

  it('waits for a person where there is no active subscription', async () => {
    const { text, replyReasons, needsPerson } = await setUp(withoutNotices);
    await text('Cara', 'SKIP');
    expect(replyReasons()).toEqual(['no_active_subscription']);
    expect(needsPerson()).toBe(1);
  });

  it('waits for a person when nobody is known with the number', async () => {
    const { textFromStranger, ourSkips, replyReasons, needsPerson } = await setUp();
    await textFromStranger('SKIP');
    await textFromStranger('hello?');
    expect(await ourSkips()).toEqual([]);
    expect(replyReasons()).toEqual(['unknown_number', 'not_understood']);
    expect(needsPerson()).toBe(2);
  });
});

describe('pollReplies', () => {
  const reply = (number: number): IncomingReply => ({
    id: `im_${number}`,
    subscriberId: null,
    shopifyCustomerId: null,
    fromNumber: '(212) 555-0123',
    body: 'SKIP',
    isOptOut: false,
    receivedAt: noon + 5 * day,
  });

  /** Pages of two, with a cursor that counts. */
  const source = (count: number): ReplySource => ({
    listReplies: async (after) => {
      const first = Number(after);
      const replies = [first, first + 1].filter((number) => number < count).map(reply);
      return { ok: true, value: { replies, nextCursor: String(first + replies.length) } };
    },
  });

  it('reads page after page and goes on where it was', async () => {
    const { db, store } = openTestStore();
    await pollReplies(store, source(5), () => noon);
    await pollReplies(store, source(7), () => noon);
    expect(db.prepare('SELECT id, phone, received_at AS at FROM replies ORDER BY sequence').all()).toEqual(
      // A clock that is ahead on the other side puts no reply into the future.
      [0, 1, 2, 3, 4, 5, 6].map((number) => ({ id: `im_${number}`, phone: '+12125550123', at: noon })),
    );
    expect(store.mark('reply_cursor')).toBe('7');
  });

  it('changes nothing when a page comes again', async () => {
    const { db, store } = openTestStore();
    await pollReplies(store, source(4), () => noon);
    store.setMark('reply_cursor', null);
    const before = db.prepare('SELECT total_changes() AS n').pluck().get();
    await pollReplies(store, source(4), () => start);
    expect(db.prepare('SELECT count(*) FROM replies').pluck().get()).toBe(4);
    // Two pages: the cursor moved twice, nothing else.
    expect(Number(db.prepare('SELECT total_changes() AS n').pluck().get()) - Number(before)).toBe(2);
  });

  it('keeps its place when the inbox does not answer', async () => {
    const { store } = openTestStore();
    await pollReplies(store, source(3), () => noon);
    const error = { status: 503, message: 'no', fieldErrors: [], retryAfterMs: null, body: null } as const;
    const broken: ReplySource = {
      listReplies: () => Promise.resolve({ ok: false, error: { ...error, kind: 'server_error' } }),
    };
    expect(await pollReplies(store, broken, () => noon)).toMatchObject({ kind: 'server_error' });
    expect(store.mark('reply_cursor')).toBe('3');
  });
});
