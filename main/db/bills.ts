import type { BillStatus, StoredBill } from '../../shared/domain/platform.ts';
import { prepared, type ReadDb, type WriteDb } from './types.ts';

const COLUMNS = `id, subscription_id AS subscriptionId, customer_id AS customerId, status, retry_count AS retryCount,
  order_date AS orderDate, billing_at AS billingAt, updated_at AS updatedAt, error`;

export function findBill(db: ReadDb, id: string): StoredBill | undefined {
  return prepared<{ id: string }, StoredBill>(db, `SELECT ${COLUMNS} FROM bills WHERE id = :id`).get({ id });
}

export function listBillsOfOrder(db: ReadDb, subscriptionId: string, orderDate: string): readonly StoredBill[] {
  return prepared<{ subscriptionId: string; orderDate: string }, StoredBill>(
    db,
    `SELECT ${COLUMNS} FROM bills WHERE subscription_id = :subscriptionId AND order_date = :orderDate LIMIT 50`,
  ).all({ subscriptionId, orderDate });
}

export function saveBill(db: WriteDb, bill: StoredBill): void {
  prepared<{ [K in keyof StoredBill]: StoredBill[K] } & { status: BillStatus }>(
    db,
    `INSERT INTO bills (id, subscription_id, customer_id, status, retry_count, order_date, billing_at, updated_at, error)
     VALUES (:id, :subscriptionId, :customerId, :status, :retryCount, :orderDate, :billingAt, :updatedAt, :error)
     ON CONFLICT (id) DO UPDATE SET status = excluded.status, retry_count = excluded.retry_count,
       order_date = excluded.order_date, billing_at = excluded.billing_at, updated_at = excluded.updated_at,
       error = excluded.error
     WHERE updated_at IS NOT excluded.updated_at OR status IS NOT excluded.status OR retry_count IS NOT excluded.retry_count`,
  ).run(bill);
}
