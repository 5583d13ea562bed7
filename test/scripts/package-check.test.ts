import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPackageWithOptions, extractAll } from '@electron/asar';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { isBuildStale } from '../../scripts/build.mjs';
import { turnFuse } from '../../scripts/package/fuses.mjs';
import { inspectPackedApp } from '../../scripts/package/inspect.mjs';
import { findPackedApp, type PackedApp } from '../../scripts/package/layout.mjs';
import { checkConfiguration, packWithStub } from '../../scripts/package/pack-with-stub.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('electron-builder.yml', () => {
  it('holds options that the packager knows', async () => {
    expect(await checkConfiguration(root)).toEqual([]);
  });

  it('is refused with a misspelt option', async () => {
    const misspelt = { appId: 'app.headsup.desktop', npmRebuilt: false };
    expect(await checkConfiguration(root, misspelt)).toEqual([
      expect.stringContaining("unknown property 'npmRebuilt'"),
    ]);
  });
});

// `npm test` builds first; a single run of this file does not build behind the back.
describe.skipIf(isBuildStale(root))('what would be installed', () => {
  const output = mkdtempSync(join(tmpdir(), 'heads-up-package-'));
  let apps: PackedApp[] = [];
  beforeAll(async () => {
    apps = await packWithStub(root, output);
  });
  afterAll(() => rmSync(output, { recursive: true }));

  it('is the app, one native module and all fuses as decided, on each system', () => {
    expect(apps.map(({ system, arch }) => `${system} ${arch}`)).toEqual(['linux x64', 'win32 x64', 'darwin arm64']);
    expect(apps.flatMap((app) => inspectPackedApp(app).problems)).toEqual([]);
  });

  it('speaks English only, so that no other language of Chromium is carried', () => {
    expect(readdirSync(join(output, 'linux-unpacked', 'locales'))).toEqual(['en-US.pak']);
  });

  /** A copy of the packed app in which `change` has had its way with the files, packed again. */
  async function tamper(system: 'linux' | 'win32', change: (files: string) => void): Promise<string[]> {
    const copy = mkdtempSync(join(tmpdir(), 'heads-up-tampered-'));
    onTestFinished(() => rmSync(copy, { recursive: true }));
    const name = system === 'linux' ? 'linux-unpacked' : 'win-unpacked';
    cpSync(join(output, name), join(copy, name), { recursive: true });
    const app = findPackedApp(copy, system, 'x64');
    const files = join(copy, 'files');
    extractAll(app.archive, files);
    change(files);
    rmSync(`${app.archive}.unpacked`, { recursive: true });
    await createPackageWithOptions(files, app.archive, { unpack: '**/*.node' });
    return inspectPackedApp(app).problems;
  }

  const prebuilds = 'node_modules/better-sqlite3/prebuilds';

  it('is refused without the notices of others', () => {
    const copy = mkdtempSync(join(tmpdir(), 'heads-up-tampered-'));
    onTestFinished(() => rmSync(copy, { recursive: true }));
    cpSync(join(output, 'linux-unpacked'), join(copy, 'linux-unpacked'), { recursive: true });
    rmSync(join(copy, 'linux-unpacked', 'resources', 'third-party-notices.md'));
    expect(inspectPackedApp(findPackedApp(copy, 'linux', 'x64')).problems).toEqual([
      'linux x64: The notices of others are missing.',
    ]);
  });

  it('is refused with a source map, or with a file of the sources', async () => {
    const problems = await tamper('linux', (files) => {
      writeFileSync(join(files, 'dist/main/index.js.map'), '{}');
      mkdirSync(join(files, 'main'));
      writeFileSync(join(files, 'main/index.ts'), '');
    });
    expect(problems).toEqual([
      'linux x64: dist/main/index.js.map has no place in the archive.',
      'linux x64: main/index.ts has no place in the archive.',
    ]);
  });

  it('is refused with the native module of another system', async () => {
    const problems = await tamper('linux', (files) => writeFileSync(join(files, prebuilds, 'darwin-arm64.node'), ''));
    expect(problems).toEqual([
      `linux x64: Beside the archive lies ${prebuilds}/darwin-arm64.node, ${prebuilds}/linux-x64.node, not ${prebuilds}/linux-x64.node.`,
    ]);
  });

  it('is refused without the engine, or without a file that the app imports', async () => {
    const [worker, ...imports] = await tamper('linux', (files) => {
      rmSync(join(files, 'dist/main/engine-worker.js'));
      rmSync(join(files, 'dist/main/chunks'), { recursive: true });
    });
    expect(worker).toBe('linux x64: dist/main/engine-worker.js is missing.');
    expect(imports.length).toBeGreaterThan(0);
    for (const dead of imports) {
      expect(dead).toMatch(/^linux x64: dist\/main\/index\.js imports dist\/main\/chunks\/.* which is missing\.$/);
    }
  });

  it('is refused when the archive is not the one that the program knows', async () => {
    const problems = await tamper('win32', (files) =>
      writeFileSync(join(files, 'dist/main/index.js'), '// Somebody else\n'),
    );
    expect(problems).toEqual([`win32 x64: The archive's hash is not recorded in the program.`]);
  });

  it('is refused when it is too large', async () => {
    const problems = await tamper('linux', (files) =>
      writeFileSync(join(files, 'dist/renderer/assets/large.js'), Buffer.alloc(15_000_000)),
    );
    expect(problems).toEqual([expect.stringMatching(/^linux x64: The archive has \d+ bytes, more than 15000000\.$/)]);
  });

  it.each([
    ['the wrong way', (app: string) => turnFuse(app, 'runAsNode', true), 'The fuse runAsNode is "1", not "0".'],
    [
      'off that we want',
      (app: string) => turnFuse(app, 'wasmTrapHandlers', false),
      'The fuse wasmTrapHandlers is "0", not "1".',
    ],
    [
      'that nobody has decided about',
      (app: string) =>
        writeFileSync(app, readFileSync(app, 'latin1').replace('\u0001\u0009', '\u0001\u000a'), 'latin1'),
      'The program has 10 fuses, not the 9 that are decided about.',
    ],
  ])('is refused with a fuse %s', (_how, change, problem) => {
    const copy = mkdtempSync(join(tmpdir(), 'heads-up-tampered-'));
    onTestFinished(() => rmSync(copy, { recursive: true }));
    cpSync(join(output, 'linux-unpacked'), join(copy, 'linux-unpacked'), { recursive: true });
    const app = findPackedApp(copy, 'linux', 'x64');
    change(app.fuseCarrier);
    expect(inspectPackedApp(app).problems).toEqual([`linux x64: ${problem}`]);
  });
});
