import { z } from 'zod';
import { cutText } from './errors.ts';

/**
 * Schemas for answers that we did not write: numbers for ids, null or nothing for what is not known
 * (postscript-api.md 10, rule 8). An optional field of the wrong type counts as absent and never costs the row.
 */

const longestText = 500;
/** What the contract lets the console ask for; the real ones have 36 characters. */
const longestId = 200;

/** A number that JSON cannot carry to the last digit was another number when it was written. */
const wholeNumber = z.number().refine(Number.isSafeInteger);

const unreadable = { error: 'is missing or unreadable' };

/** An id or number as text. Required. Never cut or mended: another id may be what comes of it. */
export const lenientId = z.union([z.string(), z.number()], unreadable).refine(isId, unreadable).transform(String);

function isId(value: string | number): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0;
  return value.trim() !== '' && value.length <= longestId && value.isWellFormed();
}

/** An id that may be absent; null when it is, or is not one. */
export const optionalId = lenientId
  .nullish()
  .catch(null)
  .transform((value) => value ?? null);

/**
 * Text from a stranger, untouched but for its length; null when absent, empty or not text.
 *
 * Half a surrogate pair is replaced, because SQLite would do it too and the row would look changed at every sync.
 */
export const lenientText = z
  .union([z.string(), wholeNumber.transform(String)])
  .nullish()
  .catch(null)
  .transform((value) => (value == null || value === '' ? null : cutText(value, longestText).toWellFormed()));

export const lenientBoolean = z.boolean().nullable().catch(null).default(null);

/** A whole number, also when written as text; null otherwise. */
export const lenientInteger = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d+$/)
      .transform(Number),
  ])
  .nullish()
  .catch(null)
  .transform((value) => (value != null && Number.isSafeInteger(value) ? value : null));

/** A whole number that counts something; null otherwise. */
export const lenientCount = lenientInteger.transform((value) => (value !== null && value >= 0 ? value : null));

/** Names what is wrong with a row in one line: field and complaint, never a value. */
export function describeIssues(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.length === 0 ? 'it' : path.join('.')} ${message}`)
    .join(', ');
}
