import type { DeliveryDraft } from '../../shared/domain/deliveries.ts';
import type { NoticeStart } from '../../shared/domain/notice-time.ts';
import type { RestoredNotices } from './decide-notice.ts';
import type { Store } from './store.ts';

/**
 * After a backup was restored: what may have been dealt with between the copy and the restore, by the file that was
 * replaced? All of that is decided and not done again (docs/decisions/0017). What the copy itself holds is settled when
 * it is opened, `main/db/settle-copy.ts`.
 */

/** The clocks of the services and of this computer may differ by so much. */
const CLOCK_SLACK_MS = 2 * 60_000;

type Marks = Pick<Store, 'mark'>;

/** Of the newest restore: when its copy was made, and when it took the database's place. */
export type Restored = Readonly<{ madeAt: number; restoredAt: number; replaced: NoticeStart | null }>;

export function readRestored(store: Marks): Restored | undefined {
  const text = store.mark('restored');
  if (text === undefined) return undefined;
  // Written by settleCopy and nothing else; an earlier version did not write what was replaced.
  const restored = JSON.parse(text) as Omit<Restored, 'replaced'> & Partial<Restored>;
  return { ...restored, replaced: restored.replaced ?? null };
}

/** What was there to be seen by this instant may have been dealt with; before every instant when nothing was restored. */
export function restoredThrough(store: Marks): number {
  const restored = readRestored(store);
  return restored === undefined ? Number.NEGATIVE_INFINITY : restored.restoredAt + CLOCK_SLACK_MS;
}

/** The same, and when that file began to send notices. */
export function restoredNotices(store: Marks): RestoredNotices {
  return { through: restoredThrough(store), replaced: readRestored(store)?.replaced ?? null };
}

/**
 * A fact that the file which was replaced may have handed over.
 *
 * Until one sync has ended, what the platform says is compared with the old copy: every difference may be an old one,
 * whatever moment it bears. A notice and a confirmation are not found by comparing; they bear the right moment.
 */
export function mayBeHandedOver(store: Marks, draft: DeliveryDraft): boolean {
  const restored = readRestored(store);
  if (restored === undefined) return false;
  if ((draft.couldBeKnownAt ?? draft.occurredAt) <= restoredThrough(store)) return true;
  const isFoundByComparing = !draft.isUrgent && draft.trigger !== 'upcoming_order';
  return isFoundByComparing && Number(store.mark('synced_at') ?? 0) <= restored.restoredAt;
}
