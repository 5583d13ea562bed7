import { readHold, setHold } from './hold.ts';
import type { Store } from './store.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A shop this small is never held (design 3.4). */
const FLOOR = 50;

type Allowance = Readonly<{ perHour: number; until: number }>;

/**
 * Holds the queue when far more was queued in an hour than this shop usually sends in its busiest hour.
 *
 * Looks at what was queued, not at what was sent, so that a storm is seen before its first text. "Usual" is the median
 * of the busiest hour of each day of the last two weeks: notices leave together when the window opens, so a mean over
 * all hours would hold every ordinary morning.
 */
export function guardAgainstStorm(store: Store, now: number): void {
  if (readHold(store, now) !== undefined) return;
  const limit = stormLimit(store, now);
  const queued = store.countQueuedSince(now - HOUR_MS, limit + 1);
  if (queued <= limit) return;
  setHold(store, {
    kind: 'storm',
    since: now,
    until: null,
    message: `More than ${limit} texts were queued within an hour, which is unusual for this shop. Nothing of it is sent until you release it.`,
  });
}

export function stormLimit(store: Store, now: number): number {
  // Without the hours that are being judged: a storm must not pass for what is usual.
  const usual = median(store.busiestHours(now - 14 * DAY_MS, now - HOUR_MS).filter((count) => count > 0));
  const factor = store.settings().stormFactor;
  const allowance = readAllowance(store);
  const allowed = allowance !== undefined && now < allowance.until ? allowance.perHour : 0;
  return Math.max(FLOOR, Math.floor(factor * usual), allowed);
}

/** A person saw the number and said yes: as much again is let through for a day. */
export function allowVolume(store: Store, expected: number, now: number): void {
  const allowance: Allowance = { perHour: Math.max(FLOOR, expected * 2), until: now + DAY_MS };
  store.setMark('storm_allowance', JSON.stringify(allowance));
}

/** Releases a storm hold after a person has looked at it. */
export function releaseStorm(store: Store, now: number): void {
  if (readHold(store, now)?.kind !== 'storm') return;
  allowVolume(store, store.countQueuedSince(now - DAY_MS, 1_000_000), now);
  store.setMark('hold', null);
}

function readAllowance(store: Store): Allowance | undefined {
  const text = store.mark('storm_allowance');
  if (text === undefined) return undefined;
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || !('perHour' in value) || !('until' in value)) return undefined;
  return typeof value.perHour === 'number' && typeof value.until === 'number'
    ? { perHour: value.perHour, until: value.until }
    : undefined;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
