import type { Log, Store } from './store.ts';

const MINUTE_MS = 60_000;
/** Clocks are set by a little all the time. */
const NOTICEABLE_MS = MINUTE_MS;
/** As long as the longest pause of ours between two tries; longer ones were asked for by a service. */
const LONGEST_PAUSE_MS = 5 * MINUTE_MS;

/**
 * Looks whether the clock was set back, and by that leaves something waiting for the better part of a day.
 *
 * A skip that a customer asked for has until the order is charged, whatever this computer's clock did meanwhile.
 * `seenAt` is the latest instant that this process knows of; the last sync tells what an earlier one saw.
 */
export function mindClock(store: Store, seenAt: number, now: number, log: Log): void {
  const known = Math.max(seenAt, Number(store.mark('synced_at') ?? 0));
  if (now >= known - NOTICEABLE_MS) return;
  const shortened = store.shortenWaits(now + LONGEST_PAUSE_MS);
  if (shortened > 0) log('warn', 'The clock was set back; what waited for another try is tried again', { shortened });
}
