/** Takes one request, or says no. */
export type TokenBucket = Readonly<{ take: () => boolean }>;

/** Limits by real time, as the real service would, however fast the practice clock runs. 0 = no limit. */
export function createTokenBucket(perSecond: number, now: () => number = () => performance.now()): TokenBucket {
  let tokens = perSecond;
  let filledAt = now();
  return {
    take: () => {
      if (perSecond <= 0) return true;
      const at = now();
      tokens = Math.min(perSecond, tokens + ((at - filledAt) / 1000) * perSecond);
      filledAt = at;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
