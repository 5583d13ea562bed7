import type { DecisionReason } from '../../shared/domain/decisions.ts';
import { maskPhone } from '../../shared/domain/phone.ts';
import type { ConversationView } from '../../shared/ipc/replies-contract.ts';
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
    // What it waited for is not what it came to.
    detail: row.reason === 'ignored_by_person' ? null : row.detail,
    subscriptionId: row.subscription_id,
    orderDate: row.order_date,
    newOrderDate: row.new_order_date,
    needsPerson: row.needs_person === 1,
  };
}

const COLUMNS = 'replies.*, customers.first_name, customers.last_name';
const WITH_CUSTOMER = 'LEFT JOIN customers ON customers.id = replies.customer_id';
const SELECT = `SELECT ${COLUMNS} FROM replies ${WITH_CUSTOMER}`;
const SELECT_WAITING = `SELECT ${COLUMNS} FROM replies INDEXED BY replies_for_person ${WITH_CUSTOMER}`;

/** What the replies of one number have in common; an index is made of it. */
const LINE = 'coalesce(replies.phone, replies.from_number)';
const LINE_OF_LATER = 'coalesce(later.phone, later.from_number)';
const TEXT_LIMIT = 160;

/**
 * Constant SQL for each list: the newest reply of each number, or the newest that waits for a person. The replies of a
 * customer who was erased have no number any more.
 */
const newestOfLines = {
  all: `${SELECT} WHERE replies.sequence < :before AND replies.from_number <> '' AND NOT EXISTS (
      SELECT 1 FROM replies AS later INDEXED BY replies_by_line
      WHERE ${LINE_OF_LATER} = ${LINE} AND later.sequence > replies.sequence
    ) ORDER BY replies.sequence DESC LIMIT :limit`,
  waiting: `${SELECT_WAITING} WHERE replies.needs_person = 1 AND replies.sequence < :before AND NOT EXISTS (
      SELECT 1 FROM replies AS later INDEXED BY replies_waiting_by_line
      WHERE ${LINE_OF_LATER} = ${LINE} AND later.sequence > replies.sequence AND later.needs_person = 1
    ) ORDER BY replies.sequence DESC LIMIT :limit`,
} as const;

/** Newest first; `before` is the sequence of the last row of the page before. */
export function listConversations(
  db: ReadDb,
  onlyNeedsPerson: boolean,
  before: number,
  limit: number,
): { sequence: number; view: ConversationView }[] {
  return prepared<{ before: number; limit: number }, ReplyRecord>(
    db,
    onlyNeedsPerson ? newestOfLines.waiting : newestOfLines.all,
  )
    .all({ before, limit })
    .map((row) => ({ sequence: row.sequence, view: toConversation(db, row) }));
}

function toConversation(db: ReadDb, row: ReplyRecord): ConversationView {
  const line = row.phone ?? row.from_number;
  const first = prepared<{ line: string }, { id: string }>(
    db,
    `SELECT id FROM replies INDEXED BY replies_by_line WHERE ${LINE} = :line ORDER BY sequence LIMIT 1`,
  ).get({ line });
  const waiting = prepared<{ line: string }>(
    db,
    `SELECT 1 FROM replies INDEXED BY replies_waiting_by_line WHERE ${LINE} = :line AND needs_person = 1 LIMIT 1`,
  ).get({ line });
  return {
    id: first?.id ?? row.id,
    customerId: row.customer_id,
    customerName: toName(row),
    phone: maskPhone(line),
    lastAt: row.received_at,
    lastText: row.body.slice(0, TEXT_LIMIT),
    lastReason: row.reason,
    needsPerson: waiting !== undefined,
  };
}

/** The number that a reply came from, and its conversation; `line` is what its replies have in common. */
export function findConversation(
  db: ReadDb,
  replyId: string,
): Readonly<{ line: string; phone: string | null; view: ConversationView }> | undefined {
  const reply = prepared<{ replyId: string }, Pick<ReplyRecord, 'phone' | 'from_number'>>(
    db,
    'SELECT phone, from_number FROM replies WHERE id = :replyId',
  ).get({ replyId });
  if (reply === undefined) return undefined;
  const line = reply.phone ?? reply.from_number;
  if (line === '') return undefined;
  const newest = prepared<{ line: string }, ReplyRecord>(
    db,
    `${SELECT} WHERE ${LINE} = :line ORDER BY replies.sequence DESC LIMIT 1`,
  ).get({ line });
  return newest === undefined ? undefined : { line, phone: reply.phone, view: toConversation(db, newest) };
}

/** Newest first. */
export function listRepliesOfLine(
  db: ReadDb,
  line: string,
  before: number,
  limit: number,
): { key: number; at: number; view: ReplyView }[] {
  return prepared<{ line: string; before: number; limit: number }, ReplyRecord>(
    db,
    `${SELECT} WHERE ${LINE} = :line AND replies.sequence < :before ORDER BY replies.sequence DESC LIMIT :limit`,
  )
    .all({ line, before, limit })
    .map((row) => ({ key: row.sequence, at: row.received_at, view: toView(row) }));
}

/** Of everybody, newest first. */
export function listNewestReplies(db: ReadDb, limit: number): ReplyView[] {
  return prepared<{ limit: number }, ReplyRecord>(db, `${SELECT} ORDER BY replies.sequence DESC LIMIT :limit`)
    .all({ limit })
    .map(toView);
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
