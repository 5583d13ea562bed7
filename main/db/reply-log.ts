import type { DecisionReason } from '../../shared/domain/decisions.ts';
import { maskPhone } from '../../shared/domain/phone.ts';
import type { ReplyView } from '../../shared/ipc/schemas.ts';
import { toName } from './delivery-log.ts';
import { prepared, type ReadDb } from './types.ts';

type ReplyRecord = {
  sequence: number;
  id: string;
  received_at: number;
  from_number: string;
  phone: string | null;
  body: string;
  keyword: 'SKIP' | 'OPT_OUT' | null;
  customer_id: string | null;
  subscription_id: string | null;
  order_date: string | null;
  new_order_date: string | null;
  reason: DecisionReason | null;
  detail: string | null;
  needs_person: 0 | 1;
  first_name: string | null;
  last_name: string | null;
};

function toView(row: ReplyRecord): ReplyView {
  return {
    id: row.id,
    receivedAt: row.received_at,
    customerId: row.customer_id,
    customerName: toName(row),
    phone: maskPhone(row.phone ?? row.from_number),
    body: row.body,
    keyword: row.keyword,
    reason: row.reason,
    detail: row.detail,
    subscriptionId: row.subscription_id,
    orderDate: row.order_date,
    newOrderDate: row.new_order_date,
    needsPerson: row.needs_person === 1,
  };
}

const SELECT = `SELECT replies.*, customers.first_name, customers.last_name
  FROM replies LEFT JOIN customers ON customers.id = replies.customer_id`;

/** Newest first; `before` is the sequence of the last row of the page before. */
export function listReplies(
  db: ReadDb,
  onlyNeedsPerson: boolean,
  before: number,
  limit: number,
): { sequence: number; view: ReplyView }[] {
  const filter = onlyNeedsPerson ? 'replies.needs_person = 1 AND ' : '';
  return prepared<{ before: number; limit: number }, ReplyRecord>(
    db,
    `${SELECT} WHERE ${filter}replies.sequence < :before ORDER BY replies.sequence DESC LIMIT :limit`,
  )
    .all({ before, limit })
    .map((row) => ({ sequence: row.sequence, view: toView(row) }));
}

export function findReplyView(db: ReadDb, id: string): ReplyView | undefined {
  const row = prepared<{ id: string }, ReplyRecord>(db, `${SELECT} WHERE replies.id = :id`).get({ id });
  return row === undefined ? undefined : toView(row);
}

export function countRepliesForPerson(db: ReadDb): number {
  return (
    prepared<[], { count: number }>(
      db,
      'SELECT count(*) AS count FROM replies INDEXED BY replies_for_person WHERE needs_person = 1',
    ).get()?.count ?? 0
  );
}
