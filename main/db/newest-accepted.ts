import { prepared, type ReadDb } from './types.ts';

/** The newest trigger that Postscript accepted, a test or not. */
export function findNewestAccepted(db: ReadDb): { deliveryId: number; isTest: boolean } | null {
  const row = prepared<[], { id: number; is_test: 0 | 1 }>(
    db,
    `SELECT id, is_test FROM deliveries INDEXED BY deliveries_by_state WHERE state = 'accepted' ORDER BY id DESC LIMIT 1`,
  ).get();
  return row === undefined ? null : { deliveryId: row.id, isTest: row.is_test === 1 };
}
