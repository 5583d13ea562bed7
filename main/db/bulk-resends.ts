import type { BulkResend } from '../../shared/domain/bulk-resends.ts';
import { prepared, type ReadDb, type WriteDb } from './types.ts';

type BulkResendRecord = {
  id: number;
  total: number;
  resent: number;
  refused: number;
  started_at: number;
  ended_at: number | null;
  is_cancelled: 0 | 1;
};

function toBulkResend(row: BulkResendRecord): BulkResend {
  return {
    id: row.id,
    total: row.total,
    resent: row.resent,
    refused: row.refused,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    isCancelled: row.is_cancelled === 1,
  };
}

/** Undefined while another one is under way. */
export function insertBulkResend(db: WriteDb, deliveryIds: readonly number[], now: number): BulkResend | undefined {
  const row = prepared<{ total: number; now: number }, BulkResendRecord>(
    db,
    'INSERT INTO bulk_resends (total, started_at) VALUES (:total, :now) ON CONFLICT DO NOTHING RETURNING *',
  ).get({ total: deliveryIds.length, now });
  if (row === undefined) return undefined;
  const insert = prepared<{ bulkId: number; deliveryId: number }>(
    db,
    'INSERT INTO bulk_resend_rows (bulk_id, delivery_id) VALUES (:bulkId, :deliveryId)',
  );
  for (const deliveryId of deliveryIds) insert.run({ bulkId: row.id, deliveryId });
  return toBulkResend(row);
}

/** What is left to do, oldest delivery first. */
export function listBulkResendRows(db: ReadDb, bulkId: number, limit: number): readonly number[] {
  return prepared<{ bulkId: number; limit: number }, { id: number }>(
    db,
    'SELECT delivery_id AS id FROM bulk_resend_rows WHERE bulk_id = :bulkId ORDER BY delivery_id LIMIT :limit',
  )
    .all({ bulkId, limit })
    .map(({ id }) => id);
}

export function finishBulkResendRow(db: WriteDb, bulkId: number, deliveryId: number, wasResent: boolean): void {
  prepared<{ bulkId: number; deliveryId: number }>(
    db,
    'DELETE FROM bulk_resend_rows WHERE bulk_id = :bulkId AND delivery_id = :deliveryId',
  ).run({ bulkId, deliveryId });
  prepared<{ bulkId: number; resent: number }>(
    db,
    'UPDATE bulk_resends SET resent = resent + :resent, refused = refused + 1 - :resent WHERE id = :bulkId',
  ).run({ bulkId, resent: wasResent ? 1 : 0 });
}

/** Ends it, and forgets what was left. Undefined when it had ended before. */
export function endBulkResend(db: WriteDb, bulkId: number, isCancelled: boolean, now: number): BulkResend | undefined {
  const row = prepared<{ bulkId: number; isCancelled: number; now: number }, BulkResendRecord>(
    db,
    `UPDATE bulk_resends SET ended_at = :now, is_cancelled = :isCancelled
     WHERE id = :bulkId AND ended_at IS NULL RETURNING *`,
  ).get({ bulkId, isCancelled: isCancelled ? 1 : 0, now });
  if (row === undefined) return undefined;
  prepared<{ bulkId: number }>(db, 'DELETE FROM bulk_resend_rows WHERE bulk_id = :bulkId').run({ bulkId });
  return toBulkResend(row);
}

/** The one that was started last, under way or ended. */
export function findNewestBulkResend(db: ReadDb): BulkResend | undefined {
  const row = prepared<[], BulkResendRecord>(db, 'SELECT * FROM bulk_resends ORDER BY id DESC LIMIT 1').get();
  return row === undefined ? undefined : toBulkResend(row);
}
