import type { Computer } from '../../shared/ipc/computer-contract.ts';
import type { ComputerHandlers } from '../../shared/ipc/contract.ts';
import type { UpdateState } from '../../shared/ipc/update-state.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { NOW } from './fake-data.ts';

type Desktop = NonNullable<Computer['desktop']>;

type FakeComputer = Readonly<{
  /** Null: a browser tab. */
  desktop: Desktop | null;
  keepsKeysSafely: boolean;
  changed: <T>(value: T) => Result<T>;
}>;

const descriptions = {
  protected: 'Encrypted, with a key file that only you may read.',
  unprotected:
    'This computer has no keyring that answers, so no key is saved. Set one up, or accept how they would lie.',
  accepted: 'You have accepted that keys are kept without a keyring: whoever can read your files can read them.',
} as const;

/** A desktop app as it was installed. */
export const fakeDesktop: Desktop = {
  onClose: 'ask',
  notifications: true,
  launchAtLogin: { state: 'off', note: null },
  hasSandbox: true,
  looksForUpdates: false,
  installsOnQuit: false,
  updates: { kind: 'off' },
};
export const fakeUpdate = {
  version: '0.2.0',
  notes: 'New in this version\n- The forecast shows who gets no notice, and why\n- Faster with 100,000 customers',
};
const notHere = fail('conflict', 'A browser tab has no such settings.');

/** What belongs to the computer, in memory. An update is found at once, and downloaded at once. */
export function createFakeComputer({ desktop, keepsKeysSafely, changed }: FakeComputer): ComputerHandlers {
  let settings = desktop;
  let state: keyof typeof descriptions = keepsKeysSafely ? 'protected' : 'unprotected';
  const describe = (): Computer => ({
    host: settings === null ? 'browser' : 'desktop',
    version: '0.1.0',
    dataFolder: '/home/dana/.local/share/heads-up',
    engine: { state: 'running', restartedAt: null },
    logFile: '/home/dana/.local/share/heads-up/logs/heads-up.log',
    secretStore: { state, description: descriptions[state], problem: null },
    desktop: settings,
  });
  const update = (updates: UpdateState): Result<Record<string, never>> => {
    if (settings === null) return notHere;
    settings = { ...settings, updates };
    return changed({});
  };
  return {
    'computer.get': () => ok(describe()),
    'computer.acceptWeakKeyring': ({ accept }) => {
      state = accept ? 'accepted' : 'unprotected';
      return changed(describe());
    },
    'computer.save': ({ onClose, notifications, launchAtLogin, looksForUpdates, installsOnQuit }) => {
      if (settings === null) return notHere;
      settings = {
        ...settings,
        onClose: onClose ?? settings.onClose,
        notifications: notifications ?? settings.notifications,
        launchAtLogin:
          launchAtLogin === undefined ? settings.launchAtLogin : { state: launchAtLogin ? 'on' : 'off', note: null },
        looksForUpdates: looksForUpdates ?? settings.looksForUpdates,
        installsOnQuit: installsOnQuit ?? settings.installsOnQuit,
      };
      if (looksForUpdates !== undefined) {
        update(looksForUpdates ? { kind: 'idle', lastCheckedAt: NOW } : { kind: 'off' });
      }
      return changed(describe());
    },
    'computer.checkForUpdate': () => update({ kind: 'available', update: fakeUpdate }),
    'computer.downloadUpdate': () => update({ kind: 'ready', update: fakeUpdate }),
    'computer.installUpdate': () =>
      fail('conflict', 'Heads Up cannot replace its own file here.', 'Move it to a folder of yours.'),
  };
}
