import { describe, expect, it } from 'vitest';
import { upcomingHandlers } from '../../../main/engine/handlers/upcoming.ts';
import { saveSettings } from '../../../main/db/shop.ts';
import { dateIn } from '../../../shared/domain/calendar.ts';
import { forecastOutcomes } from '../../../shared/domain/forecast.ts';
import type { ShopSettings } from '../../../shared/domain/settings.ts';
import { deliveryKeys, triggers } from '../../../shared/domain/triggers.ts';
import type { Input, Output } from '../../../shared/ipc/contract.ts';
import type { TriedSettings, UpcomingRow } from '../../../shared/ipc/upcoming-contract.ts';
import { day, hour } from '../../helpers/core-shop.ts';
import { openPractice, start } from '../../helpers/practice.ts';

const zone = 'America/New_York';
const everything: Input<'upcoming.list'> = {
  cursor: null,
  outcomes: [...forecastOutcomes],
  text: '',
  noticeDate: null,
  tried: null,
};

/** A shop whose customers do nothing by themselves: what comes is decided by the calendar alone. */
async function setUp(settings: Partial<ShopSettings> = {}) {
  const practice = await openPractice({ shop: { customers: 60, isLively: false, seed: 11 }, settings });
  const { shop } = practice.session;
  await shop.runAll();
  const handlers = upcomingHandlers({ active: () => shop });

  async function list(input: Partial<Input<'upcoming.list'>> = {}): Promise<UpcomingRow[]> {
    const rows: UpcomingRow[] = [];
    for (let cursor: string | null = null; ;) {
      const answer = await handlers['upcoming.list']({ ...everything, ...input, cursor });
      if (!answer.ok) throw new Error(answer.error.message);
      rows.push(...answer.value.rows);
      cursor = answer.value.nextCursor;
      if (cursor === null) return rows;
    }
  }
  return {
    ...practice,
    list,
    days: async (tried: TriedSettings | null): Promise<Output<'upcoming.days'>> => {
      const answer = await handlers['upcoming.days']({ tried });
      if (!answer.ok) throw new Error(answer.error.message);
      return answer.value;
    },
    change: (change: Partial<ShopSettings>) => {
      saveSettings(practice.db, change);
      practice.store.forgetSettings();
    },
    received: async () =>
      (await practice.ledger()).events
        .filter(({ eventType }) => eventType === triggers.upcoming_order.eventType)
        .map(({ externalId, at, subscriptionId, orderDate }) => ({
          key: externalId ?? '',
          day: dateIn(zone, at),
          order: `${subscriptionId} ${orderDate}`,
        })),
  };
}

type Foretold = Readonly<{ key: string; day: string }>;

/** What is to reach Postscript until then, by the forecast. */
function foretell(rows: readonly UpcomingRow[], leadDays: number, until: number): Foretold[] {
  return rows.flatMap(({ subscriptionId, orderDate, goesAt }) =>
    goesAt !== null && goesAt < until
      ? [{ key: deliveryKeys.upcoming(subscriptionId, orderDate, leadDays), day: dateIn(zone, goesAt) }]
      : [],
  );
}

const sorted = (notices: readonly Foretold[]): Foretold[] =>
  notices.map(({ key, day: date }) => ({ key, day: date })).toSorted((a, b) => (a.key < b.key ? -1 : 1));

describe('the forecast', () => {
  it('names exactly the notices that Postscript then receives, each on its day', async () => {
    const { list, store, received, playTo } = await setUp();
    const rows = await list();
    const foretold = foretell(rows, store.settings().leadDays, start + 6 * day);
    expect(foretold.length).toBeGreaterThan(10);
    expect(new Set(foretold.map((notice) => notice.day)).size).toBeGreaterThan(3);
    await playTo(6 * day);

    // Of a subscription only its next order is known: what comes after that is no part of the forecast.
    const known = new Set(rows.map(({ subscriptionId, orderDate }) => `${subscriptionId} ${orderDate}`));
    const about = (await received()).filter(({ order }) => known.has(order));
    expect(sorted(about)).toEqual(sorted(foretold));
  });

  it('says with settings that are tried what then happens with them, and no order is noticed twice', async () => {
    const { list, days, store, received, playTo, change } = await setUp();
    await playTo(2 * day + 3 * hour);
    const before = await received();
    const tried = { leadDays: 6, window: { opens: '09:30', closes: '20:00' }, minimumNoticeHours: 30 };
    const rows = await list({ tried });
    const until = start + 5 * day;
    const foretold = foretell(rows, 6, until);
    const { difference, totals } = await days(tried);
    const isNoticed = ({ outcome }: UpcomingRow): boolean => outcome === 'noticed';
    expect(difference).toMatchObject({ alreadyNoticed: rows.filter(isNoticed).length, becomeTooLate: 0 });
    expect(difference?.alreadyNoticed).toBeGreaterThan(0);
    expect(difference?.goAtOnce).toBeGreaterThan(5);
    expect(difference?.moved).toBeLessThanOrEqual(totals.goes);

    change(tried);
    expect(store.settings().leadDays).toBe(6);
    await playTo(5 * day);
    const known = new Set(rows.map(({ subscriptionId, orderDate }) => `${subscriptionId} ${orderDate}`));
    const after = (await received()).slice(before.length);
    expect(sorted(after.filter(({ order }) => known.has(order)))).toEqual(sorted(foretold));
    const orders = (await received()).map(({ order }) => order);
    expect(orders).toHaveLength(new Set(orders).size);
  });

  it('writes nothing, whatever is asked', async () => {
    const { list, days, db } = await setUp();
    const changesOf = () => db.prepare<[], number>('SELECT total_changes()').pluck().get();
    const before = { changes: changesOf(), file: db.serialize() };
    await list();
    await list({ text: 'a', outcomes: ['goes'] });
    await days({ leadDays: 1, window: { opens: '20:00', closes: '21:00' }, minimumNoticeHours: 100 });
    expect(changesOf()).toBe(before.changes);
    expect(db.serialize().equals(before.file)).toBe(true);
  });

  it('says what would go while sending is off, and that it rests', async () => {
    const { list, days, received, playTo } = await setUp({ sendingOn: false });
    await playTo(day);
    expect((await list({ outcomes: ['goes'] })).length).toBeGreaterThan(10);
    expect(await days(null)).toMatchObject({ restsBecause: 'sending_off', difference: null });
    expect(await received()).toEqual([]);
  });

  it('finds one customer, one day and one outcome', async () => {
    const { list } = await setUp();
    const all = await list();
    const paused = all.filter(({ reason }) => reason === 'subscription_paused');
    expect(paused.length).toBeGreaterThan(0);
    expect((await list({ outcomes: ['will_not'] })).map(({ subscriptionId }) => subscriptionId)).toEqual(
      all.filter(({ outcome }) => outcome === 'will_not').map(({ subscriptionId }) => subscriptionId),
    );
    const [first] = paused;
    const found = await list({ text: first?.customerName ?? '', outcomes: ['will_not'] });
    expect(found).toContainEqual(first);
    const ofDay = await list({ noticeDate: first?.noticeDate ?? null });
    expect(ofDay).toEqual(all.filter(({ noticeDate }) => noticeDate === first?.noticeDate));
  });
});
