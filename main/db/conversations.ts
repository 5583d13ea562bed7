import type { Delivery } from '../../shared/domain/deliveries.ts';
import { toName } from './delivery-log.ts';
import { toDelivery, type DeliveryRecord } from './deliveries.ts';
import { prepared, type ReadDb } from './types.ts';

type NamedRecord = DeliveryRecord & { first_name: string | null; last_name: string | null };

/** What Postscript accepted for a phone, newest first; tests are left out. */
export function listAcceptedOnPhone(
  db: ReadDb,
  phone: string,
  before: number,
  limit: number,
): { key: number; at: number; delivery: Delivery; customerName: string }[] {
  return prepared<{ phone: string; before: number; limit: number }, NamedRecord>(
    db,
    `SELECT deliveries.*, customers.first_name, customers.last_name
     FROM deliveries INDEXED BY deliveries_on_phone LEFT JOIN customers ON customers.id = deliveries.customer_id
     WHERE deliveries.phone = :phone AND deliveries.state = 'accepted' AND deliveries.is_test = 0 AND deliveries.id < :before
     ORDER BY deliveries.id DESC LIMIT :limit`,
  )
    .all({ phone, before, limit })
    .map((row) => ({
      key: row.id,
      at: row.finished_at ?? row.created_at,
      delivery: toDelivery(row),
      customerName: toName(row),
    }));
}
