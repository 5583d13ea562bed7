import { dateIn } from '../../shared/domain/calendar.ts';
import type { PlatformEvent, PlatformSubscription, StoredSubscription } from '../../shared/domain/platform.ts';
import type { RemoteError } from '../../shared/domain/remote.ts';
import type { Platform } from './platform-port.ts';

/** What the platform says about one order, from the subscription and its log together. */
export type OrderLook =
  /** Still the next order and not skipped; `firstSkippedAt` when it was once, and the skip was taken back. */
  | Readonly<{ kind: 'next'; orderIso: string; orderAt: number; firstSkippedAt: number | null }>
  | Readonly<{
      kind: 'skipped';
      read: PlatformSubscription;
      events: readonly PlatformEvent[];
      newOrderDate: string;
      firstSkippedAt: number | null;
    }>
  /** Moved, paused, cancelled: no skip in the log, and not the next order any more. */
  | Readonly<{ kind: 'gone'; isActive: boolean }>
  /** Subscription and log disagree: one of the two lags behind. */
  | Readonly<{ kind: 'unsettled' }>
  | Readonly<{ kind: 'no_answer'; error: RemoteError }>;

/** Reads a subscription and its log, and says what has become of the order of that local date. */
export async function lookForSkip(
  platform: Platform,
  known: StoredSubscription,
  orderDate: string,
  timeZone: string,
): Promise<OrderLook> {
  const read = await platform.getSubscription(known.platformNumber, known.customerId);
  if (!read.ok) {
    return read.error.kind === 'not_found'
      ? { kind: 'gone', isActive: false }
      : { kind: 'no_answer', error: read.error };
  }
  const log = await platform.listSubscriptionEvents(known.platformNumber);
  if (!log.ok) return { kind: 'no_answer', error: log.error };

  // A stale read: what we know is newer.
  const newest = read.value.subscription.updatedAt < known.updatedAt ? known : read.value.subscription;
  const { status, nextOrderIso, nextOrderAt } = newest;
  const nextDate = nextOrderAt === null ? null : dateIn(timeZone, nextOrderAt);
  const isActive = (status ?? known.status) === 'ACTIVE';
  const isNext = isActive && nextDate === orderDate;
  const skips = skipsInLog(log.value.rows, orderDate, timeZone);
  const firstSkippedAt = skips.findLast(({ type }) => type === 'SKIP')?.at ?? null;
  // The newest of SKIP and UNSKIP decides.
  if (skips[0]?.type === 'SKIP') {
    return nextDate !== null && nextDate > orderDate
      ? { kind: 'skipped', read: read.value, events: log.value.rows, newOrderDate: nextDate, firstSkippedAt }
      : { kind: 'unsettled' };
  }
  if (isNext && nextOrderIso !== null && nextOrderAt !== null)
    return { kind: 'next', orderIso: nextOrderIso, orderAt: nextOrderAt, firstSkippedAt };
  if (isActive && nextDate === null) return { kind: 'unsettled' };
  return { kind: 'gone', isActive };
}

/** SKIP and UNSKIP of that order, newest first. */
function skipsInLog(events: readonly PlatformEvent[], orderDate: string, timeZone: string): readonly PlatformEvent[] {
  return events
    .filter(
      ({ type, orderIso }) =>
        (type === 'SKIP' || type === 'UNSKIP') &&
        orderIso !== null &&
        dateIn(timeZone, Date.parse(orderIso)) === orderDate,
    )
    .toSorted((a, b) => b.at - a.at);
}
