import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { zipSync } from 'fflate';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { fetchRuntime } from '../../scripts/fetch-runtime.mjs';
import { startChild, type Child } from '../helpers/child.ts';

const version = '45.4.1';
/** Starts as the desktop app would, on a machine that has a screen and a user who is not root. */
const notRoot = 'data:text/javascript,process.getuid=()=>1000';
const toZip = (script: string): Uint8Array =>
  zipSync({ electron: [new TextEncoder().encode(`#!/bin/sh\n${script}\n`), { os: 3, attrs: (0o100755 << 16) >>> 0 }] });
const runtime = toZip('echo "The desktop app: $*$ELECTRON_RUN_AS_NODE"');

type Answer = (response: ServerResponse) => void;
const sendWhole: Answer = (response) => response.setHeader('content-length', runtime.length).end(runtime);

/** A folder with what `npm ci` and a build leave there, in which both hosts only say that they run, and a mirror for the runtime. */
async function setUp(answer: Answer = sendWhole, zip: Uint8Array = runtime) {
  const folder = mkdtempSync(join(tmpdir(), 'heads-up-start-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const root = join(folder, 'root');
  const packages = join(root, 'node_modules');
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write('dist/main/browser.js', 'console.log("The browser host:", ...process.argv.slice(2));');
  write('dist/renderer/index.html', '');
  write('dist/preload/index.cjs', '');
  write('node_modules/electron/package.json', JSON.stringify({ version }));
  const checksum = createHash('sha256').update(zip).digest('hex');
  const file = `electron-v${version}-${process.platform}-${process.arch}.zip`;
  write('node_modules/electron/checksums.json', JSON.stringify({ [file]: checksum }));
  cpSync('scripts', join(root, 'scripts'), { recursive: true });
  for (const name of ['@electron', '@electron-internal'])
    symlinkSync(resolve('node_modules', name), join(packages, name));
  mkdirSync(join(folder, 'tmp'));

  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
  onTestFinished(stop);
  const { port } = server.address() as AddressInfo;
  const environment = {
    DISPLAY: ':0',
    ELECTRON_MIRROR: `http://127.0.0.1:${port}/`,
    electron_config_cache: join(folder, 'cache'),
    TMPDIR: join(folder, 'tmp'),
  };
  const start = (flags: readonly string[] = [], more: Record<string, string> = {}): Child =>
    startChild(process.execPath, ['--import', notRoot, join(root, 'scripts/start.mjs'), ...flags], {
      ...environment,
      ...more,
    });
  return {
    root,
    asked,
    file,
    stop,
    environment,
    start,
    isInstalled: () => existsSync(join(packages, 'electron/path.txt')),
    leftovers: () => readdirSync(join(folder, 'tmp')),
    run: async (flags: readonly string[] = [], more: Record<string, string> = {}) => {
      const child = start(flags, more);
      return { code: await child.exitCode, output: child.output() };
    },
  };
}

it.each([
  ['answers', () => undefined, { firstByteMs: 50 }],
  ['goes on', (response: ServerResponse) => void response.write('a beginning'), { stallMs: 50 }],
] as const)('waits for no server that never %s', async (_name, answer, patience) => {
  const { root, environment } = await setUp(answer);
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  const fetching = fetchRuntime({
    root,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...patience,
  });
  await expect(fetching).rejects.toThrow('nothing came for 0.05 seconds');
});

describe.skipIf(process.platform === 'win32')('npm start where the runtime is not there yet', () => {
  it('fetches it with progress, once, and opens the desktop app', async () => {
    const { root, asked, file, run, leftovers } = await setUp();
    // As a terminal inside an editor may have it; the runtime must not see it.
    const first = await run(['--practice'], { ELECTRON_RUN_AS_NODE: '1' });
    expect(first.output).toMatch(
      /Fetching the desktop runtime: 100 %, 0 of 0 MB\nThe desktop app: .*root\/ --practice\n$/,
    );
    expect(first.code).toBe(0);
    expect(readFileSync(join(root, 'node_modules/electron/path.txt'), 'utf8')).toBe('electron');
    expect(leftovers()).toEqual([]);
    const second = await run(['--fetch']);
    expect(second.output).toMatch(/^The desktop app: .*root\/\n$/);
    expect(asked).toEqual([`/v${version}/${file}`]);
  });

  it('goes on in the browser when the server cannot be reached, waits no second time that day, and tries again when asked', async () => {
    const { run, stop, asked, isInstalled } = await setUp((response) => response.writeHead(503).end());
    const refused = await run(['--practice']);
    expect(refused.output).toMatch(
      /The desktop runtime could not be fetched: 127\.0\.0\.1:\d+ answered 503 \(npm start -- --fetch tries again\), so Heads Up runs in your browser\.\nThe browser host: --practice\n$/,
    );
    const again = await run();
    expect(again.output).toMatch(/^The desktop runtime could not be fetched: .* answered 503 .*\nThe browser host:\n$/);
    expect(asked).toHaveLength(1);
    await stop();
    expect((await run(['--fetch'])).output).toContain('could not be fetched: its server is not there');
    expect(isInstalled()).toBe(false);
  });

  it('refuses what does not have the right checksum', async () => {
    const { run, isInstalled, leftovers } = await setUp(sendWhole, toZip('echo another'));
    const { output } = await run();
    expect(output).toContain('could not be fetched: what came does not have the right checksum (npm');
    expect(output).toContain('The browser host');
    expect(isInstalled()).toBe(false);
    expect(leftovers()).toEqual([]);
  });

  it('takes a runtime that could not be unpacked for none', async () => {
    const torn = runtime.slice(0, runtime.length / 2);
    const { run, isInstalled } = await setUp((response) => void response.end(torn), torn);
    const { output } = await run();
    expect(output).toContain('could not be fetched: ');
    expect(output).toContain('The browser host');
    expect(isInstalled()).toBe(false);
  });

  it('leaves nothing half-done behind after Ctrl+C, and remembers no failure', async () => {
    const half = runtime.slice(0, runtime.length / 2);
    const { start, isInstalled, leftovers, root } = await setUp((response) => {
      response.setHeader('content-length', runtime.length).write(half);
    });
    const child = start();
    await child.waitFor(/Fetching the desktop runtime: \d+ %/);
    child.kill('SIGINT');
    expect(await child.exitCode).toBe(130);
    expect(child.output()).not.toContain('The browser host');
    expect(isInstalled()).toBe(false);
    expect(leftovers()).toEqual([]);
    expect(existsSync(join(root, 'node_modules/.cache'))).toBe(false);
  });

  it.each([
    ['in CI', [], { CI: 'true' }, 'is not fetched in CI'],
    ['for the browser host', ['--no-open'], {}, '--no-open is a flag of the browser host'],
    ['without a screen', [], { DISPLAY: '' }, 'There is no screen'],
    ['past ELECTRON_OVERRIDE_DIST_PATH', [], { ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' }, 'is not where ELECTRON_'],
  ])('asks nobody for it %s', async (_name, flags, environment, word) => {
    const { run, asked } = await setUp();
    const { output } = await run(flags, environment);
    expect(output).toContain(word);
    expect(output).toContain(`The browser host:${flags.map((flag) => ` ${flag}`).join('')}\n`);
    expect(asked).toEqual([]);
  });
});

it.skipIf(process.platform === 'win32')('says what to do when the desktop app cannot start', async () => {
  const broken = toZip('echo "electron: error while loading shared libraries: libgbm.so.1: cannot open" >&2; exit 127');
  const { run } = await setUp((response) => void response.end(broken), broken);
  const { code, output } = await run();
  expect(code).toBe(127);
  expect(output).toContain('The desktop app needs libgbm.so.1, which');
  expect(output).toMatch(/npm start -- --browser\n$/);
});
