import { describe, expect, it } from 'vitest';
import type { EngineContext } from '../../../main/engine/context.ts';
import { deliveryHandlers } from '../../../main/engine/handlers/deliveries.ts';
import { replyHandlers } from '../../../main/engine/handlers/replies.ts';
import { defaultSettings } from '../../../shared/domain/settings.ts';
import { hour, minute } from '../../helpers/core-shop.ts';
import { openPractice, type PracticeTestOptions } from '../../helpers/practice.ts';

const withoutNotices = { settings: { enabledTriggers: { ...defaultSettings.enabledTriggers, upcoming_order: false } } };
const conflict = { ok: false, error: { code: 'conflict' } };

async function setUp(options: PracticeTestOptions = {}) {
  const practice = await openPractice(options);
  const { session, db, statesOf } = practice;
  // All that these handlers use of the engine; the practice session is a shop like any other.
  const context = { active: () => session.shop, changed: () => undefined } as unknown as EngineContext;
  return {
    ...practice,
    ...replyHandlers(context),
    ...deliveryHandlers(context),
    orderOf: async (name: string, date: string) => {
      const state = (await statesOf(name)).find(({ nextBillingDate }) => nextBillingDate.startsWith(date));
      if (state === undefined) throw new Error(`Expected an order of ${name} on ${date}`);
      return state;
    },
    reply: () => db.prepare('SELECT id, reason, needs_person AS needsPerson FROM replies').all()[0] as { id: string },
  };
}

describe('a reply that needs a person', () => {
  it('leads to the skip that the person chooses, once, with its confirmation', async () => {
    const { playToNotices, text, orderOf, reply, ourSkips, texts, session, ...handlers } = await setUp(withoutNotices);
    await playToNotices();
    await text('Sybil', 'SKIP');
    const { id } = await orderOf('Sybil', '2027-02-28');
    const choice = { replyId: reply().id, subscriptionId: id };
    expect(await handlers['replies.skipOrder'](choice)).toEqual({ ok: true, value: {} });
    expect(await handlers['replies.skipOrder'](choice)).toMatchObject(conflict);
    expect(handlers['replies.ignore']({ replyId: reply().id })).toMatchObject(conflict);
    await session.advanceTo(session.now() + 5 * minute);
    expect(await ourSkips()).toMatchObject([{ orderDate: '2027-02-28', subscriptionId: id }]);
    expect(reply()).toMatchObject({ reason: 'skipped', needsPerson: 0 });
    expect((await texts('Sybil')).filter((body) => body.includes('Confirmed'))).toHaveLength(1);
  });

  it('cannot lead to a skip of an order that is being skipped already, or that does not exist', async () => {
    const { playToNotices, text, orderOf, reply, ourSkips, stateOf, store, ...handlers } = await setUp(withoutNotices);
    await playToNotices();
    await text('Sybil', 'SKIP');
    const paused = await stateOf('Paul');
    expect(await handlers['replies.skipOrder']({ replyId: reply().id, subscriptionId: paused.id })).toMatchObject(
      conflict,
    );
    const { id, custRel } = await orderOf('Sybil', '2027-02-28');
    const order = {
      subscriptionId: id,
      customerId: custRel.id,
      orderDate: '2027-02-28',
      nextAt: Number.MAX_SAFE_INTEGER,
    };
    store.insertSkip({ ...order, origin: 'reply', replyId: 'im_other' }, 0);
    expect(await handlers['replies.skipOrder']({ replyId: reply().id, subscriptionId: id })).toMatchObject(conflict);
    expect(await ourSkips()).toEqual([]);
    expect(reply()).toMatchObject({ reason: 'several_subscriptions', needsPerson: 1 });
  });

  it('can be closed unanswered', async () => {
    const { playToNotices, text, reply, ourSkips, ...handlers } = await setUp();
    await playToNotices();
    await text('Toni', "please don't skip");
    expect(handlers['replies.ignore']({ replyId: reply().id })).toEqual({ ok: true, value: {} });
    expect(reply()).toMatchObject({ reason: 'ignored_by_person', needsPerson: 0 });
    expect(handlers['replies.ignore']({ replyId: reply().id })).toMatchObject(conflict);
    expect(await ourSkips()).toEqual([]);
  });
});

describe('a delivery without a clear answer', () => {
  /** Toni's notice reached Postscript, but its answer was lost. */
  async function losing(externalId: 'accept' | 'dedupe' | '409') {
    const practice = await setUp({ shop: { switches: { externalId } }, settings: { leadDays: 2 } });
    const { session, fault, playTo, db } = practice;
    await session.shop.runAll();
    await fault('error_after', 'POST', '/events', 'postscript');
    await playTo(2 * hour);
    const row = db.prepare("SELECT id, key FROM deliveries WHERE state = 'unknown'").get() as {
      id: number;
      key: string;
    };
    return { ...practice, id: row.id, key: row.key };
  }

  it('is not sent again until a person says so, and then once under the same id', async () => {
    const { id, key, playTo, session, ledger, ...handlers } = await losing('accept');
    await playTo(5 * hour);
    const sent = async () => (await ledger()).events.filter(({ externalId }) => externalId === key).length;
    expect(await sent()).toBe(1);
    expect(await handlers['deliveries.resend']({ id })).toEqual({ ok: true, value: {} });
    await session.shop.settle();
    expect(await handlers['deliveries.resend']({ id })).toMatchObject(conflict);
    await playTo(6 * hour);
    expect(await sent()).toBe(2);
  });

  it.each(['dedupe', '409'] as const)('is texted once where Postscript knows the id (%s)', async (externalId) => {
    const { id, playTo, session, texts, db, ...handlers } = await losing(externalId);
    await handlers['deliveries.resend']({ id });
    await session.shop.settle();
    await playTo(5 * hour);
    expect(await texts('Toni')).toHaveLength(1);
    expect(db.prepare('SELECT state FROM deliveries WHERE id = ?').pluck().get(id)).toBe('accepted');
  });

  it('is not sent when a person has found it with Postscript', async () => {
    const { id, key, playTo, ledger, ...handlers } = await losing('accept');
    expect(handlers['deliveries.markAccepted']({ id })).toEqual({ ok: true, value: {} });
    expect(handlers['deliveries.markAccepted']({ id })).toMatchObject(conflict);
    expect(await handlers['deliveries.resend']({ id })).toMatchObject(conflict);
    await playTo(5 * hour);
    expect((await ledger()).events.filter(({ externalId }) => externalId === key)).toHaveLength(1);
  });

  it('is answered like any other: who texts SKIP has evidently got it', async () => {
    const { text, ourSkips } = await losing('accept');
    await text('Toni', 'SKIP');
    expect(await ourSkips()).toMatchObject([{ orderDate: '2027-02-24' }]);
  });
});
