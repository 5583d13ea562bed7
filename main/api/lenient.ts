import { z } from 'zod';
import { cutText } from './errors.ts';

/**
 * Schemas for answers that we did not write: numbers for ids, null or nothing for what is not known
 * (postscript-api.md 10, rule 8). An optional field of the wrong type counts as absent and never costs the row.
 */

const longestText = 500;
/** What the contract lets the console ask for; the real ones have 36 characters. */
const longestId = 200;

export type Fields = Readonly<Record<string, unknown>>;

/** The fields of an object, null for anything else. */
export function fieldsOf(value: unknown): Fields | null {
  // An object of JSON has text for its names and whatever for its values; that is all that is said here.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/** An id or number as text, null when it is not one. Never cut or mended: another id may be what comes of it. */
export function toId(value: unknown): string | null {
  // A number that JSON cannot carry to the last digit was another number when it was written.
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? String(value) : null;
  if (typeof value !== 'string' || value.trim() === '' || value.length > longestId) return null;
  return value.isWellFormed() ? value : null;
}

/**
 * Text from a stranger, untouched but for its length; null when absent, empty or not text.
 *
 * Half a surrogate pair is replaced, because SQLite would do it too and the row would look changed at every sync.
 */
export function toText(value: unknown): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : null;
  if (typeof value !== 'string' || value === '') return null;
  return cutText(value, longestText).toWellFormed();
}

/** A whole number, also when written as text; null otherwise. */
export function toInteger(value: unknown): number | null {
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null;
}

/** A whole number that counts something; null otherwise. */
export function toCount(value: unknown): number | null {
  const count = toInteger(value);
  return count !== null && count >= 0 ? count : null;
}

const anything = z.unknown().optional();

/** A required id: the row without it cannot be read. */
export const lenientId = anything.transform((value, context) => {
  const id = toId(value);
  if (id !== null) return id;
  context.addIssue({ code: 'custom', message: 'is missing or unreadable' });
  return z.NEVER;
});

export const optionalId = anything.transform(toId);

export const lenientText = anything.transform(toText);

export const lenientBoolean = z.boolean().nullable().catch(null).default(null);

export const lenientInteger = anything.transform(toInteger);

export const lenientCount = anything.transform(toCount);

/** Names what is wrong with a row in one line: field and complaint, never a value. */
export function describeIssues(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.length === 0 ? 'it' : path.join('.')} ${message}`)
    .join(', ');
}
