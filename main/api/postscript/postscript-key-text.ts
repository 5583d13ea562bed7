import { fail, type Result } from '../../../shared/result.ts';
import { tidySecretText } from '../secret-text.ts';

/**
 * Checks a pasted Postscript key without asking Postscript (postscript-api.md 1.1 and 1.2).
 *
 * The public half and partner keys are refused, because both look right and neither can work alone. Any other prefix
 * is let through: only Postscript knows what its keys look like.
 */
export function checkPostscriptKeyText(raw: string): Result<string> {
  const key = tidySecretText(raw, 'private key');
  if (!key.ok) return key;
  if (/^pk[_-]/i.test(key.value))
    return fail(
      'invalid_input',
      'This is the public key of the pair (pk_…). It does not authorise anything.',
      'In Postscript, open Settings, API, and press Show beside the private key. It starts with sk_.',
    );
  if (/^sk[_-]partner[_-]/i.test(key.value))
    return fail(
      'invalid_input',
      'This is a partner key (sk_partner_…). It works only together with a key of the shop.',
      "Use the shop's own private key: in Postscript, Settings, API, Create Security Key Pair.",
    );
  // Length is not documented; a prefix with hardly anything behind it is a cut-off copy all the same.
  if (/^sk[_-].{0,7}$/i.test(key.value))
    return fail('invalid_input', 'The private key is too short to be whole.', 'Copy the whole private key.');
  return key;
}
