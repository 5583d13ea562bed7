import { afterEach, expect, it, vi } from 'vitest';
import { isSending } from '../../../main/electron/is-sending.ts';
import { fail, ok } from '../../../shared/result.ts';

afterEach(() => void vi.useRealTimers());

const running = () => ({ state: 'running', restartedAt: null }) as const;
const answering = (status: unknown) => ({ state: running, call: () => Promise.resolve(ok(status)) });

it.each([
  [{ sendingOn: true, isPractice: false }, true],
  [{ sendingOn: false, isPractice: false }, false],
  [{ sendingOn: true, isPractice: true }, false],
])('goes by what the engine says of the own shop: %j', async (status, expected) => {
  expect(await isSending(answering(status))).toBe(expected);
});

it('takes an engine that is down for one that sends nothing', async () => {
  const call = () => Promise.reject(new Error('Nobody asks an engine that is down.'));
  expect(await isSending({ state: () => ({ state: 'restarting', since: 1 }), call })).toBe(false);
  expect(await isSending({ state: running, call: () => Promise.resolve(fail('internal', 'Gone.')) })).toBe(false);
});

it('does not wait for ever, and takes an engine that is busy for one that sends', async () => {
  vi.useFakeTimers();
  const asked = isSending({ state: running, call: () => new Promise(() => undefined) });
  await vi.advanceTimersByTimeAsync(2000);
  expect(await asked).toBe(true);
});
