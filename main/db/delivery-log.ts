import type { AttemptOrigin, AttemptOutcome } from '../../shared/domain/deliveries.ts';
import type { AttemptView, DeliveryRow } from '../../shared/ipc/schemas.ts';
import type { DeliveryRecord } from './deliveries.ts';
import { newestPosition, readLogPage, type LogPosition, type LogQuery } from './delivery-pages.ts';
import { prepared, type ReadDb } from './types.ts';

/** What the Deliveries screen reads: a row for the list, and all about one. */

/** A row as the database knows it; what it waits for depends on the line as well. */
export type LoggedDelivery = Omit<DeliveryRow, 'waitsFor'> & Readonly<{ isUrgent: boolean }>;

type NamedRecord = DeliveryRecord & { first_name: string | null; last_name: string | null };

export function toName(row: Readonly<{ first_name: string | null; last_name: string | null }>): string {
  return `${row.first_name ?? ''} ${row.last_name ?? ''}`.trim();
}

function toRow(row: NamedRecord): LoggedDelivery {
  const isOver =
    row.state === 'accepted' || row.state === 'failed' || row.state === 'suppressed' || row.state === 'unknown';
  return {
    id: row.id,
    key: row.key,
    trigger: row.trigger,
    state: row.state,
    isTest: row.is_test === 1,
    isUrgent: row.is_urgent === 1,
    customerId: row.customer_id,
    customerName: toName(row),
    phone: row.phone,
    subscriptionId: row.subscription_id,
    orderDate: row.order_date,
    createdAt: row.created_at,
    dueAt: isOver ? null : row.due_at,
    finishedAt: row.finished_at,
    attempts: row.attempts,
    answer: row.answer,
    reason: row.reason,
  };
}

/** Newest first, before that position. Phones are in clear: whoever shows them masks them. */
export function listDeliveryRows(db: ReadDb, query: LogQuery, before: LogPosition, limit: number): LoggedDelivery[] {
  return readRows(
    db,
    readLogPage(db, query, before, limit).map(({ id }) => id),
  );
}

/** In the order of these ids. */
function readRows(db: ReadDb, ids: readonly number[]): LoggedDelivery[] {
  const records = prepared<{ ids: string }, NamedRecord>(
    db,
    `SELECT deliveries.*, customers.first_name, customers.last_name
     FROM deliveries LEFT JOIN customers ON customers.id = deliveries.customer_id
     WHERE deliveries.id IN (SELECT value FROM json_each(:ids))`,
  ).all({ ids: JSON.stringify(ids) });
  const rows = new Map(records.map((record) => [record.id, toRow(record)]));
  return ids.flatMap((id) => rows.get(id) ?? []);
}

const ID_PAGE = 1000;

/** The ids of all that the filter lets through, newest first. */
export function listDeliveryIds(db: ReadDb, query: LogQuery): number[] {
  const ids: number[] = [];
  for (let before = newestPosition, isMore = true; isMore;) {
    const page = readLogPage(db, query, before, ID_PAGE);
    ids.push(...page.map(({ id }) => id));
    before = page.at(-1) ?? before;
    isMore = page.length === ID_PAGE;
  }
  return ids;
}

export function findDeliveryRow(db: ReadDb, id: number): LoggedDelivery | undefined {
  return readRows(db, [id])[0];
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

/** Reads only that state's part of `deliveries_by_kind`. */
export function countDeliveriesInState(db: ReadDb, state: 'unknown' | 'failed'): number {
  return (
    prepared<{ state: string }, { count: number }>(
      db,
      'SELECT count(*) AS count FROM deliveries INDEXED BY deliveries_by_kind WHERE state = :state',
    ).get({ state })?.count ?? 0
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
