export type RateLimiterClock = Readonly<{ now: () => number; sleep: (ms: number) => Promise<void> }>;

export type RateLimiter = Readonly<{
  /** Resolves when it is this caller's turn; first come, first served. */
  take: () => Promise<void>;
  /** Also holds for those who already wait. */
  setRate: (ratePerSecond: number) => void;
}>;

export type RateLimiterOptions = Readonly<{ ratePerSecond: number; burst?: number; clock: RateLimiterClock }>;

export function createRateLimiter(_options: RateLimiterOptions): RateLimiter {
  throw new Error('Not built yet');
}
