import { describe, expect, it } from 'vitest';
import { createSmartrrClient } from '../../../main/api/smartrr/smartrr-client.ts';
import { queueDelivery } from '../../../main/core/queue-delivery.ts';
import { syncPlatform } from '../../../main/core/sync-platform.ts';
import { day, hour, makeDraft, minute, openTestStore } from '../../helpers/core-shop.ts';
import { openShop, type PurchaseState } from '../practice/open-shop.ts';

type Page = Record<string, unknown> & { data: Readonly<{ id: unknown }>[] };

/**
 * The product's sync on the simulated Smartrr. How far this computer's clock is ahead of it, what date the answers
 * bear, and which rows a lagging replica does not show yet are the test's.
 */
async function setUp({ customers = 26 } = {}) {
  const world = await openShop({ customers });
  const { store, db } = openTestStore();
  const { now: worldNow, advanceTo } = world.control;
  const asked: URL[] = [];
  let trueNow = await worldNow();
  let aheadMs = 0;
  let writeDate = (date: string): string | null => date;
  let afterPage: (url: URL) => Promise<void> = () => Promise.resolve();
  let isHidden = (_id: unknown): boolean => false;

  const pass = async (ms: number): Promise<void> => {
    trueNow += ms;
    await advanceTo(trueNow);
  };
  const platform = createSmartrrClient({
    baseUrl: world.urls.smartrr,
    token: () => world.credentials.smartrrToken,
    fetch: async (input, init) => {
      const url = new URL(input as URL);
      asked.push(url);
      const answer = await fetch(input, init);
      const headers = new Headers(answer.headers);
      const date = writeDate(headers.get('date') ?? '');
      headers.delete('date');
      if (date !== null) headers.set('date', date);
      const json = (await answer.json()) as Page;
      if (Array.isArray(json.data)) {
        json.data = json.data.filter(({ id }) => !isHidden(id));
        await afterPage(url);
      }
      return new Response(JSON.stringify(json), { status: answer.status, headers });
    },
  });
  const clock = { now: () => trueNow + aheadMs, sleep: () => Promise.resolve() };
  const sync = async (): Promise<void> => {
    asked.length = 0;
    const outcome = await syncPlatform(
      { store, platform, clock, log: () => undefined, onRows: () => undefined },
      () => undefined,
    );
    expect(outcome).toMatchObject({ ok: true });
  };
  return {
    ...world,
    store,
    now: clock.now,
    pass,
    sync,
    setAhead: (ms: number) => void (aheadMs = ms),
    dateAnswers: (write: typeof writeDate) => void (writeDate = write),
    onPage: (react: typeof afterPage) => void (afterPage = react),
    hide: (hidden: typeof isHidden) => void (isHidden = hidden),
    /** What the lists of the last sync were asked for, as minutes before now; null where everything was. */
    askedBack: (list: 'purchase-state' | 'bill'): (number | null)[] =>
      asked
        .filter(({ pathname }) => pathname === `/vendor/${list}`)
        .map(({ searchParams }) => searchParams.get('filterAfter[updatedDate]'))
        .map((after) => (after === null ? null : Math.round((trueNow - Date.parse(after)) / minute))),
    /** Skips the next order on the platform, without us. Returns its new date. */
    skip: async (state: PurchaseState): Promise<string | undefined> => {
      await world.change(state, 'skip', { date: state.nextBillingDate });
      return (await world.everyState()).find(({ id }) => id === state.id)?.nextBillingDate;
    },
    nextOrderOf: ({ id }: PurchaseState) => store.findSubscription(id)?.nextOrderIso,
    /** Bills of the platform that are not known; the first sync leaves out old ones. */
    billsMissed: async () =>
      (await world.bills()).totalCount - (db.prepare<[], number>('SELECT count(*) FROM bills').pluck().get() ?? 0),
  };
}

const shift = (ms: number) => (date: string) => new Date(Date.parse(date) + ms).toUTCString();
const year = 365 * day;

describe('how far back a sync asks', () => {
  it('is a quarter of an hour before the platform’s clock at the sync before, however long nothing has changed', async () => {
    const { sync, pass, askedBack } = await setUp();
    await sync();
    await pass(30 * minute);
    await sync();
    expect(askedBack('purchase-state')).toEqual([45]);
    expect(askedBack('bill')).toEqual([45]);
  });

  it('goes by the newest change where the platform does not say what time it is', async () => {
    const { sync, pass, askedBack, dateAnswers } = await setUp();
    dateAnswers(() => null);
    await sync();
    await pass(hour);
    await sync();
    // The last orders were charged at half past nine, half an hour before the first sync.
    expect(askedBack('bill')[0]).toBeGreaterThanOrEqual(105);
  });
});

it('walks everything once a day, and up to half a day later while notices wait in line', async () => {
  const { sync, pass, store, stateOf, askedBack, now } = await setUp();
  await sync();
  await pass(25 * hour);
  const { id: subscriptionId, custRel } = await stateOf('Petra');
  const draft = { subscriptionId, customerId: custRel.id, trigger: 'upcoming_order', dueAt: now() } as const;
  queueDelivery(store, makeDraft({ ...draft, key: 'upcoming:1' }), now());
  await sync();
  expect(askedBack('purchase-state')).not.toContain(null);
  await pass(11 * hour);
  await sync();
  expect(askedBack('purchase-state')).toContain(null);
});

describe('no change is lost', () => {
  it.each<[string, (date: string) => string | null, number]>([
    ['is right', (date) => date, 0],
    ['is missing', () => null, 0],
    ['is no date', () => 'soon', 0],
    ['is of a copy that was kept for an hour', shift(-hour), 0],
    ['is a year behind', shift(-year), 0],
    ['is years ahead', shift(3 * year), 0],
    ['is right, and this computer is a day ahead', (date) => date, day],
    ['is right, and this computer is a day behind', (date) => date, -day],
    ['is years ahead, and this computer is a day behind', shift(3 * year), -day],
    ['is a year behind, and this computer is a day ahead', shift(-year), day],
  ])('where the date of the answers %s', async (_, write, aheadMs) => {
    const { sync, pass, skip, nextOrderOf, stateOf, billsMissed, askedBack, dateAnswers, setAhead } = await setUp();
    dateAnswers(write);
    setAhead(aheadMs);
    await sync();
    const missed = await billsMissed();
    for (let round = 0; round < 2; round += 1) {
      const state = await stateOf('Petra');
      const next = await skip(state);
      await pass(3 * hour);
      await sync();
      expect(nextOrderOf(state)).toBe(next);
    }
    await pass(2 * day);
    expect(await billsMissed()).toBeGreaterThan(missed);
    await sync();
    expect(await billsMissed()).toBe(missed);
    // Nor is everything asked for to find it.
    expect(askedBack('bill')).not.toContain(null);
  });

  it('when a row changes right after its page was read, and the walk takes an hour', async () => {
    const { sync, pass, skip, nextOrderOf, everyState, onPage, setAhead } = await setUp({ customers: 260 });
    // Else the time at which the walk began here would be enough.
    setAhead(day);
    const first = (await everyState()).find(({ purchaseStateStatus }) => purchaseStateStatus === 'ACTIVE');
    if (first === undefined) throw new Error('Expected an active subscription');
    let firstPages = 0;
    let next: string | undefined;
    onPage(async ({ pathname, searchParams }) => {
      if (pathname !== '/vendor/purchase-state' || searchParams.get('pageSize') !== '100') return;
      if (searchParams.get('pageNumber') === '0') firstPages += 1;
      // The first time it is only looked at, to find out how pages are counted.
      if (firstPages === 2) next ??= await skip(first);
      await pass(20 * minute);
    });
    await sync();
    onPage(() => Promise.resolve());
    expect(nextOrderOf(first)).toBe(first.nextBillingDate);
    await sync();
    expect(nextOrderOf(first)).toBe(next);
  });

  it('when a row can be seen only ten minutes after its change', async () => {
    const { sync, pass, skip, nextOrderOf, stateOf, hide } = await setUp();
    await sync();
    const state = await stateOf('Petra');
    const next = await skip(state);
    hide((id) => id === state.id);
    for (let minutes = 0; minutes < 10; minutes += 5) {
      await pass(5 * minute);
      await sync();
    }
    hide(() => false);
    expect(nextOrderOf(state)).toBe(state.nextBillingDate);
    await sync();
    expect(nextOrderOf(state)).toBe(next);
  });

  it('once this computer’s clock is right again, where the answers were dated as wrongly as it was', async () => {
    const { sync, pass, skip, nextOrderOf, stateOf, billsMissed, askedBack, dateAnswers, setAhead } = await setUp();
    dateAnswers(shift(5 * day));
    setAhead(5 * day);
    await sync();
    const missed = await billsMissed();
    const state = await stateOf('Petra');
    const next = await skip(state);
    await pass(2 * day);
    await sync();
    dateAnswers((date) => date);
    setAhead(0);
    await sync();
    expect(nextOrderOf(state)).toBe(next);
    expect(await billsMissed()).toBeLessThanOrEqual(missed);
    expect(askedBack('bill')).toContain(null);
    await sync();
    expect(askedBack('bill')).not.toContain(null);
  });
});
