import { addDays, dateIn, instantOf } from '../../shared/domain/calendar.ts';

type Period = Readonly<{ from: string | null; to: string | null }>;
export type Instants = Readonly<{ from: number; until: number }>;

export type VolumeBar = Readonly<{ period: string; startsAt: number; count: number }>;

/** What the log's strip shows when no period is chosen, and the most that fits beside each other. */
const USUAL_DAYS = 30;
const MOST_DAYS = 92;
/** Up to so many days the bars are hours. */
const HOURLY_DAYS = 2;
const HOURS = Array.from({ length: 24 }, (_, hour) => `T${String(hour).padStart(2, '0')}:00`);

/** The instants of a period of local dates or hours, both of which belong to it; an open side reaches for ever. */
export function instantsOf(period: Period, timeZone: string): Instants {
  return {
    from: period.from === null ? 0 : startOf(period.from, timeZone),
    until: period.to === null ? Number.MAX_SAFE_INTEGER : endOf(period.to, timeZone),
  };
}

/**
 * The strip over the log: the period cut into local hours or days, with what was put in line in each.
 *
 * `hours` answers the kept numbers of UTC hours; one that lies across a local border counts where it starts.
 */
export function drawVolume(
  period: Period,
  timeZone: string,
  now: number,
  hours: (from: number, until: number) => readonly Readonly<{ startsAt: number; count: number }>[],
): Readonly<{ unit: 'hour' | 'day'; bars: VolumeBar[] }> {
  const last = (period.to ?? dateIn(timeZone, now)).slice(0, 10);
  const first = (period.from ?? addDays(last, 1 - USUAL_DAYS)).slice(0, 10);
  const dates = listDates(first, last);
  const isHourly = dates.length <= HOURLY_DAYS;
  const periods = isHourly ? dates.flatMap((date) => HOURS.map((hour) => `${date}${hour}`)) : dates;
  const starts = periods
    .map((name) => ({ name, startsAt: startOf(name, timeZone) }))
    // The hour that the clocks leave out in spring has no length.
    .filter(({ startsAt }, index, all) => startsAt !== all[index + 1]?.startsAt);
  const counted = hours(starts[0]?.startsAt ?? 0, endOf(last, timeZone));
  let next = 0;
  const bars = starts.map(({ name, startsAt }, index) => {
    const endsAt = starts[index + 1]?.startsAt ?? endOf(last, timeZone);
    let count = 0;
    for (let hour = counted[next]; hour !== undefined && hour.startsAt < endsAt; hour = counted[(next += 1)])
      count += hour.count;
    return { period: name, startsAt, count };
  });
  return { unit: isHourly ? 'hour' : 'day', bars };
}

/** At most the newest that fit; none when the period ends before it begins. */
function listDates(first: string, last: string): string[] {
  const dates: string[] = [];
  for (let date = last; date >= first && dates.length < MOST_DAYS; date = addDays(date, -1)) dates.unshift(date);
  return dates;
}

function startOf(period: string, timeZone: string): number {
  const [date = period, time = '00:00'] = period.split('T');
  return instantOf(timeZone, date, time);
}

function endOf(period: string, timeZone: string): number {
  const [date = period, time] = period.split('T');
  const nextHour = Number(time?.slice(0, 2) ?? 23) + 1;
  if (nextHour === 24) return instantOf(timeZone, addDays(date, 1), '00:00');
  return instantOf(timeZone, date, `${String(nextHour).padStart(2, '0')}:00`);
}
