import { EventEmitter } from 'node:events';
import { afterEach, expect, it, vi } from 'vitest';
import { watchPower } from '../../../main/electron/power.ts';

afterEach(() => void vi.useRealTimers());

function setUp() {
  vi.useFakeTimers();
  const power = new EventEmitter();
  const did: string[] = [];
  watchPower({
    // An EventEmitter has Electron's overloads without their names.
    powerMonitor: power as unknown as Parameters<typeof watchPower>[0]['powerMonitor'],
    engine: { sleep: () => void did.push('sleep'), wake: () => void did.push('wake') },
    log: (message) => void did.push(message),
    onShutdown: () => void did.push('shutdown'),
  });
  return { power, did };
}

it('lets nothing leave before the sleep, and looks at once after it, and again when the network is back', () => {
  const { power, did } = setUp();
  power.emit('suspend');
  power.emit('resume');
  expect(did).toEqual(['The computer goes to sleep.', 'sleep', 'The computer woke up.', 'wake']);
  vi.advanceTimersByTime(20_000);
  expect(did.slice(4)).toEqual(['wake']);
});

it('looks at once when the person is back', () => {
  const { power, did } = setUp();
  power.emit('unlock-screen');
  expect(did).toEqual(['wake']);
});

it('holds up the shutdown of the computer until Heads Up has ended by itself', () => {
  const { power, did } = setUp();
  let isPrevented = false;
  power.emit('shutdown', { preventDefault: () => (isPrevented = true) });
  expect(isPrevented).toBe(true);
  expect(did).toEqual(['shutdown']);
});
