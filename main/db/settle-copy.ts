import type { NoticeStart } from '../../shared/domain/notice-time.ts';
import { mostSkipRequests } from '../../shared/domain/skips.ts';
import { readMark, saveSettings, setMark } from './shop.ts';
import type { WriteDb } from './types.ts';

/**
 * A copy carries a mark that says so. Whoever puts it in the place of the database, this program or a person with a file
 * manager: the next open finds the mark, and nothing of what the copy does not know is done again (docs/decisions/0017).
 */
const COPY_MARK = 'copy_made_at';

/** Beside it, where the file that is replaced was at work: when its notices went out. */
export const REPLACED_MARK = 'replaced_notices';

/** @param madeAt epoch ms; null when it is not known, then the last sync that the file knows of counts */
export function markAsCopy(db: WriteDb, madeAt: number | null): void {
  if (readMark(db, COPY_MARK) !== undefined) return;
  setMark(db, COPY_MARK, String(madeAt ?? Number(readMark(db, 'synced_at') ?? 0)));
}

/**
 * Makes a copy safe to go on from. What was in line when it was made may have been handed over since, what was to be
 * skipped may have been skipped: the first waits for a person, the second is settled by reading alone.
 *
 * One commit together with the mark's end, so a crash repeats all of it or nothing. What is found out later about the
 * time between is decided by `main/core/restored.ts`.
 *
 * @returns whether it was a copy
 */
export function settleCopy(db: WriteDb, now: number): boolean {
  const madeAt = readMark(db, COPY_MARK);
  if (madeAt === undefined) return false;
  db.transaction(() => {
    saveSettings(db, { sendingOn: false });
    parkDeliveries(db, now);
    // What a person had asked for is not gone on with: it may have been done.
    db.prepare('UPDATE bulk_resends SET is_cancelled = 1, ended_at = :now WHERE ended_at IS NULL').run({ now });
    settleSkips(db, now);
    // The next sync looks at everything, not only at what changed since the copy knows.
    if (readMark(db, 'full_walk_at') !== undefined) setMark(db, 'full_walk_at', '0');
    setMark(db, 'whole_at', null);
    setMark(
      db,
      'restored',
      JSON.stringify({ madeAt: Number(madeAt), restoredAt: now, replaced: earliestReplaced(db) }),
    );
    setMark(db, REPLACED_MARK, null);
    setMark(db, COPY_MARK, null);
  }).immediate();
  return true;
}

/** Of all files that were replaced until now, when a notice may have gone out at the earliest. */
function earliestReplaced(db: WriteDb): NoticeStart | null {
  const [replaced, before] = [REPLACED_MARK, 'restored'].map((name) => readMark(db, name));
  const known = [
    replaced === undefined ? null : (JSON.parse(replaced) as NoticeStart),
    before === undefined ? null : ((JSON.parse(before) as { replaced?: NoticeStart }).replaced ?? null),
  ].filter((one) => one !== null);
  const [first, ...others] = known;
  if (first === undefined) return null;
  return others.reduce(
    (earliest, { leadDays, opens }) => ({
      leadDays: Math.max(earliest.leadDays, leadDays),
      opens: opens < earliest.opens ? opens : earliest.opens,
    }),
    first,
  );
}

/** A skip, or the undo of one, that has used up its requests is looked for on the platform, and asked for no more. */
function settleSkips(db: WriteDb, now: number): void {
  db.prepare(
    `UPDATE skips SET state = CASE WHEN state IN ('planned','sent') THEN 'sent' ELSE 'undo_sent' END,
       puts = max(puts, :mostRequests), next_at = :now
     WHERE state IN ('planned','sent','undo_planned','undo_sent')`,
  ).run({ mostRequests: mostSkipRequests, now });
}

/** What is due only now surely did not leave before; the rest may have, also what had failed and was sent again by hand. */
const MAY_HAVE_LEFT = `state IN ('sending','retrying','failed') OR (state IN ('planned','waiting') AND due_at <= :now)`;

function parkDeliveries(db: WriteDb, now: number): void {
  db.prepare(
    `INSERT INTO decisions (at, fact, reason, trigger, customer_id, subscription_id, order_date, delivery_id)
     SELECT :now, NULL, 'restored_in_line', trigger, customer_id, subscription_id, order_date, id FROM deliveries
     WHERE ${MAY_HAVE_LEFT}`,
  ).run({ now });
  db.prepare(
    `UPDATE attempts SET outcome = 'unknown', ended_at = :now, message = 'A backup was restored before the answer was known.'
     WHERE outcome = 'in_flight' AND delivery_id IN (SELECT id FROM deliveries WHERE state = 'sending')`,
  ).run({ now });
  db.prepare(
    `UPDATE deliveries SET state = 'unknown', reason = 'restored_in_line', finished_at = :now WHERE ${MAY_HAVE_LEFT}`,
  ).run({ now });
}
