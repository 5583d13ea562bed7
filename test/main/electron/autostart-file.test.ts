import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import {
  findAutostartFile,
  findExecutable,
  readAutostart,
  removeAutostart,
  writeAutostart,
} from '../../../main/electron/autostart-file.ts';

const executable = '/opt/Heads Up/heads-up';

function setUp() {
  const home = mkdtempSync(join(tmpdir(), 'heads-up-autostart-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  const file = findAutostartFile({ XDG_CONFIG_HOME: home }, '/nobody');
  return {
    file,
    read: () => readAutostart(file, executable),
    readText: () => readFileSync(file, 'utf8'),
    change: (from: string, to: string) => writeFileSync(file, readFileSync(file, 'utf8').replace(from, to)),
  };
}

it('is written where the desktop looks, starts hidden, and is removed again', async () => {
  const { file, read, readText } = setUp();
  expect(await read()).toBe('off');
  await writeAutostart(file, executable);
  expect(file.endsWith('/autostart/heads-up.desktop')).toBe(true);
  expect(readText().split('\n')).toEqual(
    expect.arrayContaining(['[Desktop Entry]', 'Type=Application', 'Exec="/opt/Heads Up/heads-up" --hidden']),
  );
  expect(await read()).toBe('on');
  await removeAutostart(file);
  await removeAutostart(file);
  expect(await read()).toBe('off');
});

it('stands in the home folder when no other place is set', () => {
  expect(findAutostartFile({ XDG_CONFIG_HOME: '' }, '/home/dana')).toBe(
    '/home/dana/.config/autostart/heads-up.desktop',
  );
});

it.each([
  ['X-GNOME-Autostart-enabled=true', 'X-GNOME-Autostart-enabled=false', 'switched_off'],
  ['Terminal=false', 'Hidden=true', 'switched_off'],
  ['Terminal=false', 'Hidden = true', 'switched_off'],
  ['/opt/Heads Up/heads-up', '/home/dana/Heads-Up-0.1.0.AppImage', 'other_program'],
  ['[Desktop Entry]', '[Desktop Action new]', 'other_program'],
  ['X-GNOME-Autostart-enabled=true', '[Desktop Action new]\nHidden=true', 'on'],
])('reads what others made of it: %s became %s', async (from, to, state) => {
  const { file, read, change } = setUp();
  await writeAutostart(file, executable);
  change(from, to);
  expect(await read()).toBe(state);
});

it.each([
  ['/home/dana/$5 `off` "now"', 'Exec="/home/dana/\\\\$5 \\\\`off\\\\` \\\\"now\\\\"" --hidden'],
  ['/home/dana/100%.AppImage', 'Exec="/home/dana/100%%.AppImage" --hidden'],
  [String.raw`/home/dana/a\b`, String.raw`Exec="/home/dana/a\\\\b" --hidden`],
])('quotes %s as the specification of desktop entries says', async (path, line) => {
  const { file, readText } = setUp();
  await writeAutostart(file, path);
  expect(readText().split('\n')).toContain(line);
  expect(await readAutostart(file, path)).toBe('on');
});

it('starts the AppImage that it runs from, not one that merely started it', () => {
  const inside = { APPIMAGE: '/home/dana/Heads-Up.AppImage', APPDIR: '/tmp/.mount_Heads1' };
  expect(findExecutable(inside, '/tmp/.mount_Heads1/heads-up')).toBe('/home/dana/Heads-Up.AppImage');
  expect(findExecutable(inside, executable)).toBe(executable);
  expect(findExecutable({}, executable)).toBe(executable);
});
