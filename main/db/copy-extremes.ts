import { prepared, type ReadDb } from './types.ts';

/**
 * Whose values make a text short, long or dear, found from the ends of indexes: the cost is the same for a hundred
 * customers and for a hundred thousand.
 */

/** What is outside of GSM-7, to the letter as in migration 0050: SQLite only then knows that the index is meant. */
const BEYOND_GSM = '*[^ -_a-~£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉÄÖÑÜ§¿äöñüà¡€]*';

const FIRST_NAMES = 'SELECT id FROM customers INDEXED BY customers_by_first_name_length';
const LAST_NAMES = 'SELECT id FROM customers INDEXED BY customers_by_last_name_length';
const NAMES_LENGTH = 'coalesce(length(first_name), 0) + coalesce(length(last_name), 0)';
const TITLES = 'SELECT id FROM subscriptions INDEXED BY subscriptions_by_titles_length';

const customerQueries = [
  `${FIRST_NAMES} ORDER BY coalesce(length(first_name), 0) DESC LIMIT :limit`,
  `${FIRST_NAMES} ORDER BY coalesce(length(first_name), 0) LIMIT :limit`,
  `${LAST_NAMES} ORDER BY coalesce(length(last_name), 0) DESC LIMIT :limit`,
  `${LAST_NAMES} ORDER BY coalesce(length(last_name), 0) LIMIT :limit`,
  `SELECT id FROM customers INDEXED BY customers_beyond_gsm
   WHERE first_name GLOB '${BEYOND_GSM}' OR last_name GLOB '${BEYOND_GSM}'
   ORDER BY ${NAMES_LENGTH} DESC LIMIT :limit`,
] as const;

const subscriptionQueries = [
  `${TITLES} ORDER BY length(product_titles) DESC LIMIT :limit`,
  `${TITLES} ORDER BY length(product_titles) LIMIT :limit`,
  `SELECT id FROM subscriptions INDEXED BY subscriptions_beyond_gsm WHERE product_titles GLOB '${BEYOND_GSM}'
   ORDER BY length(product_titles) DESC LIMIT :limit`,
] as const;

/** Customers with the shortest and longest names, and with names that need Unicode; `limit` of each. */
export function listExtremeCustomers(db: ReadDb, limit: number): readonly string[] {
  return listIds(db, customerQueries, limit);
}

/** Subscriptions with the shortest and longest product titles, and with titles that need Unicode; `limit` of each. */
export function listExtremeSubscriptions(db: ReadDb, limit: number): readonly string[] {
  return listIds(db, subscriptionQueries, limit);
}

function listIds(db: ReadDb, queries: readonly string[], limit: number): readonly string[] {
  const ids = queries.flatMap((sql) => prepared<{ limit: number }, { id: string }>(db, sql).all({ limit }));
  return [...new Set(ids.map(({ id }) => id))];
}
