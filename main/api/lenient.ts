import { z } from 'zod';
import { cutText } from './errors.ts';

/**
 * Schemas for answers that we did not write: numbers for ids, null or nothing for what is not known
 * (postscript-api.md 10, rule 8). An optional field of the wrong type counts as absent and never costs the row.
 */

const longestText = 500;

/** An id or number as text. Required. */
export const lenientId = z
  .union([z.string().min(1), z.number().transform(String)], { error: 'is missing or unreadable' })
  .transform((value) => cutText(value, longestText));

/**
 * Text from a stranger, untouched but for its length; null when absent, empty or not text.
 *
 * Half a surrogate pair is replaced, because SQLite would do it too and the row would look changed at every sync.
 */
export const lenientText = z
  .union([z.string(), z.number().transform(String)])
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

/** Names what is wrong with a row in one line: field and complaint, never a value. */
export function describeIssues(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.length === 0 ? 'it' : path.join('.')} ${message}`)
    .join(', ');
}
