/**
 * What a clock on the wall of a zone shows, by `Intl` alone and without any calculation with zones: the part's own
 * calendar, apart from `shared/domain/calendar.ts`, which asks Temporal for instants. Nothing here turns a local time
 * into an instant; whoever wants to know when a time comes looks at the clock again and again.
 */

/** `day` counts from 1970-01-01; `minute` is that of the day. */
export type Shown = Readonly<{ day: number; minute: number }>;

export const minuteMs = 60_000;
export const quarterMs = 15 * minuteMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

type Wall = Readonly<{ formatter: Intl.DateTimeFormat; quarters: Map<number, Shown> }>;

const walls = new Map<string, Wall>();

function wallOf(zone: string): Wall {
  let wall = walls.get(zone);
  if (wall === undefined) {
    const fields = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
    const formatter = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', ...fields });
    wall = { formatter, quarters: new Map() };
    walls.set(zone, wall);
  }
  return wall;
}

/** Looks once per quarter of an hour: clocks of these years change on quarters only. */
export function readWall(zone: string, at: number): Shown {
  const quarter = Math.floor(at / quarterMs);
  const { formatter, quarters } = wallOf(zone);
  let shown = quarters.get(quarter);
  if (shown === undefined) {
    const part: Record<string, number> = {};
    for (const { type, value } of formatter.formatToParts(quarter * quarterMs)) part[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part;
    shown = { day: Math.round(Date.UTC(year, month - 1, day) / dayMs), minute: hour * 60 + minute };
    quarters.set(quarter, shown);
  }
  return { day: shown.day, minute: shown.minute + Math.floor((at - quarter * quarterMs) / minuteMs) };
}

/** `2028-02-29` as the number of its day. */
export function dayOf(date: string): number {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / dayMs);
}

/** `02:30` as the minute of its day. */
export function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

export function toTime(minute: number): string {
  return new Date(minute * minuteMs).toISOString().slice(11, 16);
}

/** One change of a zone's clocks: `shows` just before it would have become `instead`, in minutes of the day. */
export type ClockChange = Readonly<{ at: number; kind: 'gap' | 'overlap'; from: number; to: number }>;

/** Every change in a stretch of time, found by looking each quarter of an hour. */
export function findClockChanges(zone: string, from: number, until: number): readonly ClockChange[] {
  const changes: ClockChange[] = [];
  const total = (at: number): number => {
    const { day, minute } = readWall(zone, at);
    return day * 1440 + minute;
  };
  for (let at = Math.ceil(from / quarterMs) * quarterMs; at < until; at += quarterMs) {
    const wanted = total(at - quarterMs) + 15;
    const shown = total(at);
    if (shown === wanted) continue;
    // What is left out, or what is shown twice.
    const [first, last] = shown > wanted ? [wanted, shown] : [shown, wanted];
    changes.push({ at, kind: shown > wanted ? 'gap' : 'overlap', from: first % 1440, to: last % 1440 });
  }
  return changes;
}
