/**
 * The simulators' own calendar, apart from shared/domain/calendar.ts on purpose: a mistake there must show up as a
 * difference, not be repeated here. A day is a whole number, counted from 1970-01-01.
 */
export type Zone = Readonly<{
  name: string;
  /** The local day of an instant. */
  dayOf: (at: number) => number;
  /** Minutes since local midnight. */
  minuteOf: (at: number) => number;
  /** The instant of a local time. A time left out by a clock change moves forward; one that happens twice is the first. */
  instantOf: (day: number, minute: number) => number;
}>;

export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;

const zones = new Map<string, Zone>();

/** The calendar of an IANA zone. Kept, because opening a formatter is slow. */
export function zoneOf(name: string): Zone {
  let zone = zones.get(name);
  if (zone === undefined) {
    zone = openZone(name);
    zones.set(name, zone);
  }
  return zone;
}

function openZone(name: string): Zone {
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  // Offsets change on quarter hours only, so one look per quarter is enough.
  const offsets = new Map<number, number>();
  const instants = new Map<number, number>();

  function offsetAt(at: number): number {
    const quarter = Math.floor(at / 900_000);
    let offset = offsets.get(quarter);
    if (offset === undefined) {
      if (offsets.size > 200_000) offsets.clear();
      offset = measureOffset(quarter * 900_000);
      offsets.set(quarter, offset);
    }
    return offset;
  }

  function measureOffset(at: number): number {
    const parts: Record<string, number> = {};
    for (const { type, value } of formatter.formatToParts(at)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - at;
  }

  function instantOf(day: number, minute: number): number {
    const key = day * 1440 + minute;
    let instant = instants.get(key);
    if (instant === undefined) {
      if (instants.size > 200_000) instants.clear();
      instant = findInstant(key * minuteMs);
      instants.set(key, instant);
    }
    return instant;
  }

  function findInstant(local: number): number {
    const before = offsetAt(local - dayMs);
    const after = offsetAt(local + dayMs);
    const first = local - before;
    if (before === after || offsetAt(first) === before) return first;
    const second = local - after;
    return offsetAt(second) === after ? second : first;
  }

  return {
    name,
    dayOf: (at) => Math.floor((at + offsetAt(at)) / dayMs),
    minuteOf: (at) => Math.floor(((((at + offsetAt(at)) % dayMs) + dayMs) % dayMs) / minuteMs),
    instantOf,
  };
}

const isoDates = new Map<number, string>();

/** `20526` as `2026-03-14`. One text per day, however many rows hold it. */
export function toIsoDate(day: number): string {
  let text = isoDates.get(day);
  if (text === undefined) {
    text = new Date(day * dayMs).toISOString().slice(0, 10);
    isoDates.set(day, text);
  }
  return text;
}

/** The day of the month, 1 to 31. */
export function dayOfMonth(day: number): number {
  return new Date(day * dayMs).getUTCDate();
}

/** The same day of the month some months on; `anchor` is the wished day, cut to the length of a shorter month. */
export function addMonths(day: number, months: number, anchor: number): number {
  const date = new Date(day * dayMs);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth() + months;
  const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(anchor, length)) / dayMs;
}
