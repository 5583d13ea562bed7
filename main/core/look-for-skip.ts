import { dateIn } from '../../shared/domain/calendar.ts';
import type { PlatformEvent, PlatformSubscription, StoredSubscription } from '../../shared/domain/platform.ts';
import type { RemoteError } from '../../shared/domain/remote.ts';
import type { Platform } from './platform-port.ts';

type NoAnswer = Readonly<{ kind: 'no_answer'; error: RemoteError }>;

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
  | NoAnswer;

/** Reads a subscription and its log, and says what has become of the order of that local date. */
export async function lookForSkip(
  platform: Platform,
  known: StoredSubscription,
  orderDate: string,
  timeZone: string,
): Promise<OrderLook> {
  const order = await readOrder(platform, known, orderDate, timeZone);
  if (order.kind === 'no_answer') return order;
  if (order.kind === 'not_found') return { kind: 'gone', isActive: false };
  const { read, events, entries, isActive, nextDate, nextOrderIso, nextOrderAt } = order;
  const firstSkippedAt = entries.findLast(({ type }) => type === 'SKIP')?.at ?? null;
  if (entries[0]?.type === 'SKIP') {
    return nextDate !== null && nextDate > orderDate
      ? { kind: 'skipped', read, events, newOrderDate: nextDate, firstSkippedAt }
      : { kind: 'unsettled' };
  }
  if (isActive && nextDate === orderDate && nextOrderIso !== null && nextOrderAt !== null)
    return { kind: 'next', orderIso: nextOrderIso, orderAt: nextOrderAt, firstSkippedAt };
  if (isActive && nextDate === null) return { kind: 'unsettled' };
  return { kind: 'gone', isActive };
}

/** What the platform says about an order whose skip is to be taken back. */
export type UndoLook =
  /** `entry` is the newest skip in the log: the one that an unskip would take back. */
  | Readonly<{ kind: 'skipped'; entry: PlatformEvent }>
  /** The next order again. */
  | Readonly<{ kind: 'back'; read: PlatformSubscription }>
  /** Paused, cancelled, or not there any more. */
  | Readonly<{ kind: 'ended' }>
  | Readonly<{ kind: 'unsettled' }>
  | NoAnswer;

/** The same reading, for a skip that is to be taken back. */
export async function lookForUndo(
  platform: Platform,
  known: StoredSubscription,
  orderDate: string,
  timeZone: string,
): Promise<UndoLook> {
  const order = await readOrder(platform, known, orderDate, timeZone);
  if (order.kind === 'no_answer') return order;
  if (order.kind === 'not_found' || !order.isActive) return { kind: 'ended' };
  const { read, entries, nextDate } = order;
  const [lastEntry] = entries;
  // Without any entry the log says nothing: it holds the newest ones only.
  if (lastEntry === undefined || nextDate === null) return { kind: 'unsettled' };
  if (lastEntry.type === 'SKIP')
    return nextDate > orderDate ? { kind: 'skipped', entry: lastEntry } : { kind: 'unsettled' };
  return nextDate === orderDate ? { kind: 'back', read } : { kind: 'unsettled' };
}

type OrderReading =
  | Readonly<{
      kind: 'read';
      read: PlatformSubscription;
      events: readonly PlatformEvent[];
      /** SKIP and UNSKIP of that order, newest first. */
      entries: readonly PlatformEvent[];
      isActive: boolean;
      nextDate: string | null;
      nextOrderIso: string | null;
      nextOrderAt: number | null;
    }>
  | Readonly<{ kind: 'not_found' }>
  | NoAnswer;

async function readOrder(
  platform: Platform,
  known: StoredSubscription,
  orderDate: string,
  timeZone: string,
): Promise<OrderReading> {
  const read = await platform.getSubscription(known.platformNumber, known.customerId);
  if (!read.ok)
    return read.error.kind === 'not_found' ? { kind: 'not_found' } : { kind: 'no_answer', error: read.error };
  const log = await platform.listSubscriptionEvents(known.platformNumber);
  if (!log.ok) return { kind: 'no_answer', error: log.error };

  // A stale read: what we know is newer.
  const newest = read.value.subscription.updatedAt < known.updatedAt ? known : read.value.subscription;
  const { status, nextOrderIso, nextOrderAt } = newest;
  const events = log.value.rows;
  const ofOrder = events.filter(
    ({ type, orderIso }) =>
      (type === 'SKIP' || type === 'UNSKIP') &&
      orderIso !== null &&
      dateIn(timeZone, Date.parse(orderIso)) === orderDate,
  );
  return {
    kind: 'read',
    read: read.value,
    events,
    entries: newestFirst(ofOrder, events),
    isActive: (status ?? known.status) === 'ACTIVE',
    nextDate: nextOrderAt === null ? null : dateIn(timeZone, nextOrderAt),
    nextOrderIso,
    nextOrderAt,
  };
}

/** Entries of one instant are told apart by their place; whether a log begins with its newest entry shows in the rest. */
function newestFirst(entries: readonly PlatformEvent[], log: readonly PlatformEvent[]): readonly PlatformEvent[] {
  const isOldestFirst = (log[0]?.at ?? 0) < (log.at(-1)?.at ?? 0);
  return (isOldestFirst ? entries.toReversed() : entries).toSorted((a, b) => b.at - a.at);
}
