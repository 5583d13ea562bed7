/** A computer's clock is wrong by hours often, by days at times, and hardly ever by more. */
const MOST_AHEAD_MS = 30 * 24 * 3_600_000;

/**
 * Whether the platform dates something so far after today that it is a mistake. Believed, it would make every later
 * change of that row look older than it, for ever.
 */
export function isStillToCome(at: number, now: number): boolean {
  return at > now + MOST_AHEAD_MS;
}
