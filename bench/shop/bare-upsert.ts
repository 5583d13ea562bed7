import { dateIn } from '../../shared/domain/calendar.ts';
import { normalisePhone } from '../../shared/domain/phone.ts';
import type { PlatformSubscription } from '../../shared/domain/platform.ts';
import { openDatabase } from '../../main/db/open-database.ts';
import type { WriteDb } from '../../main/db/types.ts';

/** What a page comes to in the three tables; worked out beforehand, so that the bare upsert is nothing but SQLite's work. */
export type BarePage = readonly Readonly<{
  customer: Record<string, string | number | null>;
  search: Record<string, string | number>;
  subscription: Record<string, string | number | null>;
}>[];

/**
 * The least that can be done to have the same rows: the same file format, tables, indexes and search rows, `FULL`, a
 * transaction per page, one prepared upsert per table, a checkpoint every 10,000 pages and 256 MB of cache. It looks
 * nothing up, decides nothing and keeps no count.
 */
export type BareUpsert = Readonly<{ db: WriteDb; write: (page: BarePage) => void; close: () => void }>;

export function openBareUpsert(path: string, now: number): BareUpsert {
  const db = openDatabase({ path });
  db.pragma('wal_autocheckpoint = 10000');
  db.pragma('cache_size = -256000');
  const saveCustomer = db
    .prepare<Record<string, unknown>, number>(
      `INSERT INTO customers (id, platform_number, first_name, last_name, email, phone, known_since)
       VALUES (:id, :platformNumber, :firstName, :lastName, :email, :phone, ${now})
       ON CONFLICT (id) DO UPDATE SET platform_number = excluded.platform_number, first_name = excluded.first_name,
         last_name = excluded.last_name, email = excluded.email, phone = excluded.phone
       RETURNING row_id`,
    )
    .pluck();
  const saveSearch = db.prepare<Record<string, unknown>>(
    'INSERT OR REPLACE INTO customer_search (rowid, name, email, phone) VALUES (:rowId, :name, :email, :phone)',
  );
  const saveSubscription = db.prepare<Record<string, unknown>>(
    `INSERT INTO subscriptions (id, platform_number, customer_id, status, created_at, updated_at, cancelled_at,
       next_order_iso, next_order_at, next_order_date, is_migrated, selling_plan_id, frequency_count, frequency_unit,
       product_titles, total_cents, currency, payment_method_id, payment_last_digits, payment_updated_at,
       notice_order_date, events_through, known_since)
     VALUES (:id, :platformNumber, :customerId, :status, :createdAt, :updatedAt, :cancelledAt, :nextOrderIso,
       :nextOrderAt, :nextOrderDate, :isMigrated, :sellingPlanId, :frequencyCount, :frequencyUnit, :productTitles,
       :totalCents, :currency, :paymentMethodId, :paymentLastDigits, :paymentUpdatedAt, NULL, :updatedAt, ${now})
     ON CONFLICT (id) DO UPDATE SET platform_number = excluded.platform_number, customer_id = excluded.customer_id,
       status = excluded.status, updated_at = excluded.updated_at, cancelled_at = excluded.cancelled_at,
       next_order_iso = excluded.next_order_iso, next_order_at = excluded.next_order_at,
       next_order_date = excluded.next_order_date, is_migrated = excluded.is_migrated,
       selling_plan_id = excluded.selling_plan_id, frequency_count = excluded.frequency_count,
       frequency_unit = excluded.frequency_unit, product_titles = excluded.product_titles,
       total_cents = excluded.total_cents, currency = excluded.currency, payment_method_id = excluded.payment_method_id,
       payment_last_digits = excluded.payment_last_digits, payment_updated_at = excluded.payment_updated_at,
       events_through = excluded.events_through`,
  );
  const write = db.transaction((page: BarePage) => {
    let written: unknown;
    for (const { customer, search, subscription } of page) {
      // Two subscriptions of one customer stand beside each other; their customer is written once.
      if (customer['id'] !== written) saveSearch.run({ ...search, rowId: saveCustomer.get(customer) });
      written = customer['id'];
      saveSubscription.run(subscription);
    }
  });
  return { db, write: (page) => write.immediate(page), close: () => db.close() };
}

/** The rows of a page as the product would keep them. */
export function toBarePage(rows: readonly PlatformSubscription[], timeZone: string, country: string): BarePage {
  return rows.map(({ subscription, customer, phones }) => {
    const phone = phones.map((raw) => normalisePhone(raw, country)).find((number) => number !== null) ?? null;
    const digits = (phone ?? '').replace(/\D/g, '');
    const { frequency, paymentMethod, productTitles, isMigrated, nextOrderAt, ...plain } = subscription;
    return {
      customer: { ...customer, phone },
      search: {
        name: `${customer.firstName ?? ''} ${customer.lastName ?? ''}`.trim(),
        email: customer.email ?? '',
        phone: digits === '' ? '' : `${digits} ${digits.slice(-10)} ${digits.slice(-7)} ${digits.slice(-4)}`,
      },
      subscription: {
        ...plain,
        nextOrderAt,
        nextOrderDate: nextOrderAt === null ? null : dateIn(timeZone, nextOrderAt),
        isMigrated: isMigrated ? 1 : 0,
        frequencyCount: frequency?.count ?? null,
        frequencyUnit: frequency?.unit ?? null,
        productTitles: JSON.stringify(productTitles),
        paymentMethodId: paymentMethod?.id ?? null,
        paymentLastDigits: paymentMethod?.lastDigits ?? null,
        paymentUpdatedAt: paymentMethod?.updatedAt ?? null,
      },
    };
  });
}
