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

/** Turns that a late timer or a busy thread has missed, as far as they are made up for: those of this long. */
const madeUpForMs = 250;

/**
 * A token bucket in front of a remote service.
 *
 * The whole account shares Postscript's 15/s (postscript-api.md 7): make one limiter per key and hand it to everything
 * that uses the key. While somebody waits, a timer that wakes late costs no turn: the next ones come sooner. All the same
 * no stretch of one second holds more than the rate and the burst allow, and never more than 15, whatever is asked for.
 */
export function createRateLimiter({ ratePerSecond, burst = 1, clock }: RateLimiterOptions): RateLimiter {
  let rate = clampRate(ratePerSecond);
  const size = clampBurst(burst);
  let tokens = size;
  let refilledAt = clock.now();
  let queue: Promise<void> = Promise.resolve();
  let waiting = 0;
  /** When the last turns were taken, oldest first. */
  let taken: number[] = [];

  const refill = (): void => {
    const now = clock.now();
    // A clock set back must not take tokens away, and one set forward cannot give more than a full bucket.
    const passedMs = Math.max(0, now - refilledAt);
    const most = size + (waiting > 0 ? (madeUpForMs / 1000) * rate : 0);
    tokens = Math.min(most, tokens + (passedMs / 1000) * rate);
    if (now < refilledAt) taken = taken.map((at) => at - (refilledAt - now));
    refilledAt = now;
  };

  /** How long until there is a turn, ms. */
  const readWait = (): number => {
    const mostInSecond = Math.min(ceilingPerSecond, Math.ceil(rate) + size - 1);
    const first = taken.at(-mostInSecond) ?? Number.NEGATIVE_INFINITY;
    return Math.max(((1 - tokens) / rate) * 1000, first + 1000 - refilledAt);
  };

  const takeToken = (): void => {
    tokens -= 1;
    taken = [...taken, refilledAt].slice(-ceilingPerSecond);
  };

  const waitForToken = async (): Promise<void> => {
    refill();
    // Asked again after each sleep: a timer may wake early, and the rate may have changed meanwhile.
    for (let waitMs = readWait(); waitMs > 0; waitMs = readWait()) {
      await clock.sleep(Math.max(1, Math.ceil(waitMs)));
      refill();
    }
    takeToken();
  };

  return {
    take: () => {
      // Before anybody waits: a pause adds up to no more than a burst.
      refill();
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
      if (waiting > 0 || readWait() > 0) return false;
      takeToken();
      return true;
    },
    setRate: (wanted) => {
      refill();
      rate = clampRate(wanted);
    },
  };
}

function clampRate(wanted: number): number {
  if (!Number.isFinite(wanted)) return slowestPerSecond;
  return Math.min(ceilingPerSecond, Math.max(slowestPerSecond, wanted));
}

function clampBurst(wanted: number): number {
  return Number.isFinite(wanted) ? Math.min(ceilingPerSecond, Math.max(1, Math.floor(wanted))) : 1;
}
