/** Postscript's ceiling for one token, and so for everything that uses the shop's key (postscript-api.md 7). */
const ceilingPerSecond = 15;
const slowestPerSecond = 0.1;

export type RateLimiterClock = Readonly<{ now: () => number; sleep: (ms: number) => Promise<void> }>;

export type RateLimiter = Readonly<{
  /** Resolves when it is this caller's turn; first come, first served. */
  take: () => Promise<void>;
  /** A turn that is free now; false when there is none, or when others wait for it. */
  takeFree: () => boolean;
  /** Also holds for those who already wait. */
  setRate: (ratePerSecond: number) => void;
}>;

export type RateLimiterOptions = Readonly<{
  ratePerSecond: number;
  /** How many may go at once after a pause. Default 1: evenly spaced. */
  burst?: number;
  clock: RateLimiterClock;
}>;

/**
 * A token bucket in front of a remote service.
 *
 * The whole account shares Postscript's 15/s (postscript-api.md 7): make one limiter per key and hand it to everything
 * that uses the key. No stretch of one second ever holds more than 15 requests, burst included, whatever is asked for.
 */
export function createRateLimiter({ ratePerSecond, burst = 1, clock }: RateLimiterOptions): RateLimiter {
  let rate = clampRate(ratePerSecond);
  let size = clampBurst(burst, rate);
  let tokens = size;
  let refilledAt = clock.now();
  let queue: Promise<void> = Promise.resolve();
  let waiting = 0;

  const refill = (): void => {
    const now = clock.now();
    // A clock set back must not take tokens away, and one set forward cannot give more than a full bucket.
    tokens = Math.min(size, tokens + (Math.max(0, now - refilledAt) / 1000) * rate);
    refilledAt = now;
  };

  const waitForToken = async (): Promise<void> => {
    refill();
    // Asked again after each sleep: a timer may wake early, and the rate may have changed meanwhile.
    while (tokens < 1) {
      await clock.sleep(Math.max(1, Math.ceil(((1 - tokens) / rate) * 1000)));
      refill();
    }
    tokens -= 1;
  };

  return {
    take: () => {
      waiting += 1;
      const turn = queue.then(waitForToken).finally(() => {
        waiting -= 1;
      });
      // One caller's failed sleep must not stop those behind it.
      queue = turn.catch(() => undefined);
      return turn;
    },
    takeFree: () => {
      refill();
      if (waiting > 0 || tokens < 1) return false;
      tokens -= 1;
      return true;
    },
    setRate: (wanted) => {
      refill();
      rate = clampRate(wanted);
      size = clampBurst(burst, rate);
      tokens = Math.min(tokens, size);
    },
  };
}

function clampRate(wanted: number): number {
  if (!Number.isFinite(wanted)) return slowestPerSecond;
  return Math.min(ceilingPerSecond, Math.max(slowestPerSecond, wanted));
}

/** A full bucket and a second's refill go out within one second, so together they must stay under the ceiling. */
function clampBurst(wanted: number, rate: number): number {
  const most = Math.max(1, ceilingPerSecond + 1 - Math.ceil(rate));
  return Number.isFinite(wanted) ? Math.min(most, Math.max(1, Math.floor(wanted))) : 1;
}
