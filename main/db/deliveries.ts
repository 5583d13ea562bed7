import Database from 'better-sqlite3';
import {
  openDeliveryStates,
  type Delivery,
  type DeliveryClaim,
  type DeliveryFinish,
  type DeliveriesUnderWay,
  type DeliveryState,
  type NewDelivery,
} from '../../shared/domain/deliveries.ts';
import { answerClassOf, type AnswerClass } from '../../shared/domain/delivery-filter.ts';
import type { DecisionReason } from '../../shared/domain/decisions.ts';
import type { EventProperties } from '../../shared/domain/remote.ts';
import type { TriggerName } from '../../shared/domain/triggers.ts';
import { prepared, type ReadDb, type WriteDb } from './types.ts';

/** The outbox: claim before the first byte leaves, finish with one attempt row, never two rows for one key. */

export type DeliveryRecord = {
  id: number;
  key: string;
  trigger: TriggerName;
  state: DeliveryState;
  reason: DecisionReason;
  is_test: 0 | 1;
  is_urgent: 0 | 1;
  customer_id: string | null;
  subscription_id: string | null;
  order_date: string | null;
  order_at: number | null;
  bill_id: string | null;
  phone: string | null;
  email: string | null;
  properties: string;
  occurred_at: number;
  due_at: number;
  deadline_at: number;
  attempts: number;
  created_at: number;
  finished_at: number | null;
  answer: AnswerClass | null;
};

export function toDelivery(row: DeliveryRecord): Delivery {
  return {
    id: row.id,
    key: row.key,
    trigger: row.trigger,
    state: row.state,
    reason: row.reason,
    isTest: row.is_test === 1,
    isUrgent: row.is_urgent === 1,
    customerId: row.customer_id,
    subscriptionId: row.subscription_id,
    orderDate: row.order_date,
    orderAt: row.order_at,
    billId: row.bill_id,
    phone: row.phone,
    email: row.email,
    // Written by insertDelivery from EventProperties; nothing else writes the column.
    properties: JSON.parse(row.properties) as EventProperties,
    occurredAt: row.occurred_at,
    dueAt: row.due_at,
    deadlineAt: row.deadline_at,
    attempts: row.attempts,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  };
}

/** Of a row of `deliveries`: something of it may have reached Postscript. */
export const MAY_HAVE_LEFT = `EXISTS (SELECT 1 FROM attempts WHERE attempts.delivery_id = deliveries.id
  AND attempts.outcome NOT IN ('rate_limited','not_sent','key_refused','plan_refused'))`;

/**
 * Undefined when a delivery with this key exists: it is the same fact.
 *
 * The one exception is a suppressed one of which surely nothing reached Postscript (an order that moved away and back
 * again): it is taken up again.
 */
export function insertDelivery(db: WriteDb, draft: NewDelivery, now: number, isTest = false): number | undefined {
  return prepared<Record<string, unknown>, { id: number }>(
    db,
    `INSERT INTO deliveries (key, trigger, state, reason, is_test, is_urgent, customer_id, subscription_id, order_date, order_at,
       bill_id, phone, email, properties, occurred_at, due_at, deadline_at, created_at)
     VALUES (:key, :trigger, 'planned', 'queued', :isTest, :isUrgent, :customerId, :subscriptionId, :orderDate, :orderAt,
       :billId, :phone, :email, :properties, :occurredAt, :dueAt, :deadlineAt, :now)
     ON CONFLICT (key) DO UPDATE SET state = 'planned', reason = 'queued', finished_at = NULL, due_at = excluded.due_at,
       deadline_at = excluded.deadline_at, order_at = excluded.order_at, properties = excluded.properties
     WHERE state = 'suppressed' AND NOT ${MAY_HAVE_LEFT}
     RETURNING id`,
  ).get({
    ...draft,
    properties: JSON.stringify(draft.properties),
    isTest: isTest ? 1 : 0,
    isUrgent: draft.isUrgent ? 1 : 0,
    now,
  })?.id;
}

export function findDelivery(db: ReadDb, id: number): Delivery | undefined {
  const row = prepared<{ id: number }, DeliveryRecord>(db, 'SELECT * FROM deliveries WHERE id = :id').get({ id });
  return row === undefined ? undefined : toDelivery(row);
}

export function findDeliveryByKey(db: ReadDb, key: string): Delivery | undefined {
  const row = prepared<{ key: string }, DeliveryRecord>(db, 'SELECT * FROM deliveries WHERE key = :key').get({ key });
  return row === undefined ? undefined : toDelivery(row);
}

/**
 * Confirmations first, then the delivery whose point is lost soonest; none that is under way in this process, and none to a
 * customer to whom another one is.
 */
export function nextDueDelivery(
  db: ReadDb,
  now: number,
  underWay: DeliveriesUnderWay,
  onlyTests: boolean,
): Delivery | undefined {
  const open = prepared<{ now: number; onlyTests: number }, DeliveryRecord>(
    db,
    `SELECT * FROM deliveries INDEXED BY deliveries_open
     WHERE state IN ('planned','waiting','retrying') AND due_at <= :now AND is_test >= :onlyTests
     ORDER BY is_urgent DESC, deadline_at, id`,
  );
  const busyCustomers = new Set(underWay.values());
  const isFree = ({ id, customer_id }: DeliveryRecord): boolean =>
    !underWay.has(id) && (customer_id === null || !busyCustomers.has(customer_id));
  const bounds = { now, onlyTests: onlyTests ? 1 : 0 };
  // Nearly always the first row is the one, and one row costs a third of the first step of many.
  const first = open.get(bounds);
  if (first === undefined) return undefined;
  if (isFree(first)) return toDelivery(checkOpen(first, now));
  for (const row of open.iterate(bounds)) if (isFree(row)) return toDelivery(checkOpen(row, now));
  return undefined;
}

/** By its own row, not by the index alone: believed, a wrong entry would come again and again, whatever is done with it. */
function checkOpen(row: DeliveryRecord, now: number): DeliveryRecord {
  if (openDeliveryStates.some((open) => open === row.state) && row.due_at <= now) return row;
  throw new Database.SqliteError('The index of what is in line does not fit its table', 'SQLITE_CORRUPT_INDEX');
}

export function postponeDelivery(db: WriteDb, id: number, dueAt: number): void {
  prepared<{ id: number; dueAt: number }>(
    db,
    `UPDATE deliveries SET due_at = :dueAt, state = CASE state WHEN 'planned' THEN 'waiting' ELSE state END
     WHERE id = :id AND state IN ('planned','waiting','retrying')`,
  ).run({ id, dueAt });
}

export function suppressDelivery(db: WriteDb, id: number, reason: DecisionReason, now: number): void {
  prepared<{ id: number; reason: string; now: number }>(
    db,
    `UPDATE deliveries SET state = 'suppressed', reason = :reason, finished_at = :now
     WHERE id = :id AND state IN ('planned','waiting','retrying')`,
  ).run({ id, reason, now });
}

/** The number of the attempt that may now send; undefined when the row is no longer open. Call it in a transaction. */
export function claimDelivery(db: WriteDb, claim: DeliveryClaim): number | undefined {
  const { changes } = prepared<{ id: number; phone: string | null; email: string | null }>(
    db,
    `UPDATE deliveries SET state = 'sending', attempts = attempts + 1, phone = :phone, email = :email
     WHERE id = :id AND state IN ('planned','waiting','retrying')`,
  ).run({ id: claim.id, phone: claim.phone, email: claim.email });
  if (changes !== 1) return undefined;
  // Not by RETURNING: SQLite puts that into a table of its own first, which costs several times this question.
  const number = prepared<{ id: number }, number>(db, 'SELECT attempts FROM deliveries WHERE id = :id')
    .pluck()
    .get({ id: claim.id });
  if (number === undefined) throw new Error(`Expected delivery ${claim.id} to be there once it is claimed`);
  prepared<{ id: number; number: number; origin: string; now: number; request: string }>(
    db,
    `INSERT INTO attempts (delivery_id, number, origin, outcome, started_at, request)
     VALUES (:id, :number, :origin, 'in_flight', :now, :request)`,
  ).run({ id: claim.id, number, origin: claim.origin, now: claim.now, request: claim.request });
  return number;
}

/** Ends the attempt and moves the delivery on. Only a row that is `sending` can be finished. */
export function finishDelivery(db: WriteDb, finish: DeliveryFinish): void {
  const isOver = finish.state !== 'retrying' && finish.state !== 'waiting';
  const { changes } = prepared<Record<string, unknown>>(
    db,
    `UPDATE deliveries SET state = :state, reason = :reason, due_at = coalesce(:dueAt, due_at),
       finished_at = :finishedAt, answer = :answer
     WHERE id = :id AND state = 'sending'`,
  ).run({
    id: finish.id,
    state: finish.state,
    reason: finish.reason,
    dueAt: finish.dueAt,
    finishedAt: isOver ? finish.now : null,
    answer: answerClassOf(finish.httpStatus),
  });
  if (changes !== 1) throw new Error(`Expected delivery ${finish.id} to be sending when its attempt ended`);
  prepared<Record<string, unknown>>(
    db,
    `UPDATE attempts SET outcome = :outcome, ended_at = :now, http_status = :httpStatus, message = :message, response = :response
     WHERE delivery_id = :id AND number = :attemptNumber`,
  ).run({
    id: finish.id,
    attemptNumber: finish.attemptNumber,
    outcome: finish.outcome,
    now: finish.now,
    httpStatus: finish.httpStatus,
    message: finish.message,
    response: finish.response,
  });
}

/** What a crash left in the middle of a request. */
export function listSendingDeliveries(db: ReadDb): readonly Delivery[] {
  return prepared<[], DeliveryRecord>(
    db,
    "SELECT * FROM deliveries INDEXED BY deliveries_by_kind WHERE state = 'sending' ORDER BY id LIMIT 1000",
  )
    .all()
    .map(toDelivery);
}

/** A person decided to send it again. False when it is not one that a person may reopen. */
export function reopenDelivery(db: WriteDb, id: number, now: number): boolean {
  const { changes } = prepared<{ id: number; now: number; deadlineAt: number }>(
    db,
    `UPDATE deliveries SET state = 'waiting', reason = 'resent_by_person', due_at = :now, finished_at = NULL, deadline_at = :deadlineAt
     WHERE id = :id AND state IN ('failed','unknown')`,
  ).run({ id, now, deadlineAt: now + 86_400_000 });
  return changes === 1;
}

export function markDeliveryAccepted(db: WriteDb, id: number, now: number): boolean {
  const { changes } = prepared<{ id: number; now: number }>(
    db,
    `UPDATE deliveries SET state = 'accepted', reason = 'marked_accepted', finished_at = :now WHERE id = :id AND state = 'unknown'`,
  ).run({ id, now });
  return changes === 1;
}

/** Deliveries queued since then, tests not counted; stops counting at `limit`. Counts in the indexes alone. */
export function countQueuedSince(db: ReadDb, since: number, limit: number): number {
  return (
    prepared<{ since: number; limit: number }, { count: number }>(
      db,
      `WITH tests (count) AS (SELECT count(*) FROM deliveries WHERE created_at > :since AND is_test = 1)
       SELECT count(*) - (SELECT count FROM tests) AS count FROM (
         SELECT 1 FROM deliveries WHERE created_at > :since LIMIT :limit + (SELECT count FROM tests)
       )`,
    ).get({ since, limit })?.count ?? 0
  );
}
