import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { findAutostartFile, writeAutostart } from '../../../main/electron/autostart-file.ts';
import { createLaunchAtLogin, startsHidden } from '../../../main/electron/launch-at-login.ts';

// Electron's own types, by way of what uses them: a test does not import electron.
type LoginApp = Parameters<typeof createLaunchAtLogin>[0]['app'];
type LoginItem = ReturnType<LoginApp['getLoginItemSettings']>;

const nothing: LoginItem = {
  openAtLogin: false,
  wasOpenedAtLogin: false,
  status: 'not-registered',
  executableWillLaunchAtLogin: false,
  launchItems: [],
};

/** The operating system's list of what it starts, as Electron shows it. */
function createFakeApp({ isPackaged = true, takes = true } = {}) {
  let command: string | null = null;
  const item = { isAllowed: true, wasOpenedAtLogin: false };
  const app: LoginApp = {
    isPackaged,
    getLoginItemSettings: ({ path = '', args = [] } = {}) => {
      // Windows knows an entry by its whole command line, macOS by the app.
      const isThere = command !== null && command === [path, ...args].join(' ');
      return {
        ...nothing,
        wasOpenedAtLogin: item.wasOpenedAtLogin,
        openAtLogin: isThere,
        executableWillLaunchAtLogin: isThere && item.isAllowed,
        status: !isThere ? 'not-registered' : item.isAllowed ? 'enabled' : 'requires-approval',
      };
    },
    setLoginItemSettings: ({ openAtLogin = false, path = '', args = [] }) => {
      if (takes) command = openAtLogin ? [path, ...args].join(' ') : null;
    },
  };
  return { app, item, readCommand: () => command };
}

function setUp(platform: NodeJS.Platform, options: Parameters<typeof createFakeApp>[0] = {}) {
  const home = mkdtempSync(join(tmpdir(), 'heads-up-login-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  const autostartFile = findAutostartFile({}, home);
  const fake = createFakeApp(options);
  const launch = createLaunchAtLogin({
    app: fake.app,
    platform,
    executable: 'C:\\Users\\Dana Fern\\Heads Up.exe',
    autostartFile,
  });
  return { ...fake, launch, autostartFile };
}

it.each(['darwin', 'win32', 'linux'] as const)(
  'is off until it is switched on, and can be switched off: %s',
  async (platform) => {
    const { launch } = setUp(platform);
    expect(await launch.read()).toEqual({ state: 'off', note: null });
    expect(await launch.set(true)).toMatchObject({ ok: true });
    expect(await launch.read()).toEqual({ state: 'on', note: null });
    expect(await launch.set(false)).toMatchObject({ ok: true });
    expect(await launch.read()).toEqual({ state: 'off', note: null });
  },
);

it('hands Windows a command line in which the path with its spaces is one word', async () => {
  const { launch, readCommand } = setUp('win32');
  await launch.set(true);
  expect(readCommand()).toBe('"C:\\Users\\Dana Fern\\Heads Up.exe" --hidden');
});

it('says when macOS waits for permission, and that is no failure', async () => {
  const { launch, item } = setUp('darwin');
  item.isAllowed = false;
  expect(await launch.set(true)).toMatchObject({ ok: true });
  expect(await launch.read()).toMatchObject({
    state: 'needs_approval',
    note: expect.stringContaining('System Settings, General, Login Items') as string,
  });
});

it('says when it was switched off in the settings of Windows', async () => {
  const { launch, item } = setUp('win32');
  await launch.set(true);
  item.isAllowed = false;
  expect(await launch.read()).toMatchObject({
    state: 'switched_off',
    note: expect.stringContaining('Windows Settings, Apps, Startup') as string,
  });
  expect(await launch.set(true)).toMatchObject({ ok: false, error: { code: 'conflict' } });
});

it('says when another copy is started, and takes its place', async () => {
  const { launch, autostartFile } = setUp('linux');
  await writeAutostart(autostartFile, '/home/dana/old.AppImage');
  expect(await launch.read()).toMatchObject({ state: 'other_program' });
  expect(await launch.set(true)).toMatchObject({ ok: true });
  expect(await launch.read()).toMatchObject({ state: 'on' });
});

it.each(['darwin', 'win32'] as const)('does not claim what %s did not take', async (platform) => {
  const { launch } = setUp(platform, { takes: false });
  expect(await launch.set(true)).toMatchObject({ ok: false, error: { code: 'conflict' } });
  expect(await launch.read()).toMatchObject({ state: 'off' });
});

it('says why the file cannot be written, and where to go instead', async () => {
  const { launch, autostartFile } = setUp('linux');
  const folder = dirname(autostartFile);
  mkdirSync(dirname(folder), { recursive: true });
  writeFileSync(folder, 'a file in the place of the folder');
  expect(await launch.read()).toMatchObject({ state: 'unavailable' });
  expect(await launch.set(true)).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('ENOTDIR') as string },
  });
});

it('never starts the bare runtime of a developer', async () => {
  const { launch, readCommand } = setUp('win32', { isPackaged: false });
  expect(await launch.read()).toMatchObject({ state: 'unavailable' });
  expect(await launch.set(true)).toMatchObject({ ok: false });
  expect(readCommand()).toBeNull();
});

it('starts hidden at login only: by its argument, or as macOS says', () => {
  const { app, item } = createFakeApp();
  expect(startsHidden(app, 'linux', ['heads-up', '--hidden'])).toBe(true);
  expect(startsHidden(app, 'linux', ['heads-up'])).toBe(false);
  item.wasOpenedAtLogin = true;
  expect(startsHidden(app, 'darwin', ['heads-up'])).toBe(true);
  expect(startsHidden(app, 'win32', ['heads-up'])).toBe(false);
});
