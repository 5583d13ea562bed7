import { expect, it } from 'vitest';
import { countLost } from './shop-notes.ts';

it('an answer is lost unless its delivery is the one that was under way when the engine died', () => {
  const wreck = { sending: [{ key: 'a', attemptId: 7 }] };
  expect(countLost(['a'], wreck)).toBe(0);
  expect(countLost(['b'], wreck)).toBe(1);
  // The first time the engine lived on, and a person had it sent again.
  expect(countLost(['a', 'a'], wreck)).toBe(1);
  expect(countLost(['b', 'c'], { sending: [] })).toBe(2);
});
