import { readSearch } from '../../shared/domain/log-search.ts';
import { normalisePhone, phoneDigits } from '../../shared/domain/phone.ts';
import { searchCustomers } from './customer-search.ts';
import { findCustomersByPhone } from './customers.ts';
import { findDeliveryByKey } from './deliveries.ts';
import type { LogConditions } from './delivery-pages.ts';
import { prepared, type ReadDb } from './types.ts';

/** Customers whose deliveries are looked through; a name that more people have is too short to search by. */
const MOST_CUSTOMERS = 100;

/**
 * What a search finds, each as conditions on deliveries that an index answers.
 *
 * Customers and subscriptions are looked up in their own small indexes first; no delivery is read to search.
 */
export function searchLog(
  db: ReadDb,
  text: string,
  country: string,
): Readonly<{ found: readonly LogConditions[]; isCut: boolean }> {
  const { deliveryId, key, orderDate, phoneEnding, subscription, words } = readSearch(text);
  const found: LogConditions[] = [];
  if (deliveryId !== null) found.push({ id: deliveryId });
  const byKey = key === null ? undefined : findDeliveryByKey(db, key);
  if (byKey !== undefined) found.push({ id: byKey.id });
  if (orderDate !== null) found.push({ orderDate });
  if (subscription !== null) found.push(...findSubscriptions(db, subscription));
  const customers = new Set<string>();
  if (phoneEnding !== null) {
    for (const id of findByPhone(db, text, phoneEnding, country)) customers.add(id);
    found.push({ phoneEnding });
  }
  if (words !== null) for (const { id } of searchCustomers(db, words, MOST_CUSTOMERS + 1)) customers.add(id);
  const ids = [...customers];
  found.push(...ids.slice(0, MOST_CUSTOMERS).map((customerId) => ({ customerId })));
  return { found, isCut: ids.length > MOST_CUSTOMERS };
}

function findByPhone(db: ReadDb, text: string, digits: string, country: string): string[] {
  const whole = normalisePhone(text, country);
  // As it is written at home it need not end as it does with its country: 020 7946 0100 is +44 20 7946 0100.
  const exact = whole === null ? [] : findCustomersByPhone(db, whole);
  const near = searchCustomers(db, digits, MOST_CUSTOMERS + 1);
  const ending = near.filter(({ phone }) => phone !== null && phoneDigits(phone).endsWith(digits));
  // Somebody who types how a number begins, the area code for example, means those.
  return [...exact, ...(exact.length + ending.length > 0 ? ending : near)].map(({ id }) => id);
}

function findSubscriptions(db: ReadDb, text: string): LogConditions[] {
  return prepared<{ text: string }, { id: string; customer_id: string }>(
    db,
    `SELECT id, customer_id FROM subscriptions WHERE id = :text
     UNION SELECT id, customer_id FROM subscriptions WHERE platform_number = :text LIMIT 20`,
  )
    .all({ text })
    .map(({ id, customer_id }) => ({ customerId: customer_id, subscriptionId: id }));
}
