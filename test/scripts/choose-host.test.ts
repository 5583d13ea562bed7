import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { chooseHost, findElectron } from '../../scripts/choose-host.mjs';

function makeRoot(): string {
  const root = mkdtempSync(join(tmpdir(), 'heads-up-start-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, 'node_modules', 'electron', 'dist'), { recursive: true });
  return root;
}

describe('looking for the runtime', () => {
  it('finds none where the package came without its binary', () => {
    expect(findElectron(makeRoot(), {})).toBeNull();
  });

  it('finds none when the binary that path.txt names is gone', () => {
    const root = makeRoot();
    writeFileSync(join(root, 'node_modules', 'electron', 'path.txt'), 'electron');
    expect(findElectron(root, {})).toBeNull();
  });

  it('finds the one that was downloaded', () => {
    const root = makeRoot();
    writeFileSync(join(root, 'node_modules', 'electron', 'path.txt'), 'electron');
    const executable = join(root, 'node_modules', 'electron', 'dist', 'electron');
    writeFileSync(executable, '');
    expect(findElectron(root, {})).toBe(executable);
  });

  it('believes ELECTRON_OVERRIDE_DIST_PATH only when there is something', () => {
    const root = makeRoot();
    const environment = { ELECTRON_OVERRIDE_DIST_PATH: root };
    expect(findElectron(root, environment)).toBeNull();
    writeFileSync(join(root, 'electron'), '');
    expect(findElectron(root, environment)).toBe(join(root, 'electron'));
  });
});

describe('choosing the host', () => {
  const machine = {
    electron: '/electron',
    environment: { DISPLAY: ':0' } as Record<string, string | undefined>,
    platform: 'linux' as NodeJS.Platform,
    isRoot: false,
    wantsBrowser: false,
  };

  it.each([
    ['X11', {}],
    ['Wayland', { environment: { WAYLAND_DISPLAY: 'wayland-0' } }],
    ['macOS', { platform: 'darwin' as const, environment: {} }],
    ['Windows', { platform: 'win32' as const, environment: {} }],
  ])('opens the desktop app on %s', (_name, change) => {
    expect(chooseHost({ ...machine, ...change })).toEqual({ kind: 'desktop', electron: '/electron' });
  });

  it.each([
    ['runtime', { electron: null }],
    ['screen', { environment: { DISPLAY: '' } }],
    ['root', { isRoot: true }],
    ['as asked', { wantsBrowser: true }],
  ])('serves the browser and says why in one sentence: %s', (word, change) => {
    const choice = chooseHost({ ...machine, ...change });
    expect(choice).toEqual({ kind: 'browser', reason: expect.stringContaining(word) as string });
    expect(choice.kind === 'browser' ? choice.reason : '').toMatch(/^[^.]+\.$/);
  });
});
