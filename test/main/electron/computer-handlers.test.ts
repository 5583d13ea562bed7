import { expect, it } from 'vitest';
import { createComputerHandlers } from '../../../main/electron/computer-handlers.ts';
import type { ComputerStore } from '../../../main/electron/computer-store.ts';
import type { LaunchAtLogin } from '../../../main/electron/launch-at-login.ts';
import type { Updater } from '../../../main/electron/updater.ts';
import { contract } from '../../../shared/ipc/contract.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';

function setUp({ canLaunch = true, platform = 'linux' as NodeJS.Platform } = {}) {
  const kept: Record<string, unknown> = {
    onClose: 'ask',
    notifications: true,
    looksForUpdates: false,
    installsOnQuit: false,
  };
  const store = {
    get: (name: string) => kept[name],
    set: (name: string, value: unknown) => {
      kept[name] = value;
    },
  } as ComputerStore;
  let isAccepted = true;
  let answer: Result<unknown> = ok({});
  const removed: string[] = [];
  const vault = {
    describe: () =>
      Promise.resolve({
        state: isAccepted ? 'accepted' : 'unprotected',
        description: 'In words.',
        problem: null,
      } as const),
    acceptWeakKeyring: () => void (isAccepted = true),
    refuseWeakKeyring: () => void (isAccepted = false),
    listWeak: () => ['postscript_key', 'inbox_token', 'inbox_webhook_secret'] as const,
  };
  const removeConnection = (name: string): Promise<Result<unknown>> => {
    removed.push(name);
    return Promise.resolve(answer);
  };
  let startsAtLogin = false;
  const launchAtLogin: LaunchAtLogin = {
    read: () => Promise.resolve({ state: startsAtLogin ? 'on' : 'off', note: null }),
    set: (isOn) => {
      if (!canLaunch) return Promise.resolve(fail('storage', 'The folder cannot be written.'));
      startsAtLogin = isOn;
      return Promise.resolve(ok(null));
    },
  };
  const engine = () => ({ state: 'running', restartedAt: 1_800_000_000_000 }) as const;
  const did: string[] = [];
  const updater: Updater = {
    getState: () => ({ kind: 'off' }),
    knock: () => undefined,
    applySettings: () => void did.push(`looks: ${String(kept['looksForUpdates'])}`),
    check: () => fail('conflict', 'Looking for updates is switched off.'),
    download: () => ok({}),
    install: () => Promise.resolve(ok({})),
    installBeforeExit: () => Promise.resolve(),
  };
  const deps = {
    platform,
    version: '1.2.3',
    hasSandbox: false,
    dataFolder: '/shop',
    engine,
    vault,
    store,
    launchAtLogin,
    updater,
    removeConnection,
  };
  const handlers = createComputerHandlers(deps);
  const failWith = (result: Result<unknown>): void => void (answer = result);
  return { kept, handlers, did, removed, isAccepted: () => isAccepted, failWith };
}

it('keeps what the merchant chooses, and leaves the rest as it is', async () => {
  const { kept, handlers } = setUp();
  const saved = await handlers['computer.save']({ onClose: 'keep_running' });
  expect(saved).toMatchObject({
    value: {
      host: 'desktop',
      engine: { restartedAt: 1_800_000_000_000 },
      desktop: { onClose: 'keep_running', notifications: true, hasSandbox: false },
    },
  });
  expect(contract['computer.save'].output.safeParse(saved.ok && saved.value).success).toBe(true);
  await handlers['computer.save']({ notifications: false });
  expect(kept).toMatchObject({ onClose: 'keep_running', notifications: false });
});

it('tells the updater what the merchant chose, once it is kept', async () => {
  const { kept, handlers, did } = setUp();
  await handlers['computer.save']({ looksForUpdates: true, installsOnQuit: true });
  expect({ kept, did }).toMatchObject({ kept: { looksForUpdates: true, installsOnQuit: true }, did: ['looks: true'] });
  expect(await handlers['computer.checkForUpdate']({})).toMatchObject({ error: { code: 'conflict' } });
});

it('tells whether it is started at login as the operating system has it, not as it was asked for', async () => {
  const { handlers } = setUp();
  expect(await handlers['computer.save']({ launchAtLogin: true })).toMatchObject({
    value: { desktop: { launchAtLogin: { state: 'on' } } },
  });
  const { handlers: refused } = setUp({ canLaunch: false });
  expect(await refused['computer.save']({ launchAtLogin: true })).toMatchObject({ error: { code: 'storage' } });
  expect(await refused['computer.get']({})).toMatchObject({ value: { desktop: { launchAtLogin: { state: 'off' } } } });
});

it('accepts a computer without a keyring when it is told to, and removes every connection kept so when that is taken back', async () => {
  const { handlers, removed, isAccepted, failWith } = setUp();
  const refuse = () => handlers['computer.acceptWeakKeyring']({ accept: false });
  failWith(fail('conflict', 'The practice shop uses no real keys.'));
  expect(await refuse()).toMatchObject({ ok: false, error: { code: 'conflict' } });
  expect({ removed: removed.splice(0), isAccepted: isAccepted() }).toEqual({
    removed: ['postscript'],
    isAccepted: true,
  });
  failWith(ok({}));
  expect(await refuse()).toMatchObject({ value: { secretStore: { state: 'unprotected' } } });
  expect(removed).toEqual(['postscript', 'inbox']);
  expect(await handlers['computer.acceptWeakKeyring']({ accept: true })).toMatchObject({
    value: { secretStore: { state: 'accepted' } },
  });
});

it('has nothing to choose about closing on a Mac', async () => {
  const { handlers } = setUp({ platform: 'darwin' });
  expect(await handlers['computer.get']({})).toMatchObject({ value: { desktop: { onClose: null } } });
});
