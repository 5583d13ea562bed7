import type { AttemptOrigin, AttemptOutcome, DeliveryState } from '../../shared/domain/deliveries.ts';
import { maskPhone } from '../../shared/domain/phone.ts';
import type { TriggerName } from '../../shared/domain/triggers.ts';
import type { AttemptView, DeliveryRow } from '../../shared/ipc/schemas.ts';
import type { DeliveryRecord } from './deliveries.ts';
import { prepared, type ReadDb } from './types.ts';

/** What the Deliveries screen reads. Pages go by id, newest first: depth costs nothing. */

type NamedRecord = DeliveryRecord & { first_name: string | null; last_name: string | null };

export function toName(row: Readonly<{ first_name: string | null; last_name: string | null }>): string {
  return `${row.first_name ?? ''} ${row.last_name ?? ''}`.trim();
}

function toRow(row: NamedRecord): DeliveryRow {
  const isOver =
    row.state === 'accepted' || row.state === 'failed' || row.state === 'suppressed' || row.state === 'unknown';
  return {
    id: row.id,
    key: row.key,
    trigger: row.trigger,
    state: row.state,
    isTest: row.is_test === 1,
    customerId: row.customer_id,
    customerName: toName(row),
    phone: row.phone === null ? null : maskPhone(row.phone),
    subscriptionId: row.subscription_id,
    orderDate: row.order_date,
    createdAt: row.created_at,
    dueAt: isOver ? null : row.due_at,
    finishedAt: row.finished_at,
    attempts: row.attempts,
    reason: row.reason,
  };
}

const SELECT = `SELECT deliveries.*, customers.first_name, customers.last_name
  FROM deliveries LEFT JOIN customers ON customers.id = deliveries.customer_id`;

/** Constant SQL for each combination of filters, so that each has its own plan and index. */
const pages = {
  all: `${SELECT} WHERE deliveries.id < :before ORDER BY deliveries.id DESC LIMIT :limit`,
  state: `${SELECT} WHERE deliveries.state = :state AND deliveries.id < :before ORDER BY deliveries.id DESC LIMIT :limit`,
  trigger: `${SELECT} WHERE deliveries.trigger = :trigger AND deliveries.id < :before ORDER BY deliveries.id DESC LIMIT :limit`,
  both: `${SELECT} WHERE deliveries.trigger = :trigger AND deliveries.state = :state AND deliveries.id < :before
    ORDER BY deliveries.id DESC LIMIT :limit`,
} as const;

export type DeliveryFilter = Readonly<{ state: DeliveryState | null; trigger: TriggerName | null }>;

export function listDeliveryRows(db: ReadDb, filter: DeliveryFilter, before: number, limit: number): DeliveryRow[] {
  const { state, trigger } = filter;
  if (state !== null && trigger !== null) return query(db, pages.both, { state, trigger, before, limit });
  if (state !== null) return query(db, pages.state, { state, before, limit });
  if (trigger !== null) return query(db, pages.trigger, { trigger, before, limit });
  return query(db, pages.all, { before, limit });
}

function query(db: ReadDb, sql: string, parameters: Record<string, unknown>): DeliveryRow[] {
  return prepared<Record<string, unknown>, NamedRecord>(db, sql).all(parameters).map(toRow);
}

export function findDeliveryRow(db: ReadDb, id: number): DeliveryRow | undefined {
  const row = prepared<{ id: number }, NamedRecord>(db, `${SELECT} WHERE deliveries.id = :id`).get({ id });
  return row === undefined ? undefined : toRow(row);
}

/** Oldest first. */
export function listAttempts(db: ReadDb, deliveryId: number): AttemptView[] {
  return prepared<
    { deliveryId: number },
    {
      number: number;
      origin: AttemptOrigin;
      startedAt: number;
      endedAt: number | null;
      outcome: AttemptOutcome;
      httpStatus: number | null;
      message: string | null;
      request: string | null;
      response: string | null;
    }
  >(
    db,
    `SELECT number, origin, started_at AS startedAt, ended_at AS endedAt, outcome, http_status AS httpStatus, message, request, response
     FROM attempts WHERE delivery_id = :deliveryId ORDER BY number LIMIT 200`,
  ).all({ deliveryId });
}

/** Deliveries that only a person can settle. */
export function countDeliveriesForPerson(db: ReadDb): number {
  return (
    prepared<[], { count: number }>(
      db,
      `SELECT count(*) AS count FROM deliveries INDEXED BY deliveries_for_person WHERE state IN ('failed','unknown')`,
    ).get()?.count ?? 0
  );
}

export function countOpenDeliveries(db: ReadDb): number {
  return (
    prepared<[], { count: number }>(
      db,
      `SELECT count(*) AS count FROM deliveries INDEXED BY deliveries_open WHERE state IN ('planned','waiting','retrying')`,
    ).get()?.count ?? 0
  );
}

export function lastAcceptedAt(db: ReadDb, trigger: TriggerName, isTest: boolean): number | null {
  return (
    prepared<{ trigger: string; isTest: number }, { at: number | null }>(
      db,
      `SELECT finished_at AS at FROM deliveries INDEXED BY deliveries_by_trigger_and_state
       WHERE trigger = :trigger AND state = 'accepted' AND is_test = :isTest ORDER BY id DESC LIMIT 1`,
    ).get({ trigger, isTest: isTest ? 1 : 0 })?.at ?? null
  );
}
