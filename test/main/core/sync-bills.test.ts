import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { day, hour } from '../../helpers/core-shop.ts';
import { openPractice, start, type PracticeTestOptions } from '../../helpers/practice.ts';

/** Frank's card is bad: his order of Wednesday fails at half past nine, and again each day after. */
const afterFirst = 2 * day;
const afterThird = 4 * day;

const rawPage = z.object({ totalCount: z.number(), data: z.array(z.looseObject({ id: z.number() })) });

async function setUp(options: PracticeTestOptions = {}) {
  const practice = await openPractice(options);
  const { session, control, db, statesOf } = practice;
  await session.shop.runAll();
  return {
    ...practice,
    /** The world goes on while Heads Up is away; then it looks once. */
    lookAt: async (afterStartMs: number) => {
      await control.advanceTo(start + afterStartMs);
      await session.shop.sync();
    },
    failures: () =>
      db
        .prepare<[], string>("SELECT key FROM deliveries WHERE trigger = 'payment_method_failed' ORDER BY id")
        .pluck()
        .all(),
    decided: () =>
      db
        .prepare(
          `SELECT reason, detail FROM decisions
           WHERE trigger = 'payment_method_failed' AND reason <> 'queued' ORDER BY id`,
        )
        .all(),
    billOf: async (name: string) => {
      const [state] = await statesOf(name);
      if (state === undefined) throw new Error(`Expected a subscription of ${name}`);
      const newest = (await practice.billsOf(state)).toSorted((a, b) => b.id - a.id)[0];
      if (newest === undefined) throw new Error(`Expected a bill of ${name}`);
      return newest;
    },
    /** The list of bills as the platform shows it now. */
    rawBills: async () => rawPage.parse((await practice.smartrr('bill?pageSize=100')).body),
  };
}

describe('Payment Method Failed', () => {
  it('is silent about a charge that failed before the first sync', async () => {
    const { failures, decided, billOf } = await setUp();
    expect(await billOf('Rhea')).toMatchObject({ status: 'failed', retryCount: 0 });
    expect(failures()).toEqual([]);
    expect(decided()).toEqual([]);
  });

  it.each([0, 1] as const)('announces each failure once, where retries are counted from %i', async (retryBase) => {
    const { lookAt, failures, billOf, ledger } = await setUp({ shop: { switches: { retryBase } } });
    await lookAt(afterFirst);
    await lookAt(afterFirst);
    const bill = await billOf('Frank');
    expect(failures()).toEqual([`payment-failed:${bill.id}:${retryBase}`]);
    await lookAt(afterFirst + day);
    expect(failures().slice(1)).toEqual([`payment-failed:${bill.id}:${retryBase + 1}`]);
    const facts = (await ledger()).facts.filter(({ billId }) => billId === String(bill.id));
    expect(facts.map(({ retryCount }) => retryCount)).toEqual([retryBase, retryBase + 1]);
  });

  it('finds in the history the failures that no poll saw, and announces only the newest', async () => {
    const { lookAt, failures, decided, billOf, smartrrSeen } = await setUp();
    await lookAt(afterThird);
    const bill = await billOf('Frank');
    expect(bill).toMatchObject({ status: 'failed', retryCount: 2 });
    expect(failures()).toEqual([`payment-failed:${bill.id}:2`]);
    expect(decided()).toEqual([
      { reason: 'superseded', detail: 'Payment attempt 0' },
      { reason: 'superseded', detail: 'Payment attempt 1' },
    ]);
    expect(smartrrSeen.filter(({ path }) => path.endsWith(`/bill/${bill.id}/history`))).toHaveLength(1);
  });

  it('says nothing new about failures that an earlier look has decided about', async () => {
    const { lookAt, failures, decided } = await setUp();
    await lookAt(afterFirst);
    await lookAt(afterThird);
    expect(failures()).toHaveLength(2);
    expect(decided()).toEqual([{ reason: 'superseded', detail: 'Payment attempt 1' }]);
  });

  it.each([
    ['the payment has overtaken', 'succeeded', 1],
    ['was called off with its subscription, at the same count,', 'canceled', 0],
  ])('does not announce a failure that %s between two looks, and says why', async (_, status, retryCount) => {
    const { control, session, failures, decided, intercept, billOf, rawBills } = await setUp();
    await control.advanceTo(start + afterFirst);
    const { id } = await billOf('Frank');
    const list = await rawBills();
    const data = list.data.map((row) => (row.id === id ? { ...row, status, retryCount } : row));
    const past = { billId: id, createdDate: new Date(start + afterFirst).toISOString() };
    intercept(({ path }) => {
      if (path.startsWith('/vendor/bill?')) return { status: 200, body: { ...list, data } };
      if (!path.endsWith('/history')) return undefined;
      return {
        status: 200,
        body: [
          { ...past, id: 2, status, retryCount },
          { ...past, id: 1, status: 'failed', retryCount: 0 },
        ],
      };
    });
    await session.shop.sync();
    expect(failures()).toEqual([]);
    expect(decided()).toEqual([{ reason: 'payment_recovered', detail: 'Payment attempt 0' }]);
  });

  it('drops in the queue what the payment has overtaken', async () => {
    const { lookAt, store, session, eventsOf, reasonsAbout, billOf } = await setUp();
    await lookAt(afterFirst);
    const bill = store.findBill(String((await billOf('Frank')).id));
    if (bill === undefined) throw new Error('Expected the bill');
    // The failure waits in line: in practice time it is before eleven.
    store.saveBill({ ...bill, status: 'succeeded', updatedAt: bill.updatedAt + 1 });
    await session.advanceTo(start + hour);
    expect(await eventsOf('payment_method_failed', 'Frank')).toEqual([]);
    expect(await reasonsAbout('Frank', 'payment_method_failed')).toEqual(['queued', 'payment_recovered']);
  });

  it('looks again at a bill whose history could not be read', async () => {
    const { lookAt, failures, intercept } = await setUp();
    intercept(({ path }) => (path.endsWith('/history') ? { status: 500, body: {} } : undefined));
    await lookAt(afterThird);
    expect(failures()).toEqual([]);
    intercept(() => undefined);
    await lookAt(afterThird);
    expect(failures()).toHaveLength(1);
  });

  it('is not held up by a bill that it does not understand', async () => {
    const { store, session, intercept, rawBills } = await setUp();
    const list = await rawBills();
    const odd = { ...list.data[0], id: 77, status: 'refunded' };
    const body = { totalCount: list.totalCount + 1, pageSize: 100, data: [...list.data, odd] };
    intercept(({ path }) => (path.startsWith('/vendor/bill?') ? { status: 200, body } : undefined));
    store.setMark('bills_through', null);
    await session.shop.sync();
    expect(session.shop.syncState().problem).toContain('bill 77: status is "refunded", which is unknown');
    expect(Number(store.mark('bills_through'))).toBeGreaterThan(0);
  });
});
