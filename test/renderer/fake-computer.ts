import type { Computer } from '../../shared/ipc/computer-contract.ts';
import type { ComputerHandlers } from '../../shared/ipc/contract.ts';
import { fail, ok, type Result } from '../../shared/result.ts';

type FakeComputer = Readonly<{
  /** Null: a browser tab. */
  desktop: Computer['desktop'];
  keepsKeysSafely: boolean;
  changed: <T>(value: T) => Result<T>;
}>;

/** What belongs to the computer, in memory. */
export function createFakeComputer({ desktop, keepsKeysSafely, changed }: FakeComputer): ComputerHandlers {
  let settings = desktop;
  const describe = (): Computer => ({
    host: settings === null ? 'browser' : 'desktop',
    version: '0.1.0',
    dataFolder: '/home/dana/.local/share/heads-up',
    engine: { state: 'running', restartedAt: null },
    logFile: '/home/dana/.local/share/heads-up/logs/heads-up.log',
    secretStore: keepsKeysSafely
      ? { isSafe: true, description: 'Encrypted, with a key file that only you may read.' }
      : {
          isSafe: false,
          description: 'This computer offers no protected store, so keys lie in a file that only you may read.',
        },
    desktop: settings,
  });
  return {
    'computer.get': () => ok(describe()),
    'computer.save': ({ onClose, notifications, launchAtLogin }) => {
      if (settings === null) return fail('conflict', 'A browser tab has no such settings.');
      settings = {
        onClose: onClose ?? settings.onClose,
        notifications: notifications ?? settings.notifications,
        launchAtLogin:
          launchAtLogin === undefined ? settings.launchAtLogin : { state: launchAtLogin ? 'on' : 'off', note: null },
      };
      return changed(describe());
    },
  };
}
