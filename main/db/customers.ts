import type { Customer, Recipient } from '../../shared/domain/platform.ts';
import { addToTotal } from './shop.ts';
import { prepared, type ReadDb, type WriteDb } from './types.ts';

export type CustomerRecord = {
  row_id: number;
  id: string;
  platform_number: string | null;
  first_name: string | null;
  last_name: string | null;
  email: string | null;
  phone: string | null;
  known_since: number;
  erased_at: number | null;
};

export function toCustomer(row: CustomerRecord): Customer {
  return {
    id: row.id,
    platformNumber: row.platform_number,
    firstName: row.first_name,
    lastName: row.last_name,
    email: row.email,
    phone: row.phone,
  };
}

function findRecord(db: ReadDb, id: string): CustomerRecord | undefined {
  return prepared<{ id: string }, CustomerRecord>(db, 'SELECT * FROM customers WHERE id = :id').get({ id });
}

export function findCustomer(db: ReadDb, id: string): Customer | undefined {
  const row = findRecord(db, id);
  return row === undefined ? undefined : toCustomer(row);
}

/** The same for a page of a sync at once, by id. Those who were erased are left out. */
export function findCustomers(db: ReadDb, ids: readonly string[]): ReadonlyMap<string, Customer> {
  const rows = prepared<{ ids: string }, [string, ...(string | null)[]]>(
    db,
    `SELECT customers.id, platform_number, first_name, last_name, email, phone
     FROM json_each(:ids) CROSS JOIN customers ON customers.id = json_each.value WHERE erased_at IS NULL`,
  )
    .raw()
    .all({ ids: JSON.stringify(ids) });
  return new Map(
    rows.map(([id, platformNumber = null, firstName = null, lastName = null, email = null, phone = null]) => [
      id,
      { id, platformNumber, firstName, lastName, email, phone },
    ]),
  );
}

export function findRecipient(db: ReadDb, id: string): Recipient | undefined {
  const row = prepared<{ id: string }, Pick<CustomerRecord, 'phone' | 'email' | 'erased_at'>>(
    db,
    'SELECT phone, email, erased_at FROM customers WHERE id = :id',
  ).get({ id });
  return row === undefined ? undefined : { phone: row.phone, email: row.email, isErased: row.erased_at !== null };
}

/** When this computer first saw the customer, epoch ms. */
export function customerKnownSince(db: ReadDb, id: string): number | undefined {
  return findRecord(db, id)?.known_since;
}

/** Erased on demand. */
export function isErased(db: ReadDb, id: string): boolean {
  return (findRecord(db, id)?.erased_at ?? null) !== null;
}

/** Several people can share a phone; oldest first, at most 20. */
export function findCustomersByPhone(db: ReadDb, phone: string): readonly Customer[] {
  return prepared<{ phone: string }, CustomerRecord>(
    db,
    'SELECT * FROM customers WHERE phone = :phone ORDER BY row_id LIMIT 20',
  )
    .all({ phone })
    .map(toCustomer);
}

export function findCustomerByPlatformNumber(db: ReadDb, platformNumber: string): Customer | undefined {
  const row = prepared<{ platformNumber: string }, CustomerRecord>(
    db,
    'SELECT * FROM customers WHERE platform_number = :platformNumber LIMIT 1',
  ).get({ platformNumber });
  return row === undefined ? undefined : toCustomer(row);
}

/** Writes only what changed. False for one that was erased on demand: what the platform still knows is not taken in again. */
export function saveCustomer(db: WriteDb, customer: Customer, now: number): boolean {
  return updateCustomer(db, customer.id, () => customer, now);
}

/** The same, for what comes of what is known: that is read once. */
export function updateCustomer(
  db: WriteDb,
  id: string,
  change: (before: Customer | undefined) => Customer,
  now: number,
): boolean {
  const record = findRecord(db, id);
  if (record !== undefined && record.erased_at !== null) return false;
  const before = record === undefined ? undefined : toCustomer(record);
  const customer = change(before);
  if (before !== undefined && isSame(before, customer)) return true;
  const saved = prepared<Customer & { now: number }, { row_id: number }>(
    db,
    `INSERT INTO customers (id, platform_number, first_name, last_name, email, phone, known_since)
     VALUES (:id, :platformNumber, :firstName, :lastName, :email, :phone, :now)
     ON CONFLICT (id) DO UPDATE SET platform_number = excluded.platform_number, first_name = excluded.first_name,
       last_name = excluded.last_name, email = excluded.email, phone = excluded.phone
     RETURNING row_id`,
  ).get({ ...customer, now });
  if (saved === undefined) throw new Error(`Expected customer ${id} to be saved`);
  if (before === undefined) addToTotal(db, 'customers', 1);
  indexForSearch(db, saved.row_id, customer);
  return true;
}

function isSame(one: Customer, other: Customer): boolean {
  return (Object.keys(one) as (keyof Customer)[]).every((key) => one[key] === other[key]);
}

function indexForSearch(db: WriteDb, rowId: number, customer: Customer): void {
  const digits = (customer.phone ?? '').replace(/\D/g, '');
  // A merchant types a number with or without the country, or just its end.
  const phone = digits === '' ? '' : `${digits} ${digits.slice(-10)} ${digits.slice(-7)} ${digits.slice(-4)}`;
  prepared<{ rowId: number; name: string; email: string; phone: string }>(
    db,
    'INSERT OR REPLACE INTO customer_search (rowid, name, email, phone) VALUES (:rowId, :name, :email, :phone)',
  ).run({
    rowId,
    name: `${customer.firstName ?? ''} ${customer.lastName ?? ''}`.trim(),
    email: customer.email ?? '',
    phone,
  });
}
