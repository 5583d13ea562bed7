import { z } from 'zod';

/** Zone and seconds may be missing; a fraction may have any length. */
const isoShape = /^(\d{4}-\d{2})-(\d{2})([T ](\d{2}):\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** A date that stands for "never". */
const placeholder = /^(0001-01-01|9999-12-31)/;

/** Placeholders like 0001-01-01 and 9999-12-31 are no dates, and the calendar does not read years beyond four digits. */
const earliest = 0;
const latest = Date.UTC(9000, 0, 1);

/**
 * ISO text to epoch ms, null when it is not a date. Text without a zone is UTC, as the vendors' times are
 * (subscription-platforms.md 1.2); JavaScript alone would read it in this computer's zone.
 */
export function parseInstant(text: string): number | null {
  const shape = isoShape.exec(text.trim());
  if (shape === null) return null;
  const [whole, month = '', day = '', time, hour, , , zone] = shape;
  // JavaScript reads the 31st of February as the 3rd of March, and 24:00 as the next day.
  if ((Number(day) > 28 && Number(day) > daysIn(month)) || hour === '24') return null;
  const at = Date.parse(time !== undefined && zone === undefined ? `${whole.replace(' ', 'T')}Z` : whole);
  return at >= earliest && at < latest ? at : null;
}

/** Of a month like `2027-02`; NaN when there is no such month. */
function daysIn(month: string): number {
  const first = new Date(`${month}-01T00:00:00Z`);
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
}

/** Whether a field says "never": it is absent, empty, or holds one of the dates that stand for it. */
export function isNever(value: unknown): boolean {
  return value == null || value === '' || value === false || (typeof value === 'string' && placeholder.test(value));
}

export type DateReading = Readonly<{ text: string; at: number }> | null;

/** To the letter and as an instant; null when the field says that there is none. */
export function toDate(value: unknown): DateReading | 'unclear' {
  if (isNever(value)) return null;
  const at = typeof value === 'string' ? parseInstant(value) : null;
  return typeof value === 'string' && at !== null ? { text: value, at } : 'unclear';
}

/** An optional date; null when absent or not one. */
export function toInstant(value: unknown): number | null {
  return typeof value === 'string' ? parseInstant(value) : null;
}

export const lenientInstant = z.unknown().optional().transform(toInstant);
