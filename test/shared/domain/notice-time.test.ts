import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeNotice } from '../../../shared/domain/notice-time.ts';
import { dateIn, instantOf } from '../../../shared/domain/calendar.ts';
import { defaultSettings, type ShopSettings } from '../../../shared/domain/settings.ts';
import { day, hour, minute } from '../../helpers/core-shop.ts';
import { wallClock } from '../../helpers/wall-clock.ts';

const zones = Intl.supportedValuesOf('timeZone');
const firstDay = Date.UTC(2027, 0, 5);
const dayCount = 365 + 366;

/** Dates are counted in UTC here, where every day has 24 hours: another way than the code under test. */
const isoDate = (utc: number): string => new Date(utc).toISOString().slice(0, 10);
const daysBefore = (date: string, days: number): string => isoDate(Date.parse(date) - days * day);

type Case = Readonly<{ zone: string; date: string; minuteOfDay: number; leadDays: number; opens: string }>;

/** When the notice of an order at that local time goes out, planned long before, or what is wrong with it. */
function findFault({ zone, date, minuteOfDay, leadDays, opens }: Case): string | null {
  const time = new Date(minuteOfDay * minute).toISOString().slice(11, 16);
  const orderAt = instantOf(zone, date, time);
  // A change of the clocks may leave that time out, even at the end of a day: then no order is at it.
  if (wallClock(zone, orderAt) !== `${date} ${time}`) return null;
  const orderDate = dateIn(zone, orderAt);
  if (orderDate !== date) return `${zone}: an order at ${date} ${time} is dated ${orderDate}`;
  const settings: ShopSettings = { ...defaultSettings, timeZone: zone, leadDays, window: { opens, closes: '21:00' } };
  const billing = { time: '09:30:00', timeZone: zone };
  const long = timeNotice(settings, billing, { date, at: orderAt }, orderAt - 60 * day);
  const shown = wallClock(zone, long.dueAt);
  const wanted = `${daysBefore(date, leadDays)} ${opens}`;
  if (shown !== wanted) return `${zone}: order ${date}, ${leadDays} days ahead: ${shown} instead of ${wanted}`;
  const last = wallClock(zone, long.deadlineAt + 24 * hour);
  if (last !== `${date} 09:30`) return `${zone}: order ${date}: the deadline is 24 h before ${last}`;
  // However often it is looked at before, the answer is the same.
  const again = timeNotice(settings, billing, { date, at: orderAt }, long.dueAt - 1);
  return again.dueAt === long.dueAt ? null : `${zone}: order ${date}: planned again, it goes out at another time`;
}

function faultsOf(cases: Iterable<Case>): string[] {
  const faults: string[] = [];
  for (const one of cases) {
    const fault = findFault(one);
    if (fault !== null) faults.push(fault);
  }
  return faults;
}

/** What the clocks of a zone show at noon UTC, taken for UTC. */
const shownAtNoon = (zone: string, date: string): number =>
  Date.parse(`${wallClock(zone, Date.parse(`${date}T12:00Z`)).replace(' ', 'T')}Z`);

/** The days around which the clocks of a zone change, found by Intl. */
function findChangeDays(zone: string): string[] {
  const days: string[] = [];
  let before = shownAtNoon(zone, isoDate(firstDay)) - firstDay;
  for (let count = 1; count < dayCount; count += 1) {
    const date = isoDate(firstDay + count * day);
    const offset = shownAtNoon(zone, date) - (firstDay + count * day);
    if (offset !== before) days.push(date);
    before = offset;
  }
  return days;
}

const sensitive = ['2027-03-01', '2028-02-28', '2028-02-29', '2028-03-01', '2028-03-02', '2028-03-03', '2027-12-31'];
const newYear = ['2028-01-01', '2028-01-02', '2028-01-03', '2028-12-31'];
const usual = { leadDays: 3, opens: '11:00', minuteOfDay: 9 * 60 + 30 } as const;

/** Every kind of clock there is: no change, both hemispheres, half an hour, 45 minutes, Ramadan, the date line. */
const sampledZones = [
  'UTC',
  'America/New_York',
  'Europe/London',
  'Australia/Sydney',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'America/St_Johns',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
];

describe('timeNotice', () => {
  it('knows all the zones there are, with and without daylight saving', () => {
    expect(zones.length).toBeGreaterThan(400);
    expect(findChangeDays('America/New_York')).toEqual(['2027-03-14', '2027-11-07', '2028-03-12', '2028-11-05']);
    expect(findChangeDays('Asia/Tokyo')).toEqual([]);
  });

  it('is due exactly so many calendar days before, at the opening, around every clock change of every zone', () => {
    const cases = zones.flatMap((zone) =>
      [...findChangeDays(zone), ...sensitive, ...newYear].flatMap((date) =>
        [0, 1, 2, 3, 4].map((after): Case => ({ zone, date: daysBefore(date, -after), ...usual })),
      ),
    );
    expect(cases.length).toBeGreaterThan(20_000);
    expect(faultsOf(cases)).toEqual([]);
  });

  it('is due so on every single day of two years, in zones of every kind', () => {
    const cases = sampledZones.flatMap((zone) =>
      Array.from({ length: dayCount }, (_, count): Case => ({ zone, date: isoDate(firstDay + count * day), ...usual })),
    );
    expect(faultsOf(cases)).toEqual([]);
  });

  it('is due so for any zone, order time, number of days and opening time', () => {
    const cases = fc.record({
      zone: fc.constantFrom(...zones),
      date: fc.integer({ min: 31, max: dayCount }).map((count) => isoDate(firstDay + count * day)),
      // From three in the morning on: what the clocks leave out at night is another test's matter.
      minuteOfDay: fc.integer({ min: 3 * 60, max: 24 * 60 - 1 }),
      leadDays: fc.integer({ min: 1, max: 30 }),
      opens: fc.constantFrom('04:00', '08:00', '11:00', '12:30', '20:45'),
    });
    expect(() =>
      fc.assert(
        fc.property(cases, (one) => findFault(one) === null),
        { numRuns: 3000 },
      ),
    ).not.toThrow();
  });

  it('waits, once its day has come, exactly for the next opening, and is too late exactly after the deadline', () => {
    const anyMoment = fc.record({
      zone: fc.constantFrom(...zones),
      date: fc.integer({ min: 31, max: dayCount }).map((count) => isoDate(firstDay + count * day)),
      hoursBefore: fc.integer({ min: 0, max: 100 }),
      minimumNoticeHours: fc.integer({ min: 0, max: 72 }),
    });
    fc.assert(
      fc.property(anyMoment, ({ zone, date, hoursBefore, minimumNoticeHours }) => {
        const settings: ShopSettings = { ...defaultSettings, timeZone: zone, minimumNoticeHours };
        const billing = { time: '09:30', timeZone: zone };
        const at = instantOf(zone, date, '09:30');
        const now = at - hoursBefore * hour;
        const { dueAt, deadlineAt, isTooLate } = timeNotice(settings, billing, { date, at }, now);
        const time = wallClock(zone, dueAt).slice(11);
        expect(dueAt).toBeGreaterThanOrEqual(now);
        expect(time >= '11:00' && time < '21:00').toBe(true);
        // Later than now only because its day had not come or the window was shut.
        expect(time === '11:00' || dueAt === now).toBe(true);
        expect(deadlineAt).toBe(at - minimumNoticeHours * hour);
        expect(isTooLate).toBe(dueAt > deadlineAt);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes the cut-off from the billing zone and the days from the shop’s', () => {
    const settings: ShopSettings = { ...defaultSettings, timeZone: 'America/Los_Angeles' };
    // 23:30 on March 9 in Los Angeles is 02:30 on March 10 in New York.
    const at = Date.parse('2027-03-10T07:30:00Z');
    const { dueAt, deadlineAt } = timeNotice(
      settings,
      { time: '09:30', timeZone: 'America/New_York' },
      { date: '2027-03-09', at },
      at - 30 * day,
    );
    expect(wallClock('America/Los_Angeles', dueAt)).toBe('2027-03-06 11:00');
    expect(wallClock('America/New_York', deadlineAt)).toBe('2027-03-09 09:30');
  });
});
