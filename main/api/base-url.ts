import { fail, ok, type Result } from '../../shared/result.ts';

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Checks the address of a service and returns it without a trailing slash.
 *
 * https, because a key travels with every request; http only to this computer, where the practice shop and a local
 * inbox live. A path is kept (an inbox may sit below one), a query or a user name in the address is not allowed.
 */
export function checkBaseUrl(raw: string): Result<string> {
  const text = raw.trim();
  if (text === '') return fail('invalid_input', 'The address is empty.');
  if (!URL.canParse(text)) return fail('invalid_input', 'This is not an address.', 'Use a full address: https://…');
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback.test(url.hostname)))
    return fail(
      'invalid_input',
      'The address must start with https://, because a key travels with every request.',
      'http:// is possible only for an address on this computer.',
    );
  if (url.username !== '' || url.password !== '')
    return fail('invalid_input', 'The address must not hold a user name or a password.');
  if (url.search !== '' || url.hash !== '') return fail('invalid_input', 'The address must end before any ? or #.');
  return ok(`${url.origin}${url.pathname.replace(/\/+$/, '')}`);
}
