import type { Customer } from '../../shared/domain/platform.ts';
import { normalisePhone } from '../../shared/domain/phone.ts';
import { toCustomer, type CustomerRecord } from './customers.ts';
import { readSettings } from './shop.ts';
import { prepared, type ReadDb } from './types.ts';

const MOST_WORDS = 8;
/** So many of the newest customers are looked at one by one for a single letter, and so often. */
const STEP = 500;
const MOST_STEPS = 8;

/**
 * Customers whose name, e-mail or phone has words beginning like every word typed; newest first. A number is found in
 * any spelling, the national one of the shop's country included. Those who were erased are nobody's to find.
 */
export function searchCustomers(db: ReadDb, text: string, limit: number): readonly Customer[] {
  return listCustomers(db, text, Number.MAX_SAFE_INTEGER, limit).map(({ customer }) => customer);
}

/** The same search page by page; `before` is the row of the last one shown. */
export function listCustomers(
  db: ReadDb,
  text: string,
  before: number,
  limit: number,
): readonly Readonly<{ row: number; customer: Customer }>[] {
  const search = toSearch(text, readSettings(db).country);
  const records = findRecords(db, search, before, limit);
  return records.map((record) => ({ row: record.row_id, customer: toCustomer(record) }));
}

function findRecords(db: ReadDb, search: Search, before: number, limit: number): readonly CustomerRecord[] {
  if (search.query === '') return listNewest(db, before, limit);
  const [, letter] = /^"(\p{L})"\*$/u.exec(search.query) ?? [];
  const among = letter === undefined ? [] : listNewestWith(db, letter, before, limit);
  if (among.length === limit) return among;
  return prepared<Search & { before: number; limit: number }, CustomerRecord>(
    db,
    `SELECT customers.* FROM customer_search
     JOIN customers ON customers.row_id = customer_search.rowid
     WHERE customer_search MATCH :query AND customer_search.rowid < :before
       AND (:email = '' OR instr(lower(customers.email), :email) > 0)
     ORDER BY customer_search.rowid DESC LIMIT :limit`,
  ).all({ ...search, before, limit });
}

function listNewest(db: ReadDb, before: number, limit: number): CustomerRecord[] {
  return prepared<{ before: number; limit: number }, CustomerRecord>(
    db,
    'SELECT * FROM customers WHERE erased_at IS NULL AND row_id < :before ORDER BY row_id DESC LIMIT :limit',
  ).all({ before, limit });
}

/**
 * Of the newest customers those who have a word beginning with that letter. The index has to read all of them before it
 * knows the newest, and they are a good part of a shop; where they are few it is the shorter way.
 */
function listNewestWith(db: ReadDb, letter: string, before: number, limit: number): readonly CustomerRecord[] {
  const wanted = withoutMarks(letter);
  const found: CustomerRecord[] = [];
  let below = before;
  for (let step = 0; step < MOST_STEPS && found.length < limit; step += 1) {
    const newest = listNewest(db, below, STEP);
    for (const record of newest) {
      const words = toWords(`${record.first_name ?? ''} ${record.last_name ?? ''} ${record.email ?? ''}`);
      if (words.some((word) => withoutMarks(word).startsWith(wanted))) found.push(record);
    }
    const last = newest.at(-1);
    if (last === undefined) break;
    below = last.row_id;
  }
  return found.slice(0, limit);
}

/** As the index compares letters. */
function withoutMarks(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

type Search = Readonly<{
  /** For the search index; empty: everybody. */
  query: string;
  /** What their e-mail addresses have to hold, in small letters; empty: whatever it is. */
  email: string;
}>;

/** Each word becomes a quoted prefix, so that nothing typed is read as search syntax. */
function toSearch(text: string, country: string): Search {
  const plain = text.normalize('NFKC').replace(/\p{Cf}/gu, '');
  const digits = plain.replace(/\D/g, '');
  if (digits.length >= 4 && /^[\d\s()+./-]+$/.test(plain)) {
    const whole = normalisePhone(plain, country)?.slice(1);
    // 00 and a leading 0 are how some countries dial, and stand in no stored number.
    const typed = digits.replace(/^0+(?=\d{4})/, '');
    const numbers = new Set([digits, typed, ...(whole === undefined ? [] : [whole])]);
    return { query: [...numbers].map((number) => `phone : "${number}"*`).join(' OR '), email: '' };
  }
  const [, local] = /^([!-?A-~]+)@[!-~]*$/.exec(plain.trim()) ?? [];
  const ownWords = toWords(local ?? '').slice(0, MOST_WORDS);
  if (ownWords.length === 0) {
    const beginnings = toWords(plain).slice(0, MOST_WORDS);
    return { query: beginnings.map((word) => `"${word}"*`).join(' '), email: '' };
  }
  // Nearly everybody has one of a few providers: asked of the index, those words would be read for the whole shop. And what
  // stands before the @ is typed to its end: as beginnings, the words of a name would be read for all who have one.
  const words = ownWords.map((word) => `"${word}"`).join(' ');
  return { query: `email : (${words})`, email: plain.trim().toLowerCase() };
}

/** As the index parts them. */
function toWords(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}
