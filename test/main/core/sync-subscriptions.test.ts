import { describe, expect, it } from 'vitest';
import { hour } from '../../helpers/core-shop.ts';
import { openPractice, type PracticeTestOptions } from '../../helpers/practice.ts';
import type { PracticeSwitches } from '../../../main/practice/practice-shop-types.ts';

const many = 260;

async function setUp(options: PracticeTestOptions = {}) {
  const practice = await openPractice(options);
  const { db, session, control, smartrrSeen, page, ledger } = practice;
  db.exec('CREATE TEMP TABLE writes (what TEXT)');
  for (const table of ['subscriptions', 'customers', 'bills', 'selling_plans', 'deliveries', 'decisions', 'marks']) {
    for (const verb of ['INSERT', 'UPDATE', 'DELETE']) {
      db.exec(
        `CREATE TEMP TRIGGER ${table}_${verb} AFTER ${verb} ON main.${table}
         BEGIN INSERT INTO writes VALUES ('${verb} ${table}'); END`,
      );
    }
  }
  const { intercept } = practice;
  return {
    ...practice,
    sync: session.shop.sync,
    /** Shows the engine these rows as the first page of every walk of everything; the rest is Smartrr's own. */
    showRows: (data: readonly unknown[], totalCount = data.length, alsoWhen: (path: string) => boolean = () => false) =>
      intercept(({ path }) => {
        const isWalk = path.includes('pageSize=100&pageNumber=0') && path.startsWith('/vendor/purchase-state?');
        const body = { totalCount, totalPages: 1, pageSize: 100, pageNumber: 0, data };
        return (isWalk && !path.includes('filterAfter')) || alsoWhen(path) ? { status: 200, body } : undefined;
      }),
    everyRow: async () => (await page('pageSize=100')).data,
    /** What was written since the last call. */
    takeWrites: (): string[] => {
      const writes = db.prepare<[], string>('SELECT what FROM writes').pluck().all();
      db.exec('DELETE FROM writes');
      return writes;
    },
    /** What Smartrr was asked since the last call, without the host. */
    takeAsked: (): string[] => smartrrSeen.splice(0).map(({ path }) => decodeURIComponent(path)),
    advance: async (ms: number) => control.advanceTo((await control.now()) + ms),
    known: () => db.prepare<[], number>('SELECT count(*) FROM subscriptions').pluck().get(),
    total: async () => (await page('pageSize=1')).totalCount,
    events: async () => (await ledger()).events,
  };
}

const shops: [Partial<PracticeSwitches>][] = [
  [{ pageBase: 0, updatedDateFilter: true }],
  [{ pageBase: 1, updatedDateFilter: true }],
  [{ pageBase: 0, updatedDateFilter: false }],
  [{ pageBase: 1, updatedDateFilter: false }],
];

describe('the first sync', () => {
  it.each(shops)('takes in every subscription once where Smartrr counts and filters like %j', async (switches) => {
    const { sync, store, known, total, takeAsked, takeWrites } = await setUp({ shop: { customers: many, switches } });
    await sync();
    expect(await total()).toBeGreaterThan(200);
    expect(known()).toBe(await total());
    expect(takeWrites().filter((what) => what === 'INSERT subscriptions')).toHaveLength(known() ?? 0);
    expect(store.mark('page_base')).toBe(String(switches.pageBase));
    expect(store.mark('subscriptions_filter')).toBe(switches.updatedDateFilter === true ? 'on' : 'off');
    takeAsked();
    await sync();
    const lists = takeAsked().filter((path) => path.startsWith('/vendor/purchase-state?'));
    // Only what changed is asked for where that works; all pages, sizes and numbers where it does not.
    expect(lists.every((path) => path.includes('filterAfter[updatedDate]'))).toBe(switches.updatedDateFilter);
    expect(lists.length > 1).toBe(switches.updatedDateFilter === false);
  });

  it('announces nothing that is older than itself, and plans the notices', async () => {
    const { sync, events, db } = await setUp({ shop: { customers: many } });
    await sync();
    expect(await events()).toEqual([]);
    const planned = db.prepare('SELECT DISTINCT trigger FROM deliveries').pluck().all();
    expect(planned).toEqual(['upcoming_order']);
    expect(db.prepare("SELECT count(*) FROM decisions WHERE reason IN ('baseline','migrated')").pluck().get()).toBe(0);
  });

  it('adopts the shop’s zone and billing time from the platform', async () => {
    const zones = { timeZone: 'America/Los_Angeles', billingTimeZone: 'America/Los_Angeles' };
    const { sync, store } = await setUp({ shop: zones, settings: { shopName: '' } });
    await sync();
    expect(store.settings()).toMatchObject({ timeZone: 'America/Los_Angeles', shopName: 'Fern & Fable Coffee' });
    expect(JSON.parse(store.mark('billing_run') ?? '')).toMatchObject({
      time: expect.stringMatching(/^09:30/) as string,
    });
  });
});

describe('what the merchant has chosen before', () => {
  it('stands against what the platform says', async () => {
    const { sync, store } = await setUp({ settings: { timeZone: 'America/Chicago', shopName: 'My own name' } });
    await sync();
    expect(store.settings()).toMatchObject({ timeZone: 'America/Chicago', shopName: 'My own name' });
    expect(JSON.parse(store.mark('billing_run') ?? '')).toMatchObject({ timeZone: 'America/New_York' });
  });

  it('stands also where it is what Heads Up would have taken by itself', async () => {
    const { sync, store } = await setUp({
      shop: { billingTimeZone: 'America/Los_Angeles' },
      settings: { timeZone: 'America/New_York' },
    });
    await sync();
    expect(store.settings()).toMatchObject({ timeZone: 'America/New_York' });
  });
});

describe('a later sync', () => {
  it.each([true, false])('writes nothing when nothing changed (filter: %s)', async (updatedDateFilter) => {
    const { sync, takeWrites } = await setUp({ shop: { customers: many, switches: { updatedDateFilter } } });
    await sync();
    expect(takeWrites().length).toBeGreaterThan(200);
    await sync();
    expect(takeWrites()).toEqual([]);
  });

  it('writes and explains the one subscription that changed', async () => {
    const { sync, takeWrites, stateOf, change, takeAsked, advance } = await setUp();
    await sync();
    takeWrites();
    takeAsked();
    await advance(hour);
    await change(await stateOf('Petra'), 'next-billing-date', { date: '2027-03-20T14:30:00.000Z' });
    await sync();
    expect(takeWrites()).toEqual(['UPDATE subscriptions', 'INSERT decisions']);
    expect(takeAsked().filter((path) => path.endsWith('/events'))).toHaveLength(1);
  });

  it('takes a new number of a customer whose subscription did not move', async () => {
    const { sync, store, everyRow, showRows, takeWrites } = await setUp({
      shop: { switches: { updatedDateFilter: false } },
    });
    await sync();
    takeWrites();
    const rows = await everyRow();
    showRows(
      rows.map((row) =>
        row.custRel.firstName === 'Petra' ? { ...row, custRel: { ...row.custRel, phone: '+13105550177' } } : row,
      ),
    );
    await sync();
    expect(takeWrites()).toEqual(['UPDATE customers']);
    expect(store.findCustomersByPhone('+13105550177')).toMatchObject([{ firstName: 'Petra' }]);
  });

  it('does not swing between the numbers of two subscriptions of one customer', async () => {
    const { sync, everyRow, showRows, takeWrites } = await setUp({ shop: { switches: { updatedDateFilter: false } } });
    const rows = await everyRow();
    const numbers = ['+13105550171', '+13105550172', '+13105550173'];
    showRows(
      rows.map((row) => {
        if (row.custRel.firstName !== 'Sybil') return row;
        return { ...row, custRel: { ...row.custRel, phone: null }, shippingAddress: { phone: numbers.pop() } };
      }),
    );
    await sync();
    takeWrites();
    await sync();
    expect(takeWrites()).toEqual([]);
  });

  it('ignores a row that is older than what it knows', async () => {
    const { sync, store, stateOf, everyRow, change, showRows, advance } = await setUp({
      shop: { switches: { updatedDateFilter: false } },
    });
    await sync();
    const old = await everyRow();
    await advance(hour);
    const state = await stateOf('Petra');
    await change(state, 'next-billing-date', { date: '2027-03-20T14:30:00.000Z' });
    await sync();
    showRows(old);
    await sync();
    expect(store.findSubscription(state.id)?.nextOrderDate).toBe('2027-03-20');
  });

  it('asks for the one subscription whose status the list leaves out', async () => {
    const { sync, store, everyRow, showRows, known, takeAsked, statesOf } = await setUp();
    const rows = await everyRow();
    showRows(rows.map((row) => (row.custRel.firstName === 'Paul' ? { ...row, purchaseStateStatus: undefined } : row)));
    await sync();
    const [paul] = await statesOf('Paul');
    expect(takeAsked().filter((path) => /purchase-state\/\d+$/.test(path))).toEqual([
      `/vendor/purchase-state/${paul?.shopifyId}`,
    ]);
    expect(known()).toBe(rows.length);
    expect(store.findSubscription(paul?.id ?? '')?.status).toBe('PAUSED');
  });

  it('leaves a subscription with a status that it does not know for later, and names it', async () => {
    const { sync, session, everyRow, intercept, known, stateOf } = await setUp();
    const rows = await everyRow();
    const petra = { ...(await stateOf('Petra')), purchaseStateStatus: 'ON_TRIAL' };
    const list = {
      totalCount: rows.length,
      pageSize: 100,
      data: rows.map((row) => (row.id === petra.id ? petra : row)),
    };
    intercept(({ path }) => {
      if (path.endsWith(`/purchase-state/${petra.shopifyId}`)) return { status: 200, body: petra };
      const isWalk = path.includes('/purchase-state?pageSize=100&pageNumber=0') && !path.includes('filterAfter');
      return isWalk ? { status: 200, body: list } : undefined;
    });
    await sync();
    expect(known()).toBe(rows.length - 1);
    expect(session.shop.syncState().problem).toContain(petra.id);
    intercept(() => undefined);
    await sync();
    expect(known()).toBe(rows.length);
    expect(session.shop.syncState().problem).toBeNull();
  });

  it('is not held up by a row that makes no sense, and names it', async () => {
    const { sync, session, store, everyRow, showRows, known, takeAsked } = await setUp();
    const rows = await everyRow();
    showRows([...rows, { id: 'what', shopifyId: '1' }]);
    await sync();
    expect(known()).toBe(rows.length);
    expect(session.shop.syncState().problem).toContain('subscription what: createdDate is missing');
    expect(Number(store.mark('subscriptions_through'))).toBeGreaterThan(0);
    // But a notice is not sent on the word of such a sync alone.
    expect(store.mark('whole_at')).toBeUndefined();
    takeAsked();
    await sync();
    expect(takeAsked().filter((path) => path.startsWith('/vendor/purchase-state?'))).toHaveLength(1);
  });

  it.each([
    ['duplicated_rows', 1],
    ['shifted_page', 2],
  ] as const)('misses nothing when a page has %s', async (kind, rounds) => {
    const { sync, fault, intercept, known, total, ledger, takeAsked } = await setUp({ shop: { customers: many } });
    let isPlayed = false;
    intercept(async ({ path }) => {
      if (!isPlayed && path.includes('pageNumber=2')) {
        isPlayed = true;
        await fault(kind, 'GET', '/vendor/purchase-state');
      }
      return undefined;
    });
    await sync();
    expect((await ledger()).faults).toEqual({ [`smartrr:${kind}`]: 1 });
    expect(known()).toBe(await total());
    expect(takeAsked().filter((path) => /purchase-state\?.*pageNumber=2/.test(path))).toHaveLength(rounds);
  });

  it('forgets what it found out about the lists when they refuse what they took before', async () => {
    const { sync, store, intercept } = await setUp();
    await sync();
    intercept(({ path }) =>
      path.includes('filterAfter') ? { status: 400, body: { message: 'no such filter', status: 400 } } : undefined,
    );
    await sync();
    expect(store.mark('subscriptions_filter')).toBeUndefined();
    await sync();
    expect(store.mark('subscriptions_filter')).toBe('off');
  });

  it('takes a new billing time with the next full walk, and leaves the merchant’s zone alone', async () => {
    const { sync, store, everyRow, showRows } = await setUp({ shop: { switches: { updatedDateFilter: false } } });
    await sync();
    const rows = await everyRow();
    const sellingOrganization = { billingTime: '06:00:00', billingTimezone: 'UTC' };
    showRows(
      rows.map((row) => ({ ...row, custRel: { ...row.custRel, sellingOrganization } })),
      rows.length,
      (path) => path.includes('pageSize=10&'),
    );
    await sync();
    expect(JSON.parse(store.mark('billing_run') ?? '')).toMatchObject({ time: '06:00:00', timeZone: 'UTC' });
    expect(store.settings().timeZone).toBe('America/New_York');
  });
});
