import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readHold } from '../../../main/core/hold.ts';
import { planNotices } from '../../../main/core/plan-notices.ts';
import { releaseStorm } from '../../../main/core/storm-guard.ts';
import { billingClock } from '../../../main/core/sync-platform.ts';
import { backUp } from '../../../main/db/back-up.ts';
import { stageRestore } from '../../../main/db/restore.ts';
import { saveSettings } from '../../../main/db/shop.ts';
import { triggers } from '../../../shared/domain/triggers.ts';
import { day, hour, minute } from '../../helpers/core-shop.ts';
import { openPractice } from '../../helpers/practice.ts';
import { scratch } from '../../helpers/scratch.ts';

/** A shop at work on a database file, which can be copied and put back. */
async function setUp(shop: NonNullable<Parameters<typeof openPractice>[0]>['shop'] = {}) {
  const folder = mkdtempSync(join(scratch, 'heads-up-restore-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const databasePath = join(folder, 'practice.db');
  const practice = await openPractice({ shop, databasePath });
  const { session, ledger } = practice;
  const count = (sql: string): number => session.shop.db.prepare<[], number>(sql).pluck().get() ?? 0;

  return {
    ...practice,
    count,
    replyReasons: () =>
      session.shop.db.prepare<[], string>('SELECT reason FROM replies ORDER BY sequence').pluck().all(),
    backUp: () =>
      backUp(session.shop.db, { path: databasePath, kind: 'asked', now: session.now(), mayGoOn: () => true }),
    restore: async (name: string) => {
      const settings = session.shop.store.settings();
      expect(stageRestore(databasePath, name, session.now(), settings)).toEqual({ ok: true, value: undefined });
      await session.reopen();
      expect(session.shop.store.settings().sendingOn).toBe(false);
    },
    switchOn: async () => {
      const { store, db } = session.shop;
      saveSettings(db, { sendingOn: true });
      store.forgetSettings();
      planNotices(store, billingClock(store), session.now());
      await session.shop.deliver();
    },
    /** A person who lets every storm pass. */
    playDays: async (days: number) => {
      for (let step = 0; step < days * 4; step += 1) {
        await session.advanceTo(session.now() + day / 4);
        const { store } = session.shop;
        if (readHold(store, session.now())?.kind === 'storm') releaseStorm(store, session.now());
      }
    },
    /** What Postscript took in more than once, and what Smartrr skipped more than once for us. */
    repeats: async () => {
      const { events, skips } = await ledger();
      const twice = (names: readonly string[]): string[] => names.filter((name, index) => names.indexOf(name) < index);
      return {
        events: twice(events.flatMap(({ externalId }) => externalId ?? [])),
        skips: twice(
          skips
            .filter(({ by }) => by === 'API')
            .map(({ subscriptionId, orderDate }) => `${subscriptionId} ${orderDate}`),
        ),
      };
    },
  };
}

describe('a backup restored days later', () => {
  it('hands nothing over and skips nothing a second time', async () => {
    const shop = await setUp({ customers: 100, isLively: true, seed: 11 });
    await shop.session.shop.runAll();
    // In the middle of a send window, with things in line.
    await shop.session.advanceTo(shop.session.now() + 2 * day + 61 * 60_000);
    const name = await shop.backUp();
    await shop.playDays(3);
    const before = await shop.ledger();
    await shop.restore(name);
    await shop.switchOn();
    await shop.playDays(3);

    expect(await shop.repeats()).toEqual({ events: [], skips: [] });
    // It had something to repeat, of every kind, and said of each why it did not.
    expect(before.events.length).toBeGreaterThan(40);
    expect(before.skips.filter(({ by }) => by === 'API').length).toBeGreaterThan(2);
    expect(shop.count("SELECT count(*) FROM decisions WHERE reason = 'restored'")).toBeGreaterThan(10);
    expect(shop.count("SELECT count(*) FROM replies WHERE reason = 'restored_reply'")).toBeGreaterThan(0);
    // What is new is sent as ever.
    const after = await shop.ledger();
    expect(after.events.length).toBeGreaterThan(before.events.length + 10);
  });
});

describe('more lead days that were chosen after the backup', () => {
  it('leave no order with a second notice under the old ones', async () => {
    const shop = await setUp({ customers: 40, isLively: true, seed: 5 });
    await shop.session.shop.runAll();
    const name = await shop.backUp();
    saveSettings(shop.session.shop.db, { leadDays: 6 });
    shop.session.shop.store.forgetSettings();
    await shop.playDays(1);
    await shop.restore(name);
    expect(shop.session.shop.store.settings().leadDays).toBe(3);
    await shop.switchOn();
    await shop.playDays(4);
    const noticed = (await shop.ledger()).events
      .filter(({ eventType }) => eventType === triggers.upcoming_order.eventType)
      .map(({ subscriptionId, orderDate }) => `${subscriptionId} ${orderDate}`);
    expect(noticed.length).toBeGreaterThan(10);
    expect(noticed.filter((order, index) => noticed.indexOf(order) < index)).toEqual([]);
  });
});

describe('a SKIP around a backup', () => {
  const order = { date: '2027-02-24T14:30:00.000Z' };

  it('is read again after the restore and skips nothing by itself, also when it was taken back since', async () => {
    const shop = await setUp();
    await shop.playToNotices();
    const name = await shop.backUp();
    await shop.text('Toni', 'SKIP');
    await shop.change(await shop.stateOf('Toni'), 'unskip', order);
    await shop.restore(name);
    await shop.switchOn();
    await shop.session.advanceTo(shop.session.now() + 2 * hour);
    expect(await shop.ourSkips()).toHaveLength(1);
    expect(shop.replyReasons()).toEqual(['restored_reply']);

    // A new SKIP is a new wish; but the order has had its confirmation, under the one key that it has.
    await shop.text('Toni', 'SKIP');
    expect(await shop.ourSkips()).toHaveLength(2);
    expect(await shop.eventsOf('skipped_order', 'Toni')).toHaveLength(1);
    expect(await shop.repeats()).toMatchObject({ events: [] });
  });

  it('that was open in the backup is looked for on the platform and not asked for again', async () => {
    const shop = await setUp();
    await shop.playToNotices();
    const unreachable = { status: 503, body: {} };
    shop.intercept(({ path }) => (path.includes('/purchase-state') ? unreachable : undefined));
    await shop.text('Toni', 'SKIP');
    const name = await shop.backUp();
    shop.intercept(() => undefined);
    await shop.session.advanceTo(shop.session.now() + 10 * minute);
    expect(await shop.ourSkips()).toHaveLength(1);
    await shop.change(await shop.stateOf('Toni'), 'unskip', order);
    await shop.restore(name);
    await shop.switchOn();
    await shop.session.advanceTo(shop.session.now() + 3 * hour);
    expect(await shop.ourSkips()).toHaveLength(1);
    expect(shop.replyReasons()).toEqual(['skip_unclear']);
    expect(await shop.repeats()).toEqual({ events: [], skips: [] });
  });
});
