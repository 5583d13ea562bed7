import { changeSettings, defaultSettings, type ShopSettings } from '../../shared/domain/settings.ts';
import type { Computer } from '../../shared/ipc/computer-contract.ts';
import type { Handlers } from '../../shared/ipc/contract.ts';
import { ok, type Result } from '../../shared/result.ts';
import { createFakeComputer } from './fake-computer.ts';
import type { Scenario } from './fake-connections.ts';
import { HOUR, MINUTE, makeDecisions, NOW, pageOf } from './fake-data.ts';
import { createFakeDeliveries, type FakeDeliveries } from './fake-deliveries.ts';
import { createFakePeople } from './fake-people.ts';
import { createFakePractice } from './fake-practice.ts';
import { createFakeSetup } from './fake-setup.ts';
import { createFakeTriggers } from './fake-triggers.ts';
import { createFakeUpcoming } from './fake-upcoming.ts';
import { upkeepHandlers } from './fake-upkeep.ts';

export type FakeBridge = Readonly<{
  /** A test may put another one in a handler's place. */
  handlers: { -readonly [C in keyof Handlers]: Handlers[C] };
  deliveries: FakeDeliveries;
  subscribe: (listener: () => void) => () => void;
}>;

/** An engine made of memory: the contract's handlers over believable data, so that the console can be looked at. */
export function createFakeBridge(initial: Scenario, desktop: Computer['desktop'] = null): FakeBridge {
  const listeners = new Set<() => void>();
  let scenario = initial;
  let now = NOW;
  let settings: ShopSettings = { ...defaultSettings, shopName: 'Fern & Fable Coffee Roasters' };
  let sendingOn = initial === 'trouble' || initial === 'practice';
  let isHeld = initial === 'trouble';
  const deliveries = createFakeDeliveries(hasData() ? 137 : 0, announce);
  const people = createFakePeople({ hasData, changed, now: () => now });
  const practice = createFakePractice({
    isRunning: () => scenario === 'practice',
    now: () => now,
    timeZone: () => settings.timeZone,
    moveTo: (at) => {
      now = at;
    },
    changed,
  });

  function hasData(): boolean {
    return scenario !== 'first_start' && scenario !== 'quiet';
  }

  function announce(): void {
    for (const listener of listeners) listener();
  }

  function changed<T>(value: T): Result<T> {
    announce();
    return ok(value);
  }

  const setup = createFakeSetup(initial, {
    hasData,
    sendingOn: () => sendingOn,
    newestAccepted: () => (sendingOn && hasData() ? { deliveryId: 137, isTest: false } : null),
    changed,
  });

  const handlers: Handlers = {
    'status.get': () =>
      ok({
        version: '0.1.0',
        now,
        timeZone: settings.timeZone,
        billing: { time: '09:30', timeZone: settings.timeZone },
        shopName: scenario === 'first_start' ? '' : settings.shopName,
        isPractice: scenario === 'practice',
        sendingOn,
        hold: isHeld
          ? {
              kind: 'storm',
              since: NOW - HOUR,
              until: null,
              message: '412 triggers came up within an hour; usual is at most 18.',
            }
          : null,
        connections: setup.connections(),
        lastSyncAt: hasData() ? now - 120_000 : null,
        sync: {
          isRunning: false,
          rowsSeen: 0,
          problem: scenario === 'trouble' ? 'Smartrr did not answer within 20 s.' : null,
          nextAt: hasData() ? now + 180_000 : null,
        },
        nextReplyPollAt: hasData() ? now + 20_000 : null,
        clockSkewMs: scenario === 'trouble' ? 7 * MINUTE : null,
        needsPerson: {
          deliveries: deliveries.countForPerson(),
          replies: people.waiting(),
        },
        storage:
          scenario === 'trouble'
            ? { state: 'damaged', message: 'A check found a broken page. Restore the newest backup.' }
            : { state: 'sound', message: null },
      }),
    ...createFakeUpcoming(() => ({ hasData: hasData(), settings: { ...settings, sendingOn } })),
    ...createFakeTriggers({
      settings: () => settings,
      saveSettings: (change) => {
        settings = { ...settings, ...change };
      },
      isConnected: () => setup.connections().some(({ name, state }) => name === 'postscript' && state !== 'missing'),
      hasData,
      now: () => now,
      changed,
    }),
    ...deliveries.handlers,
    'decisions.list': ({ cursor, customerId }) =>
      ok(pageOf(hasData() && customerId !== null ? makeDecisions(customerId, 60) : [], cursor)),
    ...people.handlers,
    'settings.get': () => ok(settings),
    ...createFakeComputer({ desktop, keepsKeysSafely: initial !== 'trouble', changed }),
    'settings.save': (saved) => {
      settings = changeSettings(settings, saved);
      return changed(settings);
    },
    'sending.setOn': ({ on }) => {
      sendingOn = on;
      if (on && initial === 'first_start') deliveries.fill(137);
      return changed({});
    },
    'sending.releaseHold': () => {
      isHeld = false;
      return changed({});
    },
    ...setup.handlers,
    'sync.run': () => {
      // The first sync is over when a test says so.
      if (scenario === 'first_start') scenario = 'busy';
      return changed({});
    },
    ...upkeepHandlers(hasData, changed),
    'practice.start': () => {
      scenario = 'practice';
      deliveries.fill(137);
      setup.reset('practice');
      return changed({});
    },
    'practice.stop': () => {
      scenario = initial === 'practice' ? 'first_start' : initial;
      setup.reset(scenario);
      return changed({});
    },
    ...practice.handlers,
  };

  return {
    handlers,
    deliveries,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
