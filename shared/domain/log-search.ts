import { phoneDigits } from './phone.ts';

/** What a text typed into the log's search box may mean; several readings can hold at once. */
export type SearchReading = Readonly<{
  deliveryId: number | null;
  /** A delivery's key, to the letter. */
  key: string | null;
  orderDate: string | null;
  /** What a phone number may end in. */
  phoneEnding: string | null;
  /** A subscription's id or the number that the platform shows for it. */
  subscription: string | null;
  /** Words of a name or an e-mail address. */
  words: string | null;
}>;

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const phoneLike = /^[\p{N}\p{Cf}\p{Pd}\s()+./]+$/u;
const FEWEST_PHONE_DIGITS = 4;
const MOST_PHONE_DIGITS = 15;

/**
 * Reads what somebody typed: a phone in any spelling, a name, an e-mail address, an order date, a subscription, or a
 * delivery by its number or key.
 *
 * @example readSearch('#123').deliveryId === 123
 * @example readSearch('(212) 555-0100').phoneEnding === '2125550100'
 */
export function readSearch(typed: string): SearchReading {
  const text = typed.trim();
  const orderDate = readDate(text);
  const digits = phoneDigits(text);
  const isPhone =
    orderDate === null &&
    phoneLike.test(text) &&
    digits.length >= FEWEST_PHONE_DIGITS &&
    digits.length <= MOST_PHONE_DIGITS;
  const bare = text.replace(/^#/, '');
  return {
    deliveryId: /^#?\d{1,15}$/.test(text) ? Number(bare) : null,
    key: text.includes(':') ? text : null,
    orderDate,
    phoneEnding: isPhone ? digits : null,
    subscription: bare === '' || orderDate !== null ? null : bare,
    words: orderDate === null && /\p{L}/u.test(text) ? text : null,
  };
}

/** A date with its year, as ISO text: `2027-03-14`, `3/14/2027`, `March 14, 2027`. */
function readDate(text: string): string | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso !== null) return toDate(iso[1], Number(iso[2]), Number(iso[3]));
  const slashed = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  if (slashed !== null) return toDate(slashed[3], Number(slashed[1]), Number(slashed[2]));
  const worded = /^([a-z]{3,9})\.? (\d{1,2}),? (\d{4})$/i.exec(text);
  if (worded === null) return null;
  return toDate(worded[3], months.indexOf((worded[1] ?? '').slice(0, 3).toLowerCase()) + 1, Number(worded[2]));
}

function toDate(year: string | undefined, month: number, day: number): string | null {
  const date = `${year ?? ''}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const at = Date.parse(`${date}T00:00:00Z`);
  // A day that the month does not have rolls over into the next one.
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date) ? date : null;
}
