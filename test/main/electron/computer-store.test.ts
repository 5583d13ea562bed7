import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { openComputerStore } from '../../../main/electron/computer-store.ts';

// electron-store asks it for a folder, which ours names itself.
vi.mock('electron', () => ({ default: {} }));

function setUp(text?: string) {
  const folder = join(mkdtempSync(join(tmpdir(), 'heads-up-store-')), 'config');
  onTestFinished(() => rmSync(join(folder, '..'), { recursive: true }));
  const file = join(folder, 'config.json');
  const lost: string[] = [];
  const open = () => openComputerStore(folder, (name) => lost.push(name));
  if (text !== undefined) {
    open();
    writeFileSync(file, text);
  }
  return { folder, file, lost, open };
}

it('keeps what it is given over a start', () => {
  const { open } = setUp();
  open().set('onClose', 'quit');
  open().remember('installing', '0.2.0');
  expect([open().get('onClose'), open().get('installing'), open().get('notifications')]).toEqual([
    'quit',
    '0.2.0',
    true,
  ]);
});

it('takes a value that was broken by hand for one that is not set', () => {
  const { open } = setUp('{ "onClose": 5, "looksForUpdates": "yes", "notifications": false }');
  expect([open().get('onClose'), open().get('looksForUpdates'), open().get('notifications')]).toEqual([
    'ask',
    false,
    false,
  ]);
});

it.each(['{ "desktopSecrets":', '', '\0\0\0\0', 'null', '[]'])(
  'starts without a file that is damaged (%j), keeps it aside, and says so',
  (text) => {
    const { open, folder, file } = setUp(text);
    const store = open();
    expect(store.get('onClose')).toBe('ask');
    const [kept = ''] = readdirSync(folder).filter((name) => name.startsWith('config.damaged-'));
    expect(readFileSync(join(folder, kept), 'utf8')).toBe(text);
    expect(store.setAside).toContain(`${file} was damaged, so the saved keys are gone`);
    store.set('onClose', 'quit');
    expect([open().get('onClose'), open().setAside]).toEqual(['quit', null]);
  },
);

it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
  'leaves a file alone that may not be read, because the keys are in it',
  () => {
    const { open, file } = setUp('{ "onClose": "quit" }');
    chmodSync(file, 0);
    expect(open).toThrow('Put it right or move it away');
    chmodSync(file, 0o600);
    expect(open().get('onClose')).toBe('quit');
  },
);

it('throws when the disk refuses what is saved, and only tells of what may be lost', () => {
  const { open, folder, lost } = setUp();
  const store = open();
  rmSync(folder, { recursive: true });
  writeFileSync(folder, 'no folder any more');
  expect(() => store.set('onClose', 'quit')).toThrow(/ENOTDIR|EEXIST|ENOENT/);
  store.remember('windowPlace', null);
  expect(lost).toEqual(['windowPlace']);
});
