import { z } from 'zod';

/** Zone and seconds may be missing; a fraction may have any length. */
const isoShape = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

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
  const [whole, time, , , zone] = shape;
  const at = Date.parse(time !== undefined && zone === undefined ? `${whole.replace(' ', 'T')}Z` : whole);
  return at >= earliest && at < latest ? at : null;
}

/** An optional date; null when absent or not one. */
export const lenientInstant = z
  .string()
  .nullish()
  .catch(null)
  .transform((text) => (text == null ? null : parseInstant(text)));
