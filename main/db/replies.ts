import type { IncomingReply, Reply, ReplyOutcome } from '../../shared/domain/replies.ts';
import { prepared, type ReadDb, type WriteDb } from './types.ts';

type ReplyRecord = {
  id: string;
  received_at: number;
  phone: string | null;
  shopify_customer_id: string | null;
  body: string;
  is_opt_out: 0 | 1;
};

function toReply(row: ReplyRecord): Reply {
  return {
    id: row.id,
    receivedAt: row.received_at,
    phone: row.phone,
    shopifyCustomerId: row.shopify_customer_id,
    body: row.body,
    isOptOut: row.is_opt_out === 1,
  };
}

/** False when it is known already: the webhook or the poll repeated it. */
export function insertReply(db: WriteDb, reply: IncomingReply, phone: string | null, now: number): boolean {
  const { changes } = prepared<Record<string, unknown>>(
    db,
    `INSERT INTO replies (id, received_at, from_number, phone, shopify_customer_id, body, is_opt_out)
     VALUES (:id, :receivedAt, :fromNumber, :phone, :shopifyCustomerId, :body, :isOptOut)
     ON CONFLICT (id) DO NOTHING`,
  ).run({
    id: reply.id,
    // A clock that is wrong on the other side must not put a reply into the future.
    receivedAt: Math.min(reply.receivedAt, now),
    fromNumber: reply.fromNumber,
    phone,
    shopifyCustomerId: reply.shopifyCustomerId,
    body: reply.body,
    isOptOut: reply.isOptOut ? 1 : 0,
  });
  return changes === 1;
}

export function listUndecidedReplies(db: ReadDb, limit: number): readonly Reply[] {
  return prepared<{ limit: number }, ReplyRecord>(
    db,
    'SELECT * FROM replies INDEXED BY replies_undecided WHERE reason IS NULL ORDER BY sequence LIMIT :limit',
  )
    .all({ limit })
    .map(toReply);
}

export function findReply(db: ReadDb, id: string): Reply | undefined {
  const row = prepared<{ id: string }, ReplyRecord>(db, 'SELECT * FROM replies WHERE id = :id').get({ id });
  return row === undefined ? undefined : toReply(row);
}

export function decideReply(db: WriteDb, id: string, keyword: 'SKIP' | 'OPT_OUT' | null, outcome: ReplyOutcome): void {
  const { changes } = prepared<Record<string, unknown>>(
    db,
    `UPDATE replies SET keyword = :keyword, reason = :reason, customer_id = :customerId, subscription_id = :subscriptionId,
       order_date = :orderDate, new_order_date = :newOrderDate, detail = :detail, needs_person = :needsPerson
     WHERE id = :id`,
  ).run({
    id,
    keyword,
    reason: outcome.reason,
    customerId: outcome.customerId,
    subscriptionId: outcome.subscriptionId,
    orderDate: outcome.orderDate,
    newOrderDate: outcome.newOrderDate ?? null,
    detail: outcome.detail ?? null,
    needsPerson: outcome.needsPerson ? 1 : 0,
  });
  if (changes !== 1) throw new Error(`Expected one reply ${id} to decide`);
}

/** A person has read it and nothing is to be done. False when it does not wait for a person. */
export function closeReply(db: WriteDb, id: string): boolean {
  const { changes } = prepared<{ id: string }>(
    db,
    `UPDATE replies SET reason_before = reason, reason = 'ignored_by_person', needs_person = 0
     WHERE id = :id AND needs_person = 1`,
  ).run({ id });
  return changes === 1;
}

/** Takes `closeReply` back. False when the reply is not closed. */
export function reopenReply(db: WriteDb, id: string): boolean {
  const { changes } = prepared<{ id: string }>(
    db,
    `UPDATE replies SET reason = reason_before, reason_before = NULL, needs_person = 1
     WHERE id = :id AND reason = 'ignored_by_person' AND reason_before IS NOT NULL`,
  ).run({ id });
  return changes === 1;
}
