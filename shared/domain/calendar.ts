import { Temporal } from 'temporal-polyfill';

/**
 * Calendar arithmetic in the shop's zone. Dates are ISO text (`2027-03-14`), times `HH:MM`, instants epoch ms UTC.
 *
 * Always by calendar days, never by 24 hours: a daylight-saving change moves nothing (design 3.2).
 */

const formatters = new Map<string, Intl.DateTimeFormat>();

/** A formatter costs 50 times a format, so one is kept per zone. */
function formatterFor(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formatters.set(zone, formatter);
  }
  return formatter;
}

/** Kept of each zone, and forgotten all at once when there are more. */
const maxInstants = 5000;

const dates = new Map<string, Map<number, string>>();

/** The local date of an instant. A shop's orders share a few hundred instants, and a format costs 20 times a look-up. */
export function dateIn(zone: string, at: number): string {
  let known = dates.get(zone);
  if (known === undefined) dates.set(zone, (known = new Map<number, string>()));
  let date = known.get(at);
  if (date === undefined) {
    date = formatterFor(zone).format(at);
    if (known.size >= maxInstants) known.clear();
    known.set(at, date);
  }
  return date;
}

function findInstant(zone: string, date: string, time: string): number {
  const wanted = Temporal.PlainDate.from(date).toPlainDateTime(Temporal.PlainTime.from(time));
  const found = wanted.toZonedDateTime(zone);
  if (found.toPlainDateTime().equals(wanted)) return found.epochMilliseconds;
  // Temporal moves a left-out time by the length of the gap (02:30 becomes 03:30), but at 03:00 it is past 02:30 already.
  const beforeGap = wanted.toZonedDateTime(zone, { disambiguation: 'earlier' });
  return (beforeGap.getTimeZoneTransition('next') ?? found).epochMilliseconds;
}

/** A full plan asks for the same few openings and cut-offs tens of thousands of times; looking one up is 50 times cheaper. */
const instants = new Map<string, number>();

/**
 * The instant of a local time on a local date: the first one at which the clocks there show that time or a later one.
 *
 * So a time that happens twice is the first one, and a time that a clock change leaves out is the end of the gap.
 */
export function instantOf(zone: string, date: string, time: string): number {
  const key = `${zone} ${date} ${time}`;
  const known = instants.get(key);
  if (known !== undefined) return known;
  const instant = findInstant(zone, date, time);
  if (instants.size >= maxInstants) instants.clear();
  instants.set(key, instant);
  return instant;
}

/** An instant on the clocks of a zone, to the second, with its offset: `2027-03-14 11:00:00 -04:00`. */
export function formatWithOffset(zone: string, at: number): string {
  const written = Temporal.Instant.fromEpochMilliseconds(at).toString({ timeZone: zone, smallestUnit: 'second' });
  return written.replace(/^([^T]+)T(.{8})(.*)$/, '$1 $2 $3');
}

export function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** Whole calendar days from one date to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days;
}

/** When the notice of an order is due: at the opening of the window, `leadDays` calendar days before. */
export function noticeDueAt(zone: string, orderDate: string, leadDays: number, windowOpens: string): number {
  return instantOf(zone, addDays(orderDate, -leadDays), windowOpens);
}

export type SendWindow = Readonly<{ opens: string; closes: string }>;

/** True from the opening minute up to, not including, the closing minute. */
export function isWindowOpen(zone: string, window: SendWindow, at: number): boolean {
  const date = dateIn(zone, at);
  return at >= instantOf(zone, date, window.opens) && at < instantOf(zone, date, window.closes);
}

/** `at` itself while the window is open, else the next opening. */
export function nextWindowOpening(zone: string, window: SendWindow, at: number): number {
  if (isWindowOpen(zone, window, at)) return at;
  const today = dateIn(zone, at);
  // A clock change can swallow a short window, so the next one may be the day after tomorrow's.
  for (const days of [0, 1, 2]) {
    const date = addDays(today, days);
    const opening = instantOf(zone, date, window.opens);
    if (opening >= at && opening < instantOf(zone, date, window.closes)) return opening;
  }
  throw new Error(`Expected a window that opens before it closes, not ${window.opens} to ${window.closes}`);
}

/**
 * From this instant on, the order due at `orderAt` may be charged and can no longer be skipped.
 *
 * The billing run of a day starts at `time` in the platform's billing zone (subscription-platforms.md 1.6).
 */
export function cutoffAt(orderAt: number, billing: Readonly<{ time: string; timeZone: string }>): number {
  return instantOf(billing.timeZone, dateIn(billing.timeZone, orderAt), billing.time.slice(0, 5));
}

const longDate = new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', year: 'numeric', month: 'long', day: 'numeric' });

/** `2027-09-30` as "September 30, 2027": the form that customers read in a text. */
export function formatOrderDate(date: string): string {
  return longDate.format(Date.parse(`${date}T00:00:00Z`));
}

/** True for a zone that this computer knows. Asks `Intl` once per zone. */
export function isTimeZone(zone: string): boolean {
  try {
    formatterFor(zone);
    return true;
  } catch {
    return false;
  }
}
