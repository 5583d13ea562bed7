import { maskPhone } from '../../shared/domain/phone.ts';
import type { MissedNotice } from '../../shared/ipc/status-contract.ts';
import { toName } from './delivery-log.ts';
import { prepared, type ReadDb } from './types.ts';

/** Notices for which it was too late; served by `decisions_missed`. */

export function countMissedNotices(db: ReadDb, since: number): number {
  return (
    prepared<{ since: number }, { count: number }>(
      db,
      `SELECT count(*) AS count FROM decisions INDEXED BY decisions_missed WHERE reason = 'too_late' AND at >= :since`,
    ).get({ since })?.count ?? 0
  );
}

type MissedRecord = {
  id: number;
  at: number;
  detail: string | null;
  customerId: string | null;
  orderDate: string | null;
  first_name: string | null;
  last_name: string | null;
  phone: string | null;
  productTitles: string | null;
};

/** Newest first, back to `since`; `before` is the last row of the page before. */
export function listMissedNotices(
  db: ReadDb,
  since: number,
  before: Readonly<{ at: number; id: number }>,
  limit: number,
): MissedNotice[] {
  return prepared<{ since: number; at: number; id: number; limit: number }, MissedRecord>(
    db,
    `SELECT decisions.id, decisions.at, decisions.detail, decisions.customer_id AS customerId,
       decisions.order_date AS orderDate, first_name, last_name, phone, product_titles AS productTitles
     FROM decisions INDEXED BY decisions_missed
     LEFT JOIN customers ON customers.id = decisions.customer_id
     LEFT JOIN subscriptions ON subscriptions.id = decisions.subscription_id
     WHERE decisions.reason = 'too_late' AND decisions.at >= :since AND (decisions.at, decisions.id) < (:at, :id)
     ORDER BY decisions.at DESC, decisions.id DESC LIMIT :limit`,
  )
    .all({ since, ...before, limit })
    .map(({ first_name, last_name, phone, productTitles, ...row }) => ({
      ...row,
      customerName: toName({ first_name, last_name }),
      phone: phone === null ? null : maskPhone(phone),
      productTitles: productTitles === null ? [] : toTitles(productTitles),
    }));
}

function toTitles(json: string): string[] {
  const titles: unknown = JSON.parse(json);
  return Array.isArray(titles) ? titles.filter((title) => typeof title === 'string') : [];
}
