import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  cutoffAt,
  dateIn,
  daysBetween,
  formatOrderDate,
  instantOf,
  isWindowOpen,
  nextWindowOpening,
  noticeDueAt,
} from '../../../shared/domain/calendar.ts';
import { wallClock } from '../../helpers/wall-clock.ts';

const minute = 60_000;
const day = 86_400_000;
const firstDay = Date.UTC(2027, 0, 1);
const dayCount = 365 + 366;
const zones = Intl.supportedValuesOf('timeZone');

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
const offsetAt = (zone: string, at: number): number => Date.parse(`${wallClock(zone, at).replace(' ', 'T')}Z`) - at;

type Shift = Readonly<{ zone: string; at: number; offset: number; by: number }>;

/** Every change of the clocks in the two years, found by Intl: a coarse walk, then halving. */
function findShifts(zone: string): readonly Shift[] {
  const shifts: Shift[] = [];
  // Changes that undo each other come weeks apart (Ramadan in Morocco), so no step of ten days jumps over a pair.
  const step = 10 * day;
  for (let low = firstDay - step; low < firstDay + dayCount * day; low += step) {
    const offset = offsetAt(zone, low);
    if (offsetAt(zone, low + step) === offset) continue;
    let before = low;
    let after = low + step;
    while (after - before > minute) {
      const middle = before + Math.floor((after - before) / 2 / minute) * minute;
      if (offsetAt(zone, middle) === offset) before = middle;
      else after = middle;
    }
    shifts.push({ zone, at: after, offset, by: offsetAt(zone, after) - offset });
  }
  return shifts;
}

const shifts = zones.flatMap(findShifts);

/**
 * The definition: the first instant at which the clocks show the wanted time or a later one.
 *
 * Returns what is wrong with `at`, or null. No clocks of these years are set by more than two hours.
 */
function notFirstInstant(zone: string, at: number, wanted: string): string | null {
  const shown = wallClock(zone, at);
  if (shown < wanted) return `${zone}: ${wanted} is not reached at ${shown}`;
  const earlier = [1, 30, 60, 90, 120, 180].map((minutes) => wallClock(zone, at - minutes * minute));
  const reached = earlier.find((shownEarlier) => shownEarlier >= wanted);
  return reached === undefined ? null : `${zone}: ${wanted} was reached before ${shown}, at ${reached}`;
}

function wrongNotice(zone: string, orderDay: number, leadDays: number, opens: string): string | null {
  const due = noticeDueAt(zone, dateOf(orderDay), leadDays, opens);
  return notFirstInstant(zone, due, `${dateOf(orderDay - leadDays * day)} ${opens}`);
}

const anyZone = fc.constantFrom(...zones);
const anyDay = fc.integer({ min: 0, max: dayCount - 1 }).map((days) => firstDay + days * day);
const anyTime = fc
  .integer({ min: 0, max: 24 * 60 - 1 })
  .map((minutes) => new Date(minutes * minute).toISOString().slice(11, 16));
const anyWindow = fc
  .tuple(anyTime, anyTime)
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => (a < b ? { opens: a, closes: b } : { opens: b, closes: a }));

/** Half of them within a day of a change of the clocks, where mistakes live. */
const anyMoment = fc.oneof(
  fc.record({ zone: anyZone, at: fc.integer({ min: firstDay, max: firstDay + dayCount * day }) }),
  fc
    .tuple(fc.constantFrom(...shifts), fc.integer({ min: -26 * 60, max: 26 * 60 }))
    .map(([{ zone, at }, minutes]) => ({ zone, at: at + minutes * minute })),
);

describe('noticeDueAt', () => {
  it('finds clock changes to test against', () => {
    expect(zones.length).toBeGreaterThan(400);
    expect(
      shifts.filter(({ zone }) => zone === 'America/New_York').map(({ at }) => new Date(at).toISOString()),
    ).toEqual([
      '2027-03-14T07:00:00.000Z',
      '2027-11-07T06:00:00.000Z',
      '2028-03-12T07:00:00.000Z',
      '2028-11-05T06:00:00.000Z',
    ]);
  });

  it('is the opening of the window on the order date minus the lead days, in every zone on any day', () => {
    fc.assert(
      fc.property(anyZone, anyDay, fc.integer({ min: 0, max: 30 }), anyTime, (...notice) => {
        expect(wrongNotice(...notice)).toBeNull();
      }),
      { numRuns: 10_000 },
    );
  });

  it('shows exactly that time, on every day of both years, where no clock change leaves it out', () => {
    for (const zone of [
      'America/New_York',
      'Europe/London',
      'Australia/Lord_Howe',
      'Asia/Kolkata',
      'Pacific/Chatham',
    ]) {
      for (let orderDay = firstDay; orderDay < firstDay + dayCount * day; orderDay += day) {
        const due = noticeDueAt(zone, dateOf(orderDay), 3, '11:00');
        expect(wallClock(zone, due)).toBe(`${dateOf(orderDay - 3 * day)} 11:00`);
      }
    }
  });

  it('shows exactly that time on every seventh day of both years in every zone', () => {
    const wrong = zones.flatMap((zone, index) => {
      const findings: string[] = [];
      // Each zone starts on another day, so that all zones together see every day many times.
      for (let days = index % 7; days < dayCount; days += 7) {
        const orderDay = firstDay + days * day;
        const shown = wallClock(zone, noticeDueAt(zone, dateOf(orderDay), 3, '11:00'));
        if (shown !== `${dateOf(orderDay - 3 * day)} 11:00`) findings.push(`${zone}: ${shown}`);
      }
      return findings;
    });
    expect(wrong).toEqual([]);
  });

  it('holds at the end of February, at the end of the year and around it, in every zone', () => {
    const dates = [
      '2027-03-01',
      '2028-02-28',
      '2028-02-29',
      '2028-03-01',
      '2028-03-03',
      '2027-12-31',
      '2028-01-01',
      '2028-01-02',
    ];
    const wrong = zones.flatMap((zone) =>
      dates
        .flatMap((date) => [0, 1, 3].map((leadDays) => wrongNotice(zone, Date.parse(date), leadDays, '11:00')))
        .filter((finding) => finding !== null),
    );
    expect(wrong).toEqual([]);
    expect(wallClock('UTC', noticeDueAt('UTC', '2028-03-02', 3, '11:00'))).toBe('2028-02-28 11:00');
    expect(wallClock('UTC', noticeDueAt('UTC', '2027-03-02', 3, '11:00'))).toBe('2027-02-27 11:00');
  });

  it('holds around every clock change, and at the end of the gap where the time is left out', () => {
    const minutesAround = [-60, -1, 0, 1, 15, 29, 30, 59, 60, 61, 119, 120];
    const wrong = shifts.flatMap(({ zone, at, offset, by }) =>
      minutesAround.flatMap((minutes) => {
        const [date = '', time = ''] = new Date(at + offset + minutes * minute).toISOString().split('T');
        const opens = time.slice(0, 5);
        const isLeftOut = minutes >= 0 && minutes * minute < by;
        return [
          wrongNotice(zone, Date.parse(date), 0, opens),
          wrongNotice(zone, Date.parse(date) + 3 * day, 3, opens),
          isLeftOut && noticeDueAt(zone, date, 0, opens) !== at ? `${zone}: ${date} ${opens} is in a gap` : null,
        ].filter((finding) => finding !== null);
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('moves by 23 or 25 hours, never by 24, over a clock change', () => {
    const due = (date: string) => noticeDueAt('America/New_York', date, 3, '11:00');
    expect((due('2027-03-17') - due('2027-03-16')) / 3_600_000).toBe(23);
    expect((due('2027-11-10') - due('2027-11-09')) / 3_600_000).toBe(25);
    expect(noticeDueAt('America/New_York', '2027-03-17', 3, '02:30')).toBe(Date.parse('2027-03-14T07:00:00Z'));
  });
});

describe('isWindowOpen', () => {
  it('is open while the clocks show a time from the opening up to the closing', () => {
    fc.assert(
      fc.property(anyMoment, anyWindow, ({ zone, at }, window) => {
        const shown = wallClock(zone, at);
        // An hour that happens twice is taken as it passes the first time; the second time has its own test.
        fc.pre(![30, 60, 120, 180].some((minutes) => wallClock(zone, at - minutes * minute) >= shown));
        const time = shown.slice(11);
        expect(isWindowOpen(zone, window, at)).toBe(time >= window.opens && time < window.closes);
      }),
      { numRuns: 5000 },
    );
  });

  it('does not open again when the closing hour happens twice', () => {
    const window = { opens: '00:30', closes: '01:30' };
    const firstHalfPastOne = Date.parse('2027-11-07T05:30:00Z');
    expect(isWindowOpen('America/New_York', window, firstHalfPastOne - 1)).toBe(true);
    expect(isWindowOpen('America/New_York', window, firstHalfPastOne)).toBe(false);
    expect(isWindowOpen('America/New_York', window, firstHalfPastOne + 45 * minute)).toBe(false);
  });
});

describe('nextWindowOpening', () => {
  it('is now while the window is open, else the first moment at which it is', () => {
    fc.assert(
      fc.property(anyMoment, anyWindow, fc.double({ min: 0, max: 1, noNaN: true }), ({ zone, at }, window, share) => {
        const opening = nextWindowOpening(zone, window, at);
        expect(isWindowOpen(zone, window, opening)).toBe(true);
        expect(opening === at).toBe(isWindowOpen(zone, window, at));
        if (opening === at) return;
        expect(opening).toBeGreaterThan(at);
        expect(isWindowOpen(zone, window, opening - 1)).toBe(false);
        const between = at + Math.floor((opening - at - 1) * share);
        expect(isWindowOpen(zone, window, between)).toBe(false);
        expect(nextWindowOpening(zone, window, between)).toBe(opening);
      }),
      { numRuns: 5000 },
    );
  });

  it('passes over a day whose window a clock change swallows', () => {
    const window = { opens: '02:10', closes: '02:50' };
    const afterSaturdays = Date.parse('2027-03-13T08:00:00Z');
    const opening = nextWindowOpening('America/New_York', window, afterSaturdays);
    expect(wallClock('America/New_York', opening)).toBe('2027-03-15 02:10');
  });
});

describe('the smaller steps', () => {
  it('agree with plain counting of days', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -800, max: 800 }), (start, days) => {
        const end = addDays(dateOf(start), days);
        expect(end).toBe(dateOf(start + days * day));
        expect(daysBetween(dateOf(start), end)).toBe(days);
      }),
    );
  });

  it('give the date that the clocks show', () => {
    fc.assert(
      fc.property(anyMoment, ({ zone, at }) => {
        expect(dateIn(zone, at)).toBe(wallClock(zone, at).slice(0, 10));
      }),
      { numRuns: 2000 },
    );
  });

  it('put the cut-off at the billing time of the order’s day in the billing zone', () => {
    fc.assert(
      fc.property(anyMoment, anyZone, anyTime, ({ at }, timeZone, time) => {
        const cutoff = cutoffAt(at, { time: `${time}:00`, timeZone });
        expect(notFirstInstant(timeZone, cutoff, `${wallClock(timeZone, at).slice(0, 10)} ${time}`)).toBeNull();
      }),
      { numRuns: 1000 },
    );
  });

  it('write an order date as customers read it', () => {
    expect(formatOrderDate('2027-09-30')).toBe('September 30, 2027');
    expect(formatOrderDate('2028-02-29')).toBe('February 29, 2028');
  });

  it('give the same instant when asked again and again', () => {
    const ask = () => instantOf('Europe/London', '2028-03-26', '01:30');
    expect([ask(), ask()]).toEqual([Date.parse('2028-03-26T01:00:00Z'), Date.parse('2028-03-26T01:00:00Z')]);
  });
});
