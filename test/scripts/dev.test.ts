import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { developDesktop } from '../../scripts/dev-desktop.mjs';
import { openFront } from '../../scripts/dev-front.mjs';
import { startChild } from '../helpers/child.ts';
import { describeWithChromium, findChromium } from '../helpers/chromium.ts';

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'heads-up-dev-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describeWithChromium('npm run dev with the browser host', () => {
  it('reloads the page after a change in the window, and starts the host again after one in main, in the same session', async () => {
    const root = makeFolder();
    for (const name of ['main', 'shared', 'scripts', 'package.json', 'vite.config.ts', 'postcss.config.cjs']) {
      cpSync(name, join(root, name), { recursive: true });
    }
    symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
    // The real one takes seconds to build; this is about what happens then.
    mkdirSync(join(root, 'renderer'));
    writeFileSync(join(root, 'renderer/index.html'), '<head></head><script type="module" src="./main.ts"></script>');
    writeFileSync(join(root, 'renderer/main.ts'), "document.title = 'first'");
    const folders = { XDG_CONFIG_HOME: join(root, 'config'), XDG_DATA_HOME: join(root, 'data') };
    const dev = startChild(process.execPath, [join(root, 'scripts/dev.mjs'), '--port', '0'], folders);
    // Killed, it would leave its host behind.
    onTestFinished(async () => {
      dev.kill('SIGTERM');
      await dev.exitCode;
    });
    const [, link = ''] = await dev.waitFor(/Heads Up is ready: (\S+)\n/);

    const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] });
    onTestFinished(() => browser.close());
    const page = await browser.newPage();
    await page.goto(link);
    await expect.poll(() => page.title()).toBe('first');
    const call = `fetch('/api/call', {
      method: 'POST', body: JSON.stringify({ channel: 'status.get', input: {} }),
    }).then((answer) => answer.json()).then(({ ok }) => ok)`;
    expect(await page.evaluate(call)).toBe(true);

    writeFileSync(join(root, 'renderer/main.ts'), "document.title = 'second'");
    await expect.poll(() => page.title()).toBe('second');

    await page.evaluate("document.title = 'untouched'");
    cpSync('main/browser.ts', join(root, 'main/browser.ts'));
    await dev.waitFor(/ready: [^]*Heads Up is ready: /);
    expect(await page.evaluate(call)).toBe(true);
    expect(await page.title()).toBe('untouched');

    dev.kill('SIGTERM');
    expect(await dev.exitCode).toBe(0);
  });
});

describe('the front of npm run dev', () => {
  /** Stands for the host: signs in with any link, and says what it was asked. */
  async function startHost(name: string) {
    const asked: unknown[] = [];
    const server = createServer((request, response) => {
      const { host, origin, cookie } = request.headers;
      if (request.url?.startsWith('/?token=') === true) {
        response.writeHead(303, { location: '/', 'set-cookie': `session=${name}; Path=/` }).end();
        return;
      }
      asked.push({ host, origin, cookie });
      response.setHeader('content-type', 'text/html').end(`<head></head>${name}`);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return { asked, port, link: `http://127.0.0.1:${port}/?token=once` };
  }

  async function setUp() {
    const front = await openFront(0);
    onTestFinished(() => front.close());
    const { origin } = new URL(front.link);
    const signedIn = await fetch(front.link, { redirect: 'manual' });
    const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    return { front, origin, cookie, get: (headers = {}) => fetch(`${origin}/`, { headers: { cookie, ...headers } }) };
  }

  it('shows the page of the host with the script that reloads it, under the host’s own address and session', async () => {
    const { front, get, origin } = await setUp();
    const host = await startHost('first');
    await front.connect(host.link);
    const answer = await get({ origin });
    expect(await answer.text()).toBe('<head><script src="/dev/reload.js"></script></head>first');
    const own = `127.0.0.1:${host.port}`;
    expect(host.asked).toEqual([{ host: own, origin: `http://${own}`, cookie: 'session=first' }]);
  });

  it('lets what is asked between two hosts wait for the next one', async () => {
    const { front, get } = await setUp();
    await front.connect((await startHost('first')).link);
    await get();
    front.disconnect();
    const waiting = get();
    await front.connect((await startHost('second')).link);
    expect(await (await waiting).text()).toContain('second');
  });

  it('says in one sentence that its port is taken', async () => {
    const { origin } = await setUp();
    const dev = startChild(process.execPath, ['scripts/dev.mjs', '--port', new URL(origin).port]);
    expect(await dev.exitCode).toBe(1);
    expect(dev.output()).toMatch(
      /\nThe address of the console cannot be had: .*EADDRINUSE.*--port N for another one\.\n$/,
    );
  });

  it.each([
    ['another site’s page', { origin: 'https://evil.example' }, 403],
    ['a browser without its cookie', { cookie: 'heads_up_dev_1=guess' }, 401],
  ])('tells %s nothing', async (_name, headers, status) => {
    const { front, get } = await setUp();
    const host = await startHost('first');
    await front.connect(host.link);
    expect((await get(headers)).status).toBe(status);
    expect(host.asked).toEqual([]);
  });
});

describe.skipIf(process.platform === 'win32')('npm run dev with the desktop app', () => {
  it('reloads the windows without a restart, and starts the app anew only when the last one has ended', async () => {
    const root = makeFolder();
    const said = join(root, 'said');
    const heard = (): string => readFileSync(said, 'utf8');
    mkdirSync(join(root, 'scripts'));
    cpSync('scripts/dev-reload.cjs', join(root, 'scripts/dev-reload.cjs'));
    mkdirSync(join(root, 'node_modules/electron'), { recursive: true });
    writeFileSync(
      join(root, 'node_modules/electron/index.js'),
      `const say = (text) => require('node:fs').appendFileSync(${JSON.stringify(said)}, text);
       exports.BrowserWindow = { getAllWindows: () => [{ webContents: { reloadIgnoringCache: () => say(' reloaded') } }] };
       say(' started');
       process.once('SIGTERM', () => (say(' ended'), process.exit()));`,
    );
    // Loads what it is told to load before the app, as the runtime does.
    const electron = join(root, 'electron');
    writeFileSync(
      electron,
      `#!/bin/sh\nexec '${process.execPath}' "$1" "$2" -e 'setInterval(() => undefined, 1000)'\n`,
    );
    chmodSync(electron, 0o755);
    writeFileSync(said, '');

    const app = developDesktop(root, electron, []);
    onTestFinished(() => app.stop(true));
    app.restart();
    await expect.poll(heard).toBe(' started');
    // Again and again, because the watching has begun at some time after the start.
    const reload = (): string => {
      app.reload();
      return heard();
    };
    await expect.poll(reload).toMatch(/^ started( reloaded)+$/);
    app.restart();
    app.restart();
    await expect.poll(heard).toMatch(/^ started( reloaded)+ ended started$/);
    await app.stop(true);
    expect(heard()).toMatch(/ ended started ended$/);
  });
});
