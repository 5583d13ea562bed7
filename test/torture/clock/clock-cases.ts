import type { SendWindow } from '../../../shared/domain/calendar.ts';
import type { Disturbance } from './computer.ts';
import type { ClockCase } from './play-clock.ts';
import { dayMs, findClockChanges, hourMs, minuteMs, toTime, type ClockChange } from './wall-clock.ts';
import { skippedDay, zonePairs, type ZonePair } from './zones.ts';

/** A year of 366 days that is over: no later version of the zones' rules changes it any more. */
const yearStart = Date.UTC(2024, 0, 1);
const yearEnd = Date.UTC(2025, 0, 1);
const calendarMoments = [Date.UTC(2024, 1, 29, 12), Date.UTC(2024, 6, 31, 12), Date.UTC(2024, 11, 30, 12)];

/** What happens to the computer around a moment at which something odd happens to the calendar. */
const disturbances: readonly Readonly<{ name: string; around: (at: number) => Disturbance | null }>[] = [
  { name: 'it runs through', around: () => null },
  {
    name: 'it sleeps a minute',
    around: (at) => ({ kind: 'asleep', from: at - minuteMs / 2, until: at + minuteMs / 2 }),
  },
  {
    name: 'it sleeps an hour',
    around: (at) => ({ kind: 'asleep', from: at - hourMs / 2, until: at + hourMs / 2 }),
  },
  {
    name: 'it sleeps three days',
    around: (at) => ({ kind: 'asleep', from: at - 40 * hourMs, until: at + 32 * hourMs }),
  },
  {
    name: 'its clock is set back an hour',
    around: (at) => ({ kind: 'clock set', byMs: -hourMs, from: at, until: at + 30 * hourMs }),
  },
  {
    name: 'its clock is set back a day',
    around: (at) => ({ kind: 'clock set', byMs: -dayMs, from: at + 12 * hourMs, until: at + 60 * hourMs }),
  },
  {
    name: 'its clock is set forward a day',
    around: (at) => ({ kind: 'clock set', byMs: dayMs, from: at - 6 * hourMs, until: at + 30 * hourMs }),
  },
];
export const rounds = disturbances.length;

const windowKinds = ['usual', 'opens in the gap', 'opens in the overlap', 'lies in the gap'] as const;
const usualWindow: SendWindow = { opens: '11:00', closes: '21:00' };

function windowOf(kind: (typeof windowKinds)[number], changes: readonly ClockChange[]): SendWindow {
  if (kind === 'usual') return usualWindow;
  const change = changes.find((each) => (each.kind === 'overlap') === (kind === 'opens in the overlap'));
  // Zones that have none: at the border of the day, where dates go wrong.
  if (change === undefined) return { opens: '00:00', closes: '01:00' };
  const length = (change.to - change.from + 1440) % 1440;
  if (kind === 'lies in the gap') return toWindow(change.from, Math.max(15, length - 15));
  return toWindow(change.from + Math.floor(length / 30) * 15, 45);
}

function toWindow(opens: number, minutes: number): SendWindow {
  return { opens: toTime(opens), closes: toTime(Math.min(opens + minutes, 23 * 60 + 59)) };
}

/** One zone in one of the rounds, which differ in disturbance, window and lead days. */
type Variant = Readonly<{ pair: ZonePair; turn: number; round: number; seed: number }>;

function makeCase({ pair, turn, round, seed }: Variant, stretch: Stretch, moments: readonly number[]): ClockCase {
  const { zone, billingZone } = pair;
  const { from: startAt, until: endAt } = stretch;
  const disturbance = disturbances[(turn + round) % disturbances.length];
  const windowKind = windowKinds[(turn + round) % windowKinds.length] ?? 'usual';
  // By threes, so that every disturbance meets another number of lead days in every zone.
  const leadDays = 1 + ((turn + 3 * round) % 7);
  const window = windowOf(windowKind, findClockChanges(zone, startAt, endAt));
  return {
    name: `${zone}, ${leadDays} days before, window ${window.opens} to ${window.closes}, ${disturbance?.name ?? ''}`,
    seed,
    zone,
    billingZone,
    leadDays,
    window,
    minimumNoticeHours: leadDays === 1 ? 4 : 24,
    startAt,
    endAt,
    disturbances: moments.map((at) => disturbance?.around(at) ?? null).filter((each) => each !== null),
    everyMinute: moments.map((at) => ({ from: at - 6 * hourMs, until: at + 6 * hourMs })),
    isOverHttp: false,
  };
}

type Stretch = Readonly<{ from: number; until: number }>;

/** The changes of a zone's clocks; and for every zone the leap day, the end of a month and the end of the year. */
function oddMoments(zone: string): readonly number[] {
  const changes = findClockChanges(zone, yearStart, yearEnd).map(({ at }) => at);
  // Each stands alone: the disturbances of two moments must not overlap.
  const others = calendarMoments.filter((at) => changes.every((change) => Math.abs(change - at) > 10 * dayMs));
  return [...changes, ...others].toSorted((a, b) => a - b);
}

/** Shops for a whole year: every zone in turn, then every zone with the next disturbance. */
export function* yearCases(seed: number): Generator<ClockCase> {
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, pair] of zonePairs.entries())
      yield makeCase(
        { pair, turn: index + seed, round, seed },
        { from: yearStart, until: yearEnd },
        oddMoments(pair.zone),
      );
    yield skippedDayCase(seed, round);
  }
}

/** One odd moment of each zone, with the days before and after it: another one for each seed. */
export function* momentCases(seed: number): Generator<ClockCase> {
  for (const [index, pair] of zonePairs.entries()) {
    const moments = oddMoments(pair.zone);
    const moment = moments[(index + seed) % moments.length] ?? yearStart;
    const stretch = { from: moment - 3 * dayMs, until: moment + 3 * dayMs };
    yield { ...makeCase({ pair, turn: index + seed, round: 0, seed }, stretch, [moment]), everyMinute: [] };
  }
  yield { ...skippedDayCase(seed, 0), everyMinute: [] };
}

/** The night in which a zone went over the date line: a day that never was, and notices that were due on it. */
function skippedDayCase(seed: number, round: number): ClockCase {
  const { pair, at } = skippedDay;
  return makeCase({ pair, turn: seed, round, seed }, { from: at - 4 * dayMs, until: at + 4 * dayMs }, [at]);
}

/** A plain shop over the change of the clocks in spring: for the comparison of ticks, and for the controls. */
export function plainCase(seed: number, more: Partial<ClockCase> = {}): ClockCase {
  const zone = 'America/New_York';
  const change = findClockChanges(zone, yearStart, yearEnd)[0]?.at ?? yearStart;
  return {
    name: `${zone}, plain`,
    seed,
    zone,
    billingZone: zone,
    leadDays: 3,
    window: usualWindow,
    minimumNoticeHours: 24,
    startAt: change - 2 * dayMs,
    endAt: change + 3 * dayMs,
    disturbances: [],
    everyMinute: [],
    isOverHttp: false,
    ...more,
  };
}

/** The clock of the plain shop is set back by a day, some hours after a notice has left. */
export function setBackCase(seed: number): ClockCase {
  const { startAt } = plainCase(seed);
  const from = startAt + dayMs + 14 * hourMs;
  return plainCase(seed, { disturbances: [{ kind: 'clock set', byMs: -dayMs, from, until: from + 2 * dayMs }] });
}
