import { describe, expect, it } from 'vitest';
import type { EngineContext } from '../../../main/engine/context.ts';
import { bulkResendHandlers } from '../../../main/engine/handlers/bulk-resend.ts';
import { startBulkResend } from '../../../main/core/bulk-resend.ts';
import { stormLimit } from '../../../main/core/storm-guard.ts';
import { setHold, clearHold } from '../../../main/core/hold.ts';
import { everyDelivery } from '../../../shared/domain/delivery-filter.ts';
import type { Result } from '../../../shared/result.ts';
import { hour, makeCustomer, makeDraft } from '../../helpers/core-shop.ts';
import { openPractice, start } from '../../helpers/practice.ts';
import { openShopAtWork } from '../failures/shop-at-work.ts';

const day = 24 * hour;
const noon = start + 2 * hour;

/** As many deliveries that Postscript refused, and as many of which nobody knows, as the test says. */
async function setUp({ failed = 0, unknown = 0 }: Readonly<{ failed?: number; unknown?: number }>) {
  const practice = await openPractice({ settings: { enabledTriggers: onlyCreated } });
  const { session, store, db } = practice;
  await session.shop.runAll();
  await session.advanceTo(noon);
  store.saveCustomer(makeCustomer(), noon);
  const keys = { failed: [] as string[], unknown: [] as string[] };
  const insert = (state: 'failed' | 'unknown', index: number): void => {
    const key = `created:${state}-${index}`;
    const draft = makeDraft({ key, occurredAt: noon, dueAt: noon, deadlineAt: noon + day });
    const id = store.insertDelivery({ ...draft, phone: '+12125550123', email: null }, noon - day);
    const reason = state === 'failed' ? 'rejected' : 'unknown_outcome';
    db.prepare('UPDATE deliveries SET state = ?, reason = ? WHERE id = ?').run(state, reason, id);
    keys[state].push(key);
  };
  for (let index = 0; index < failed; index += 1) insert('failed', index);
  for (let index = 0; index < unknown; index += 1) insert('unknown', index);

  // All that these handlers use of the engine; the practice session is a shop like any other.
  const context = { active: () => session.shop, changed: () => undefined } as unknown as EngineContext;
  const handlers = bulkResendHandlers(context);
  return {
    ...practice,
    keys,
    shop: session.shop,
    plan: async () => value(await handlers['deliveries.planBulkResend']({ filter: everyDelivery })),
    resend: async (expected: number, includeUnknown = false) =>
      handlers['deliveries.startBulkResend']({ filter: everyDelivery, includeUnknown, expected }),
    cancel: async (id: number) => handlers['deliveries.cancelBulkResend']({ id }),
    progress: async () => value(await handlers['deliveries.bulkResend']({})),
    /** What the simulated Postscript took in, of the deliveries of this test. */
    arrived: async () =>
      (await practice.ledger()).events.map(({ externalId }) => externalId ?? '').filter((key) => /-\d+$/.test(key)),
    account: () =>
      db.prepare("SELECT reason, detail FROM decisions WHERE reason LIKE 'bulk%' ORDER BY id").all() as object[],
    statesOfDeliveries: () =>
      db.prepare<[], string>("SELECT state FROM deliveries WHERE key LIKE 'created:%-%' ORDER BY id").pluck().all(),
  };
}

const onlyCreated = {
  subscription_created: true,
  upcoming_order: false,
  skipped_order: false,
  payment_method_updated: false,
  payment_method_failed: false,
  customer_deactivated: false,
};

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

describe('a bulk resend', () => {
  it('says how many it would be, and hands each of them over once, under its own id', async () => {
    const { plan, resend, shop, arrived, keys, progress, account } = await setUp({ failed: 23, unknown: 4 });
    expect(await plan()).toEqual({ failed: 23, unknown: 4 });
    await resend(23);
    await shop.settle();
    expect((await arrived()).toSorted()).toEqual(keys.failed.toSorted());
    expect(await progress()).toMatchObject({ state: 'done', total: 23, resent: 23, refused: 0 });
    expect(account()).toEqual([
      { reason: 'bulk_resend_started', detail: '23 deliveries.' },
      { reason: 'bulk_resend_done', detail: '23 of 23 put in line.' },
    ]);
    expect(await plan()).toEqual({ failed: 0, unknown: 4 });
  });

  it('sends those without a clear answer only when the person says so', async () => {
    const { resend, shop, arrived, keys } = await setUp({ failed: 1, unknown: 2 });
    await resend(3, true);
    await shop.settle();
    expect((await arrived()).toSorted()).toEqual([...keys.failed, ...keys.unknown].toSorted());
  });

  it('leaves alone what is not in line yet when it is stopped half-way', async () => {
    const { resend, cancel, shop, arrived, keys, progress, account, statesOfDeliveries } = await setUp({ failed: 40 });
    const { id } = value(await resend(40));
    // The first batch is in line by now, and its first requests are under way.
    expect(await progress()).toMatchObject({ state: 'running', resent: 10 });
    value(await cancel(id));
    await shop.settle();
    await shop.runAll();
    expect((await arrived()).toSorted()).toEqual(keys.failed.slice(0, 10).toSorted());
    expect(statesOfDeliveries().filter((state) => state === 'failed')).toHaveLength(30);
    expect(await progress()).toMatchObject({ state: 'cancelled', resent: 10, total: 40 });
    expect(account().at(-1)).toEqual({
      reason: 'bulk_resend_cancelled',
      detail: '10 of 40 put in line, 30 left alone.',
    });
    expect(await cancel(id)).toMatchObject({ ok: false, error: { code: 'conflict' } });
  });

  it('refuses those that were settled since the person looked', async () => {
    const { resend, shop, db, arrived, keys, progress } = await setUp({ failed: 15 });
    const settled = keys.failed.slice(12);
    await resend(15);
    for (const key of settled)
      db.prepare("UPDATE deliveries SET state = 'accepted', reason = 'marked_accepted' WHERE key = ?").run(key);
    await shop.settle();
    expect((await arrived()).toSorted()).toEqual(keys.failed.slice(0, 12).toSorted());
    expect(await progress()).toMatchObject({ state: 'done', resent: 12, refused: 3 });
  });

  it('does not start with another number than the person saw, nor beside another one', async () => {
    const { resend, shop, arrived } = await setUp({ failed: 12, unknown: 1 });
    const conflict = { ok: false, error: { code: 'conflict' } };
    expect(await resend(11)).toMatchObject(conflict);
    expect(await resend(12, true)).toMatchObject(conflict);
    expect(await arrived()).toEqual([]);
    await resend(12);
    expect(await resend(2)).toMatchObject(conflict);
    await shop.settle();
    expect(await arrived()).toHaveLength(12);
  });

  it('stands still while the line is held, and goes on where it was', async () => {
    const { resend, shop, store, session, arrived, progress } = await setUp({ failed: 30 });
    await resend(30);
    setHold(store, { kind: 'key_refused', since: session.now(), until: null, message: 'Held by the test.' });
    await shop.settle();
    const before = (await arrived()).length;
    expect(before).toBeLessThan(30);
    expect(await progress()).toMatchObject({ state: 'held' });
    clearHold(store, 'key_refused');
    await shop.knock();
    await shop.settle();
    expect(new Set(await arrived()).size).toBe(30);
    expect(await arrived()).toHaveLength(30);
  });

  it('survives that Heads Up is started anew half-way', async () => {
    const work = await openShopAtWork({ settings: { enabledTriggers: onlyCreated } });
    await work.shop().runAll();
    const store = work.store();
    store.saveCustomer(makeCustomer(), work.now());
    const ids = Array.from({ length: 25 }, (_, index) => {
      const draft = makeDraft({ key: `created:failed-${index}`, deadlineAt: work.now() + day });
      return store.insertDelivery({ ...draft, phone: '+12125550123', email: null }, work.now() - day) ?? 0;
    });
    work.db.prepare("UPDATE deliveries SET state = 'failed', reason = 'rejected'").run();
    startBulkResend(store, work.shop().bulk, ids, work.now());
    const resending = work.shop().resend();
    // It ends at its next step, with the first batch in line.
    await work.shop().close();
    await resending;
    expect(work.count('SELECT count(*) FROM bulk_resend_rows')).toBe(15);
    work.restart();
    await work.pass(hour);
    const keys = (await work.events()).map(({ externalId }) => externalId ?? '');
    expect(keys.filter((key) => key.startsWith('created:failed'))).toHaveLength(25);
    expect(new Set(keys).size).toBe(keys.length);
    expect(work.shop().bulk.findNewest()).toMatchObject({ resent: 25, refused: 0, isCancelled: false });
  });

  it('is no storm, and opens the guard to none', async () => {
    const { resend, shop, store, session, arrived } = await setUp({ failed: 60 });
    const limit = stormLimit(store, session.now());
    await resend(60);
    await shop.settle();
    expect(await arrived()).toHaveLength(60);
    expect(stormLimit(store, session.now())).toBe(limit);
  });
});
