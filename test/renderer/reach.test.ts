import { describe, expect, it } from 'vitest';
import { createReach } from '../../renderer/lib/reach.ts';

function setUp() {
  const clock = { now: 1_000 };
  const reach = createReach(() => clock.now);
  const heard: unknown[] = [];
  const stop = reach.subscribe(() => heard.push(reach.get()));
  return { clock, reach, heard, stop };
}

describe('whether the console reaches its own program', () => {
  it('remembers the first failure of an outage, not the last', () => {
    const { clock, reach, heard } = setUp();
    reach.lost('no_answer');
    clock.now = 5_000;
    reach.lost('no_answer');
    expect({ outage: reach.get(), heard }).toEqual({
      outage: { reason: 'no_answer', since: 1_000 },
      heard: [{ reason: 'no_answer', since: 1_000 }],
    });
  });

  it('keeps the beginning when the reason becomes clearer', () => {
    const { clock, reach } = setUp();
    reach.lost('no_answer');
    clock.now = 9_000;
    reach.lost('signed_out');
    expect(reach.get()).toEqual({ reason: 'signed_out', since: 1_000 });
  });

  it('ends an outage with the first answer, and tells only when something changed', () => {
    const { reach, heard, stop } = setUp();
    reach.found();
    reach.lost('no_answer');
    reach.found();
    reach.found();
    stop();
    reach.lost('no_answer');
    expect(heard).toEqual([{ reason: 'no_answer', since: 1_000 }, null]);
  });
});
