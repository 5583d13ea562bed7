import { fail, ok, type Result } from '../../shared/result.ts';

/** Fewer characters than this are a slip of the mouse, whatever the vendor's format is. */
const shortest = 8;

/**
 * Tidies a key as people paste it: with quotes, a header name in front, or broken over lines by a mail program.
 *
 * Real formats are not documented (postscript-api.md 1.1: never validate strictly), so only what cannot be a key is
 * refused. Messages never repeat the text.
 */
export function tidySecretText(raw: string, name: string): Result<string> {
  const text = raw
    // Line breaks inside a wrapped paste, and characters that nobody can see.
    .replace(/[\r\n\u200B-\u200D\u2060\uFEFF]/g, '')
    .trim()
    .replace(/^["'`“”‘’«»<]+|["'`“”‘’«»>,;]+$/g, '')
    .trim()
    .replace(/^(authorization:\s*)?bearer\s+/i, '')
    .trim();
  if (text === '') return fail('invalid_input', `The ${name} is empty.`, `Paste the ${name}.`);
  if (/\s/.test(text))
    return fail('invalid_input', `The ${name} has spaces inside.`, `Copy the ${name} again, and nothing else.`);
  if (/[*•…]|\.\.\./.test(text))
    return fail('invalid_input', `The ${name} is shortened or hidden.`, `Show the whole ${name} first, then copy it.`);
  if (!/^[\x21-\x7E]+$/.test(text))
    return fail('invalid_input', `The ${name} holds characters that a key cannot have.`, `Copy the ${name} again.`);
  if (text.length < shortest)
    return fail('invalid_input', `The ${name} is too short to be whole.`, `Copy the whole ${name}.`);
  return ok(text);
}
