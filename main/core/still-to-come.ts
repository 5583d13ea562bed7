const HOUR_MS = 3_600_000;
/** A computer's clock is wrong by hours often, by days at times, and hardly ever by more. */
const MOST_AHEAD_MS = 30 * 24 * HOUR_MS;

/**
 * Whether the platform dates something so far after today that it is a mistake. Believed, it would make every later
 * change of that row look older than it, until that day has come.
 *
 * @param platformNow the platform's own clock, where the answer told it: what is ahead of two clocks is a mistake sooner
 */
export function isStillToCome(at: number, now: number, platformNow: number | null = null): boolean {
  return at > (platformNow === null ? now + MOST_AHEAD_MS : Math.max(now, platformNow) + HOUR_MS);
}
