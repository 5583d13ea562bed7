import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { introduceApp } from '../../../main/electron/identity.ts';

function introduce(platform: NodeJS.Platform): string[] {
  const root = mkdtempSync(join(tmpdir(), 'heads-up-identity-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const did: string[] = [];
  const note =
    (what: string) =>
    (...values: unknown[]): void =>
      void did.push([what, ...values.filter((value) => typeof value === 'string')].join(' ').replace(root, ''));
  introduceApp({
    app: {
      setPath: (name, path) => {
        // Electron refuses a folder that is not there.
        expect(statSync(path).isDirectory()).toBe(true);
        note('path')(name, path);
      },
      setName: note('name'),
      setAppUserModelId: note('id'),
      setAboutPanelOptions: note('about'),
      enableSandbox: note('sandbox'),
    },
    platform,
    folder: join(root, 'config', 'heads-up'),
    version: '1.2.3',
  });
  return did;
}

it('says its folder before its name, and puts every page into a sandbox', () => {
  const folder = `path userData ${join('/config', 'heads-up')}`;
  for (const platform of ['linux', 'darwin'] as const)
    expect(introduce(platform)).toEqual([folder, 'name Heads Up', 'about', 'sandbox']);
  expect(introduce('win32')).toEqual([folder, 'name Heads Up', 'id app.headsup.desktop', 'about', 'sandbox']);
});
