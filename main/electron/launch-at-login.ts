import type { App, LoginItemSettings } from 'electron';
import type { LaunchAtLoginView, LaunchState } from '../../shared/ipc/computer-contract.ts';
import { fail, ok, toError, type Result } from '../../shared/result.ts';
import { readAutostart, removeAutostart, writeAutostart } from './autostart-file.ts';

type LaunchDeps = Readonly<{
  app: Pick<App, 'isPackaged' | 'getLoginItemSettings' | 'setLoginItemSettings'>;
  platform: NodeJS.Platform;
  /** What is started: the executable, or on Linux the AppImage that holds it. */
  executable: string;
  /** On Linux, where the desktop looks for what it starts. */
  autostartFile: string;
}>;

export type LaunchAtLogin = Readonly<{
  /** As the operating system has it now: it can be changed there too. */
  read: () => Promise<LaunchAtLoginView>;
  set: (isOn: boolean) => Promise<Result<null>>;
}>;

const hiddenArgument = '--hidden';

/** Where the operating system itself lists what it starts at login. */
const systemPlaces: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'System Settings, General, Login Items',
  win32: 'Windows Settings, Apps, Startup',
};

/** Starts Heads Up, hidden, when its person logs in. The operating system keeps the setting, so it is asked each time. */
export function createLaunchAtLogin({ app, platform, executable, autostartFile }: LaunchDeps): LaunchAtLogin {
  const place = systemPlaces[platform] ?? 'the startup programs of your desktop';
  // Windows takes the path as the beginning of a command line, in which a space would end the program's name.
  const windowsItem = { path: `"${executable}"`, args: [hiddenArgument] };

  const find = async (): Promise<LaunchState> => {
    if (platform === 'linux') return readAutostart(autostartFile, executable);
    if (platform === 'darwin') return readMac(app.getLoginItemSettings());
    return readWindows(app.getLoginItemSettings(windowsItem));
  };

  const write = async (isOn: boolean): Promise<void> => {
    if (platform === 'linux') await (isOn ? writeAutostart(autostartFile, executable) : removeAutostart(autostartFile));
    else if (platform === 'darwin') app.setLoginItemSettings({ openAtLogin: isOn });
    else app.setLoginItemSettings({ ...windowsItem, openAtLogin: isOn });
  };

  const read = async (): Promise<LaunchAtLoginView> => {
    if (!app.isPackaged) return { state: 'unavailable', note: 'Only the installed app can be started at login.' };
    try {
      const state = await find();
      return { state, note: describe(state, place) };
    } catch (error) {
      return { state: 'unavailable', note: `It cannot be read: ${toError(error).message}` };
    }
  };

  return {
    read,
    set: async (isOn) => {
      const before = await read();
      if (before.state === 'unavailable') return fail('conflict', before.note ?? 'It cannot be changed here.');
      try {
        await write(isOn);
      } catch (error) {
        return fail('storage', `It was not changed: ${toError(error).message}`, `You can change it in ${place}.`);
      }
      const after = await read();
      const hasHeld = isOn ? after.state === 'on' || after.state === 'needs_approval' : after.state === 'off';
      if (hasHeld) return ok(null);
      return fail('conflict', 'The operating system did not take the change.', `Look in ${place}.`);
    },
  };
}

/** Whether this start is one at login, which nobody asked for by a click: then no window opens. */
export function startsHidden(
  app: Pick<App, 'getLoginItemSettings'>,
  platform: NodeJS.Platform,
  argv: readonly string[],
): boolean {
  // macOS passes no arguments to what it starts at login.
  return argv.includes(hiddenArgument) || (platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin);
}

function readMac({ status, openAtLogin }: LoginItemSettings): LaunchState {
  if (status === 'requires-approval') return 'needs_approval';
  return openAtLogin ? 'on' : 'off';
}

function readWindows({ openAtLogin, executableWillLaunchAtLogin }: LoginItemSettings): LaunchState {
  if (!openAtLogin) return 'off';
  return executableWillLaunchAtLogin ? 'on' : 'switched_off';
}

function describe(state: LaunchState, place: string): string | null {
  switch (state) {
    case 'needs_approval':
      return `It is not allowed yet: switch Heads Up on in ${place}.`;
    case 'switched_off':
      return `It was switched off in ${place}.`;
    case 'other_program':
      return 'Another copy of Heads Up is started at login. Switch this on to start the one that you see.';
    case 'on':
    case 'off':
    case 'unavailable':
      return null;
  }
}
