import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createRateLimiter, type RateLimiter, type RateLimiterClock } from '../../../main/api/rate-limiter.ts';

/** Time that only passes when somebody sleeps. */
function createFakeClock(): RateLimiterClock {
  let time = 1_000_000;
  return {
    now: () => time,
    sleep: (ms) => {
      time += ms;
      return Promise.resolve();
    },
  };
}

async function takeTimes(limiter: RateLimiter, clock: RateLimiterClock, count: number): Promise<number[]> {
  const start = clock.now();
  return Promise.all(Array.from({ length: count }, () => limiter.take().then(() => clock.now() - start)));
}

/** The most that fall into any stretch of one second. */
function busiestSecond(times: readonly number[]): number {
  return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length));
}

describe('createRateLimiter', () => {
  it('spaces requests evenly when there is no burst', async () => {
    const clock = createFakeClock();
    const limiter = createRateLimiter({ ratePerSecond: 10, clock });
    expect(await takeTimes(limiter, clock, 5)).toEqual([0, 100, 200, 300, 400]);
  });

  it('lets a burst go at once and then keeps the rate', async () => {
    const clock = createFakeClock();
    const limiter = createRateLimiter({ ratePerSecond: 2, burst: 3, clock });
    expect(await takeTimes(limiter, clock, 5)).toEqual([0, 0, 0, 500, 1000]);
  });

  it('never lets more than 15 go in any second, whatever is asked for', async () => {
    const rates = fc.double({ min: 0.1, max: 500, noNaN: true });
    await fc.assert(
      fc.asyncProperty(rates, fc.integer({ min: 1, max: 100 }), async (ratePerSecond, burst) => {
        const clock = createFakeClock();
        const limiter = createRateLimiter({ ratePerSecond, burst, clock });
        expect(busiestSecond(await takeTimes(limiter, clock, 60))).toBeLessThanOrEqual(15);
      }),
    );
  });

  it('makes up for timers that wake late, without more in any second than the rate', async () => {
    const clock = createFakeClock();
    let turn = 0;
    const late = { now: clock.now, sleep: (ms: number) => clock.sleep(ms + ([3, 40, 0, 11][turn++ % 4] ?? 0)) };
    const limiter = createRateLimiter({ ratePerSecond: 15, clock: late });
    const times = await takeTimes(limiter, late, 1500);
    expect(1499 / ((times.at(-1) ?? 0) / 1000)).toBeGreaterThan(15 * 0.97);
    expect(busiestSecond(times)).toBe(15);
  });

  it('does not make up for a thread that was busy for seconds', async () => {
    const clock = createFakeClock();
    let isBusy = true;
    const sleep = (ms: number): Promise<void> => {
      const all = isBusy ? ms + 5000 : ms;
      isBusy = false;
      return clock.sleep(all);
    };
    const limiter = createRateLimiter({ ratePerSecond: 10, clock: { now: clock.now, sleep } });
    const times = await takeTimes(limiter, clock, 6);
    expect(times).toEqual([0, 5100, 5100, 5100, 5150, 5250]);
  });

  it('serves callers in the order in which they came', async () => {
    const clock = createFakeClock();
    const limiter = createRateLimiter({ ratePerSecond: 10, burst: 2, clock });
    const order: number[] = [];
    await Promise.all(Array.from({ length: 20 }, (_, index) => limiter.take().then(() => order.push(index))));
    expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  it('holds a changed rate also for those who already wait', async () => {
    const clock = createFakeClock();
    const limiter = createRateLimiter({ ratePerSecond: 1, clock });
    await limiter.take();
    limiter.setRate(10);
    expect(await takeTimes(limiter, clock, 2)).toEqual([100, 200]);
  });

  it('does not let a longer pause add up to more than one burst', async () => {
    const clock = createFakeClock();
    const limiter = createRateLimiter({ ratePerSecond: 10, burst: 2, clock });
    await clock.sleep(3_600_000);
    expect(await takeTimes(limiter, clock, 3)).toEqual([0, 0, 100]);
  });

  it('goes on when the clock is set back', async () => {
    let time = 1_000_000;
    const clock = {
      now: () => time,
      sleep: (ms: number) => {
        time += ms;
        return Promise.resolve();
      },
    };
    const limiter = createRateLimiter({ ratePerSecond: 10, clock });
    await limiter.take();
    time -= 500_000;
    expect(await takeTimes(limiter, clock, 2)).toEqual([100, 200]);
  });

  it('waits again when a timer wakes too early', async () => {
    let time = 0;
    let sleeps = 0;
    const clock = {
      now: () => time,
      sleep: (ms: number) => {
        sleeps += 1;
        time += ms / 2;
        return Promise.resolve();
      },
    };
    const limiter = createRateLimiter({ ratePerSecond: 10, clock });
    await limiter.take();
    await limiter.take();
    expect(time).toBeGreaterThanOrEqual(100);
    expect(sleeps).toBeGreaterThan(1);
  });

  it('gives a free turn only when there is one and nobody waits for it', async () => {
    let time = 0;
    const wake: (() => void)[] = [];
    const clock = { now: () => time, sleep: () => new Promise<void>((resolve) => void wake.push(resolve)) };
    const limiter = createRateLimiter({ ratePerSecond: 10, clock });
    expect([limiter.takeFree(), limiter.takeFree()]).toEqual([true, false]);
    const waiting = limiter.take();
    await vi.waitFor(() => expect(wake).toHaveLength(1));
    time += 100;
    expect(limiter.takeFree()).toBe(false);
    wake.pop()?.();
    await waiting;
    expect(limiter.takeFree()).toBe(false);
    time += 100;
    expect([limiter.takeFree(), limiter.takeFree()]).toEqual([true, false]);
  });

  it('does not stop behind a caller whose wait failed', async () => {
    let time = 0;
    let isBroken = true;
    const sleep = (ms: number): Promise<void> => {
      if (isBroken) return Promise.reject(new Error('no timer'));
      time += ms;
      return Promise.resolve();
    };
    const limiter = createRateLimiter({ ratePerSecond: 10, clock: { now: () => time, sleep } });
    await limiter.take();
    await expect(limiter.take()).rejects.toThrow('no timer');
    isBroken = false;
    await expect(limiter.take()).resolves.toBeUndefined();
  });

  it.each([0, -1, Number.NaN])('still moves when the rate is %d', async (ratePerSecond) => {
    const clock = createFakeClock();
    const limiter = createRateLimiter({ ratePerSecond, clock });
    expect(await takeTimes(limiter, clock, 2)).toEqual([0, 10_000]);
  });
});
