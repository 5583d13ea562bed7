import { listDeliveryRows, type LoggedDelivery } from './delivery-log.ts';
import { newestPosition, type LogConditions } from './delivery-pages.ts';
import type { ReadDb } from './types.ts';

/** The newest trigger that Postscript accepted: of any name or of one, real or a test. */
export function findNewestAccepted(
  db: ReadDb,
  of: Pick<LogConditions, 'trigger' | 'isTest'> = {},
): LoggedDelivery | undefined {
  const either = [{ ...of, state: 'accepted' }] as const;
  const query = { either, from: 0, until: Number.MAX_SAFE_INTEGER, isSearchCut: false };
  return listDeliveryRows(db, query, newestPosition, 1)[0];
}
