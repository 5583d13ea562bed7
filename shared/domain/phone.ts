import { isSupportedCountry, parsePhoneNumberFromString, type PhoneNumber } from 'libphonenumber-js/min';

/** The longest sensible way to write a number, with separators and an extension, is well under this. */
const maxLength = 64;

/** Invisible characters come along when a number is copied from a contacts app: direction marks, joiners. */
const invisible = /\p{Cf}/gu;

/**
 * Any +1 number of the right shape. Area codes are opened faster than the library's list is updated,
 * and a customer with a new one must not silently go without texts.
 */
const northAmerican = /^\+1[2-9]\d{2}[2-9]\d{6}$/;

/** The same as it is written at home: `2125550100`, `(212) 555-0100`, `1-212-555-0100`. */
const northAmericanAtHome = /^(1[-. ]?)?(\([2-9]\d{2}\) ?|[2-9]\d{2}[-. ]?)[2-9]\d{2}[-. ]?\d{4}$/;

function parse(raw: string, country: string): PhoneNumber | undefined {
  const text = raw.trim();
  if (text.length > maxLength) return undefined;
  // extract: false, or "call 212 555 0100 after six" would pass for a number.
  return parsePhoneNumberFromString(text.replace(invisible, ''), {
    extract: false,
    ...(isSupportedCountry(country) && { defaultCountry: country }),
  });
}

/**
 * A phone number as E.164, or null when it is not one.
 *
 * A number with + keeps its own country; one without is read as a number of `country` (ISO 3166 alpha-2, the shop's).
 * An extension is dropped: a text goes to the number itself.
 *
 * @example normalisePhone('(212) 555-0100', 'US') === '+12125550100'
 */
export function normalisePhone(raw: string, country: string): string | null {
  // Written as it is kept or as at home, as most are: a sync of a large shop spends more on the library than on its rows.
  if (northAmerican.test(raw)) return raw;
  if ((country === 'US' || country === 'CA') && northAmericanAtHome.test(raw))
    return `+1${raw.replace(/\D/g, '').slice(-10)}`;
  const phone = parse(raw, country);
  if (phone === undefined) return null;
  return phone.isValid() || northAmerican.test(phone.number) ? phone.number : null;
}

/**
 * A number as screens and logs may show it: country code and last four digits, `+1 ••• ••• 0100`.
 *
 * A short number shows fewer digits, or nothing of it would be hidden. Text that is not a number, an e-mail address
 * or a short code, is hidden whole. The bullets do not tell how long the number is.
 */
export function maskPhone(phone: string): string {
  const parsed = parse(phone, '');
  if (parsed === undefined) {
    const digits = phoneDigits(phone);
    return `••• ••• ${digits.length >= 10 && digits.length <= 15 ? digits.slice(-4) : '••••'}`;
  }
  const { countryCallingCode, nationalNumber } = parsed;
  const ending = nationalNumber.length >= 8 ? nationalNumber.slice(-4) : `••${nationalNumber.slice(-2)}`;
  return `+${countryCallingCode} ••• ••• ${ending}`;
}

/**
 * The digits of what someone typed into a search box, in any script, nothing else.
 *
 * A stored number matches when its digits end in these: `(212) 555-0100`, `+12125550100` and `0100` find the same rows.
 */
export function phoneDigits(text: string): string {
  return text.slice(0, maxLength).normalize('NFKC').replace(/\D/g, '');
}
