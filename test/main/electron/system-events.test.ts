import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { watchSystem } from '../../../main/electron/system-events.ts';

type Deps = Parameters<typeof watchSystem>[0];

function setUp() {
  const app = new EventEmitter();
  const process = new EventEmitter();
  const did: string[] = [];
  watchSystem({
    // An EventEmitter has Electron's overloads, and Node's, without their names.
    app: app as unknown as Deps['app'],
    process: process as unknown as Deps['process'],
    window: { show: (route = 'as it is') => void did.push(`show ${route}`) },
    engine: { startAgain: () => void did.push('start what is down') },
    quit: { now: () => void did.push('now'), atOnce: () => void did.push('at once') },
  });
  const startAgain = (data?: unknown) => app.emit('second-instance', {}, [], '/', data);
  return { app, process, did, startAgain };
}

describe('the running app', () => {
  it('shows its window for a second start, which also starts an engine that is down', () => {
    const { startAgain, did } = setUp();
    startAgain();
    expect(did).toEqual(['start what is down', 'show as it is']);
  });

  it('stays away for a second start by the system at login', () => {
    const { startAgain, did } = setUp();
    startAgain({ isHidden: true, isPractice: false });
    expect(did).toEqual(['start what is down']);
  });

  it('shows where the practice shop is to a second start that asks for it, and opens none by itself', () => {
    const { startAgain, did } = setUp();
    startAgain({ isHidden: false, isPractice: true });
    expect(did).toEqual(['start what is down', 'show /settings']);
  });

  it('shows its window when the dock is clicked, and runs on without any', () => {
    const { app, did } = setUp();
    app.emit('activate', {}, false);
    expect(did).toEqual(['show as it is']);
    // Electron quits an app that nobody listens for it in.
    expect(app.listenerCount('window-all-closed')).toBe(1);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('ends at once for %s, however often it comes', (signal) => {
    const { process, did } = setUp();
    process.emit(signal);
    process.emit(signal);
    expect(did).toEqual(['at once', 'at once']);
  });
});
