import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { createRequire, registerHooks, type ModuleHooks } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { findUpdateObstacle } from '../../../main/electron/update-feed.ts';
import { installAppImage, newAppImage, oldAppImage, sha512, type Release } from '../../helpers/app-image.ts';
import type * as electronForUpdates from '../../helpers/electron-for-updates.ts';
import { createUpdateSource, loadUpdater, toPlainNotes } from '../../../main/electron/update-source.ts';

type ElectronStandIn = typeof electronForUpdates;

const cleanUps: (() => void)[] = [];
let electron: ElectronStandIn;
let hooks: ModuleHooks;

beforeAll(() => {
  // electron-updater asks for `electron` by require(), in the middle of its work.
  hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'electron'
        ? { url: new URL('../../helpers/electron-for-updates.ts', import.meta.url).href, shortCircuit: true }
        : next(specifier, context),
  });
  electron = createRequire(import.meta.url)('electron') as ElectronStandIn;
});
afterAll(() => {
  hooks.deregister();
  Reflect.deleteProperty(process, 'resourcesPath');
});
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
  vi.unstubAllEnvs();
});

async function setUp(release: Release = {}) {
  const installed = await installAppImage(release);
  const { appImage, folder } = installed;
  cleanUps.push(installed.remove);
  for (const [name, value] of Object.entries(installed.environment)) vi.stubEnv(name, value);
  Object.assign(process, { resourcesPath: installed.resources });
  Object.assign(electron.installation, { userData: join(folder, 'user'), quits: 0 });
  const logged: string[] = [];
  const locks: string[] = [];
  const source = createUpdateSource({
    updater: await loadUpdater('linux'),
    log: (level, message) => void logged.push(`${level} ${message}`),
    appImage,
    releaseLock: () => void locks.push('released'),
  });
  const download = async (): Promise<readonly number[]> => {
    const percents: number[] = [];
    await source.download((percent) => void percents.push(percent), new AbortController().signal);
    return percents;
  };
  return { ...installed, source, download, logged, locks };
}

it('finds a newer version, and downloads it when told to: what is installed stays as it is', async () => {
  const { source, download, asked, appImage } = await setUp();
  expect(await source.check()).toEqual({ version: '0.2.0', notes: 'Faster.' });
  expect(asked.map(({ path }) => path)).toEqual(['/latest-linux.yml']);
  expect((await download()).at(-1)).toBe(100);
  expect(asked.map(({ path }) => path)).toContain('/Heads-Up-0.2.0.AppImage');
  expect({ file: readFileSync(appImage, 'utf8'), quits: electron.installation.quits }).toEqual({
    file: oldAppImage,
    quits: 0,
  });
});

it('tells the feed nothing by which it could follow an installation', async () => {
  const { source, download, asked } = await setUp();
  await source.check();
  await download();
  const identities = asked.flatMap(({ headers }) => [headers['x-user-staging-id'], headers.cookie]);
  expect(new Set(identities)).toEqual(new Set(['none', undefined]));
});

it('throws away a file that is not the one that the feed names, and installs nothing', async () => {
  const { source, download, appImage, folder, logged } = await setUp({ sha512: sha512('what was released') });
  await source.check();
  await expect(download()).rejects.toMatchObject({ code: 'ERR_CHECKSUM_MISMATCH' });
  await expect(source.install({ restarts: true })).rejects.toThrow('No update filepath');
  expect(logged.join('\n')).toContain('warn sha512 checksum mismatch');
  expect({
    file: readFileSync(appImage, 'utf8'),
    kept: existsSync(join(folder, 'cache/updates/pending/Heads-Up-0.2.0.AppImage')),
    quits: electron.installation.quits,
  }).toEqual({ file: oldAppImage, kept: false, quits: 0 });
});

it.each([
  { restarts: true, started: '\n', locks: ['released'] },
  { restarts: false, started: 'true\n', locks: [] },
])('puts the new AppImage in the place of the old one and quits; restarts: $restarts', async (how) => {
  const { source, download, appImage, started, locks } = await setUp();
  await source.check();
  await download();
  await source.prepare();
  void source.install(how);
  await expect.poll(() => electron.installation.quits).toBe(1);
  expect({ file: readFileSync(appImage, 'utf8'), locks }).toEqual({ file: newAppImage, locks: how.locks });
  // With `true` the new AppImage only puts itself in place; without, it is the restarted app.
  await expect.poll(() => existsSync(started) && readFileSync(started, 'utf8')).toBe(how.started);
});

it.each(['0.1.0', '0.0.9', '0.2.0-beta.1'])('does not take version %s for a newer one', async (version) => {
  const { source } = await setUp({ version });
  expect(await source.check()).toBeNull();
});

it('stops a download that is called off', async () => {
  const { source } = await setUp();
  await source.check();
  const stop = new AbortController();
  const downloading = source.download(() => undefined, stop.signal);
  stop.abort();
  await expect(downloading).rejects.toThrow('cancelled');
});

it('does not begin to install where the folder is gone', async () => {
  const { source, download, appImage } = await setUp();
  await source.check();
  await download();
  await source.prepare();
  rmSync(dirname(appImage), { recursive: true });
  await expect(source.prepare()).rejects.toMatchObject({ code: 'ENOENT' });
});

it.skipIf(process.getuid?.() === 0)('does not begin to install where the folder may not be written', async () => {
  const { source, download, appImage } = await setUp();
  await source.check();
  await download();
  chmodSync(dirname(appImage), 0o555);
  cleanUps.unshift(() => chmodSync(dirname(appImage), 0o755));
  await expect(source.prepare()).rejects.toMatchObject({ code: 'EACCES' });
});

it('finds out whether an installation can update itself', async () => {
  const { resources } = await setUp();
  const linux = { isPackaged: true, platform: 'linux', resourcesFolder: resources, appImage: undefined } as const;
  const messageOf = (installation: Parameters<typeof findUpdateObstacle>[0]) =>
    findUpdateObstacle(installation)?.message ?? null;
  expect({
    appImage: messageOf({ ...linux, appImage: '/home/app.AppImage' }),
    windows: messageOf({ ...linux, platform: 'win32' }),
    package: messageOf(linux),
    noFeed: messageOf({ ...linux, resourcesFolder: join(resources, 'none') }),
    sources: messageOf({ ...linux, isPackaged: false }),
  }).toEqual({
    appImage: null,
    windows: null,
    package: 'Heads Up was installed as a package, which does not update itself.',
    noFeed: 'This build has no update feed.',
    sources: 'Heads Up runs from its sources here and does not update itself.',
  });
});

it('reads release notes as plain words of a bounded length', () => {
  const html =
    '<h2>New</h2><ul><li>Faster &amp; calmer</li><li><a href="https://x.example">More</a></li></ul><script>1</script>';
  expect(toPlainNotes({ releaseNotes: html })).toBe('New\n- Faster & calmer\n- More\n\n1');
  expect(
    toPlainNotes({
      releaseNotes: [
        { version: '0.2.0', note: 'Two' },
        { version: '0.1.1', note: null },
      ],
    }),
  ).toBe('0.2.0\nTwo\n\n0.1.1');
  expect(toPlainNotes({ releaseNotes: ' ' })).toBeNull();
  expect(toPlainNotes({ releaseNotes: 'x'.repeat(10_000) })).toHaveLength(4000);
});
