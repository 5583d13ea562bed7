import { describe, expect, it } from 'vitest';
import { createLane } from '../../../main/engine/lane.ts';
import { stopWhenClosing } from '../../../main/engine/closing.ts';
import { waitBriefly } from '../../../main/engine/wait-briefly.ts';

/** A job that ends when the test says so. */
function setUp() {
  const ends: (() => void)[] = [];
  let running = 0;
  let most = 0;
  const lane = createLane(async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => void ends.push(resolve));
    running -= 1;
  });
  const tick = () => new Promise((resolve) => setImmediate(resolve));
  return {
    lane,
    starts: () => ends.length,
    most: () => most,
    endNext: async (index: number) => {
      ends[index]?.();
      await tick();
    },
    tick,
  };
}

describe('a lane', () => {
  it('answers any number of requests during a run with one more run', async () => {
    const { lane, starts, endNext, most } = setUp();
    const first = lane.run();
    const others = [lane.run(), lane.run(), lane.run()];
    expect(starts()).toBe(1);
    await endNext(0);
    await first;
    expect(starts()).toBe(2);
    await endNext(1);
    await Promise.all(others);
    expect(starts()).toBe(2);
    expect(most()).toBe(1);
  });

  it('runs again what was asked for during the second run', async () => {
    const { lane, starts, endNext, most } = setUp();
    void lane.run();
    void lane.run();
    await endNext(0);
    const third = lane.run();
    await endNext(1);
    expect(starts()).toBe(3);
    await endNext(2);
    await third;
    expect(most()).toBe(1);
  });

  it('settles when nothing runs and nothing waits', async () => {
    const { lane, endNext, tick } = setUp();
    await lane.settle();
    void lane.run();
    void lane.run();
    let isSettled = false;
    void lane.settle().then(() => (isSettled = true));
    await endNext(0);
    expect(isSettled).toBe(false);
    await endNext(1);
    await tick();
    expect(isSettled).toBe(true);
  });

  it('goes on after a job that failed', async () => {
    let count = 0;
    const lane = createLane(() => {
      count += 1;
      return count === 1 ? Promise.reject(new Error('once')) : Promise.resolve();
    });
    await expect(lane.run()).rejects.toThrow('once');
    await lane.run();
    expect(count).toBe(2);
  });
});

describe('stopWhenClosing', () => {
  it('makes no new request once Heads Up closes, and says that none was made', async () => {
    let isClosing = false;
    let asked = 0;
    const read = (id: string) => {
      asked += 1;
      return Promise.resolve({ ok: true, value: id } as const);
    };
    const client = stopWhenClosing({ read }, () => isClosing);
    expect(await client.read('one')).toEqual({ ok: true, value: 'one' });
    isClosing = true;
    expect(await client.read('two')).toMatchObject({ ok: false, error: { kind: 'not_sent' } });
    expect(asked).toBe(1);
  });
});

describe('waitBriefly', () => {
  it('ends with the job, or without it', async () => {
    await waitBriefly(Promise.resolve());
    await expect(waitBriefly(Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await waitBriefly(new Promise(() => undefined));
  });
});
