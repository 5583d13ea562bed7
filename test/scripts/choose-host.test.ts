import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { chooseHost, findBrowserFlag, findElectron } from '../../scripts/choose-host.mjs';

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
    electron: '/electron' as string | null,
    noFetch: null as string | null,
    environment: { DISPLAY: ':0' } as Record<string, string | undefined>,
    platform: 'linux' as NodeJS.Platform,
    isRoot: false,
    browserFlag: undefined as string | undefined,
  };
  const notHere = { electron: null, noFetch: 'is not here' };

  it.each([
    ['X11', {}],
    ['Wayland', { environment: { WAYLAND_DISPLAY: 'wayland-0' } }],
    ['macOS', { platform: 'darwin' as const, environment: {} }],
    ['Windows', { platform: 'win32' as const, environment: {} }],
  ])('opens the desktop app on %s, and fetches its runtime first where that is missing', (_name, change) => {
    expect(chooseHost({ ...machine, ...change })).toEqual({ kind: 'desktop', electron: '/electron' });
    expect(chooseHost({ ...machine, ...change, electron: null })).toEqual({ kind: 'fetch' });
  });

  it.each([
    ['runtime is not here', notHere],
    ['screen', { environment: { DISPLAY: '' } }],
    ['root', { isRoot: true }],
    ['as asked', { browserFlag: '--browser' }],
    ['--no-open is a flag of the browser host', { browserFlag: '--no-open' }],
  ])('serves the browser and says why in one sentence: %s', (word, change) => {
    const choice = chooseHost({ ...machine, ...change });
    expect(choice).toEqual({ kind: 'browser', reason: expect.stringContaining(word) as string });
    expect(choice.kind === 'browser' ? choice.reason : '').toMatch(/^[^.]+\.$/);
  });

  it.each([
    ['no screen', { environment: {} }],
    ['root', { isRoot: true }],
    ['the browser was asked for', { browserFlag: '--data' }],
  ])('fetches no runtime that could not run: %s', (_name, change) => {
    expect(chooseHost({ ...machine, electron: null, ...change }).kind).toBe('browser');
  });

  it('knows which flags only the browser host understands', () => {
    expect(findBrowserFlag(['--practice', '--fetch'])).toBeUndefined();
    expect(findBrowserFlag(['--practice', '--port=4300'])).toBe('--port');
    expect(findBrowserFlag(['--data', '/shop', '--browser'])).toBe('--browser');
  });
});
