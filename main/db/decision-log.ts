import type { DecisionReason } from '../../shared/domain/decisions.ts';
import type { TriggerName } from '../../shared/domain/triggers.ts';
import type { DecisionView } from '../../shared/ipc/schemas.ts';
import { toName } from './delivery-log.ts';
import { prepared, type ReadDb } from './types.ts';

type DecisionRecord = {
  id: number;
  at: number;
  reason: DecisionReason;
  trigger: TriggerName | null;
  customer_id: string | null;
  subscription_id: string | null;
  order_date: string | null;
  delivery_id: number | null;
  reply_id: string | null;
  detail: string | null;
  first_name: string | null;
  last_name: string | null;
};

function toView(row: DecisionRecord): DecisionView {
  return {
    id: row.id,
    at: row.at,
    reason: row.reason,
    trigger: row.trigger,
    customerId: row.customer_id,
    customerName: toName(row),
    subscriptionId: row.subscription_id,
    orderDate: row.order_date,
    deliveryId: row.delivery_id,
    replyId: row.reply_id,
    detail: row.detail,
  };
}

const SELECT = `SELECT decisions.*, customers.first_name, customers.last_name
  FROM decisions LEFT JOIN customers ON customers.id = decisions.customer_id`;

/** Newest first, of one customer or of all. */
export function listDecisions(db: ReadDb, customerId: string | null, before: number, limit: number): DecisionView[] {
  if (customerId === null) {
    return prepared<{ before: number; limit: number }, DecisionRecord>(
      db,
      `${SELECT} WHERE decisions.id < :before ORDER BY decisions.id DESC LIMIT :limit`,
    )
      .all({ before, limit })
      .map(toView);
  }
  return prepared<{ customerId: string; before: number; limit: number }, DecisionRecord>(
    db,
    `${SELECT} WHERE decisions.customer_id = :customerId AND decisions.id < :before ORDER BY decisions.id DESC LIMIT :limit`,
  )
    .all({ customerId, before, limit })
    .map(toView);
}

/** Oldest first. */
export function listDecisionsOfDelivery(db: ReadDb, deliveryId: number): DecisionView[] {
  return prepared<{ deliveryId: number }, DecisionRecord>(
    db,
    `${SELECT} WHERE decisions.delivery_id = :deliveryId ORDER BY decisions.id LIMIT 200`,
  )
    .all({ deliveryId })
    .map(toView);
}
