import type { Clock } from '../core/store.ts';

/** Time that passes only by waiting: rate limits are kept, and cost no real time. */
export function createInstantClock(): Clock {
  let now = 0;
  return {
    now: () => now,
    sleep: (ms) =>
      new Promise((resolve) => {
        now += ms;
        setImmediate(resolve);
      }),
  };
}
