import { chmodSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findChromium } from '../helpers/find-chromium.ts';
import { startChild } from '../helpers/child.ts';

describe('the guard against an old Node', () => {
  // The preload makes this Node look like Node 20, which cannot run the rest.
  const old = `data:text/javascript,Object.defineProperty(process.versions,'napi',{value:'9'})`;

  it.each(['start.mjs', 'dev.mjs', 'run-source.mjs', 'screenshots.mjs', 'test.mjs'])(
    'stops scripts/%s with a plain sentence where no newer one was brought',
    async (script) => {
      const folder = mkdtempSync(join(tmpdir(), 'heads-up-scripts-'));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      cpSync('scripts', join(folder, 'scripts'), { recursive: true });
      const child = startChild(process.execPath, ['--import', old, join(folder, 'scripts', script)]);
      expect(await child.exitCode).toBe(1);
      expect(child.output()).toMatch(/^Heads Up needs Node 22\.12 or newer; this is Node [\d.]+\.\n.*npm ci.*\n$/);
    },
  );

  it.skipIf(process.platform === 'darwin')(
    'hands over to the Node that npm ci brought, exit code included',
    async () => {
      const child = startChild(process.execPath, ['--import', old, 'scripts/run-source.mjs', '../../etc/passwd']);
      expect(await child.exitCode).toBe(1);
      expect(child.output()).toContain('Usage');
    },
  );
});

it('runs nothing but the programs that it knows', async () => {
  const child = startChild(process.execPath, ['scripts/run-source.mjs', '../../etc/passwd']);
  expect(await child.exitCode).toBe(1);
  expect(child.output()).toContain('Usage');
});

describe.skipIf(process.platform === 'win32')('looking for Chromium', () => {
  function makeBrowser(name: string) {
    const folder = mkdtempSync(join(tmpdir(), 'heads-up-chromium-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, name);
    writeFileSync(path, '');
    chmodSync(path, 0o755);
    return { folder, path };
  }

  it('takes the one that CHROMIUM_PATH names, and no other when that is not there', () => {
    const { folder, path } = makeBrowser('any-name');
    const other = makeBrowser('chromium');
    expect(findChromium({ CHROMIUM_PATH: path, PATH: other.folder })).toBe(path);
    expect(findChromium({ CHROMIUM_PATH: join(folder, 'missing'), PATH: other.folder })).toBeNull();
  });

  it('finds it on PATH under its usual names, Chromium before Chrome', () => {
    const chrome = makeBrowser('google-chrome');
    const chromium = makeBrowser('chromium');
    expect(findChromium({ PATH: `${chrome.folder}::${chromium.folder}` })).toBe(chromium.path);
    expect(findChromium({ PATH: chrome.folder })).toBe(chrome.path);
  });
});
