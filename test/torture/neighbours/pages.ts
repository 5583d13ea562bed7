import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { chromium, type BrowserContext, type Page, type Route } from 'playwright-core';
import { pageKeyHeader } from '../../../shared/page-key.ts';
import { startConsoleProcess } from '../../helpers/console-process.ts';
import { findChromium } from '../../helpers/find-chromium.ts';
import { rawRequest } from '../../helpers/raw-request.ts';
import { scratch } from '../../helpers/scratch.ts';
import type { Finding, PartReport } from '../part.ts';
import { frameScript, inSandbox, pageAttacks, runTogether } from './hostile-pages.ts';
import { serveHostileSite, type HostileSite } from './hostile-site.ts';
import { serveOpenDoor } from './open-door.ts';

/** `open_door` is the control: the same console with nobody at the door. */
export type Door = 'ours' | 'open_door';

/** Newer browsers keep a page of the network from this computer by themselves; what has to hold without that is ours. */
const browserWithoutHelp =
  '--disable-features=BlockInsecurePrivateNetworkRequests,PrivateNetworkAccessSendPreflights,LocalNetworkAccessChecks';
const rebound = 'rebound.example';
const found = (what: string): Finding => ({ what, replay: null });

/**
 * Signs a browser in to the real console, then visits hostile pages with it: from a name of this computer, from another
 * port of the very same address, from no origin at all, and under a name that was made to point at the console.
 */
export async function attackFromPages(door: Door = 'ours'): Promise<PartReport> {
  const executablePath = findChromium();
  if (executablePath === null) return { figures: [], findings: [], skipped: 'There is no Chromium here.' };
  const home = mkdtempSync(join(scratch, 'heads-up-neighbours-'));
  const running = await startConsoleProcess([], {}, home);
  const site = await serveHostileSite();
  const args = ['--no-sandbox', `--host-resolver-rules=MAP ${rebound} 127.0.0.1`, browserWithoutHelp];
  const browser = await chromium.launch({ executablePath, args });
  try {
    const context = await browser.newContext();
    const own = await signIn(context, running.link);
    const opened = door === 'open_door' ? await serveOpenDoor(own) : null;
    const asset = readdirSync(join(import.meta.dirname, '../../../dist/renderer/assets'));
    const target: Target = {
      port: opened?.port ?? own.port,
      call: JSON.stringify({ channel: 'settings.save', input: { shopName: 'Taken over' } }),
      script: `assets/${asset.find((name) => name.endsWith('.js')) ?? ''}`,
      style: `assets/${asset.find((name) => name.endsWith('.css')) ?? ''}`,
    };
    const before = readShop(home);
    const attacks = await Promise.all([
      attackFrom(context, `http://hostile.localhost:${site.port}/`, target),
      attackFrom(context, `http://127.0.0.1:${site.port}/`, target),
      attackFrom(context, `http://${rebound}:${target.port}/`, target, rebound),
    ]);
    const findings = [
      ...attacks.flat(),
      ...(await stealCookie(site, { ...own, port: target.port })),
      ...(await followTraces(own, running.link, site)),
    ];
    if (readShop(home) !== before) findings.push(found('The shop was changed.'));
    if (!(await own.isSignedIn())) findings.push(found('The console itself does not work any more.'));
    await opened?.close();
    const figures = [{ name: 'attacks of a hostile page, from six origins', value: pageAttacks.length }];
    return { figures, findings, skipped: null };
  } finally {
    await browser.close();
    await site.close();
    await running.kill();
    running.remove();
    rmSync(home, { recursive: true, force: true });
  }
}

type Target = Readonly<{ port: number; call: string; script: string; style: string }>;

/** All attacks at once, from the page and from a frame in it that has no origin. */
async function attackFrom(
  context: BrowserContext,
  address: string,
  target: Target,
  host = '127.0.0.1',
): Promise<readonly Finding[]> {
  const page = await context.newPage();
  // Under a name that was made to point at the console only after this page had come from its own site.
  const serveFirst = (route: Route): Promise<void> =>
    route.fulfill({ contentType: 'text/html', body: '<body></body>' });
  if (host === rebound) await page.route(address, serveFirst, { times: 1 });
  await page.goto(address);
  const fill = (script: string): string =>
    script
      .replaceAll('CONSOLE', `http://${host}:${target.port}`)
      .replaceAll('ASSET', target.script)
      .replaceAll('STYLE', target.style)
      .replaceAll('CALL', JSON.stringify(target.call));
  const scripts = runTogether(pageAttacks.map(({ script }) => fill(script)));
  const [plain, sandboxed] = await Promise.all(
    [scripts, inSandbox(scripts)].map((script) => page.evaluate<readonly string[]>(script)),
  );
  const findings = pageAttacks.flatMap(({ name }, index) =>
    [plain?.[index] ?? '', sandboxed?.[index] ?? ''].map(withoutRefusals).flatMap((read, isSandboxed) => {
      const from = `from ${isSandboxed === 1 ? 'a sandbox in ' : ''}${address}`;
      return read === '' ? [] : [found(`${name}, ${from}: read ${JSON.stringify(read.slice(0, 80))}.`)];
    }),
  );
  await page.evaluate(fill(frameScript));
  const shown = await Promise.all(page.frames().map((frame) => frame.content().catch(() => '')));
  const framed = shown.filter((content) => content.includes('id="root"')).length;
  await page.close();
  return [...findings, ...(framed > 0 ? [found(`A frame shows the console, from ${address}.`)] : [])];
}

/** What a page reads under a name of its own that leads to the console: that it is the wrong one. */
function withoutRefusals(read: string): string {
  return read
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('Wrong address.', '')
    .trim();
}

type Own = Readonly<{
  page: Page;
  port: number;
  cookie: string;
  pageKey: string;
  isSignedIn: () => Promise<boolean>;
}>;

/** Opens the link as the merchant does; what the page then holds. */
async function signIn(context: BrowserContext, link: string): Promise<Own> {
  const page = await context.newPage();
  await page.goto(link);
  await page.getByRole('heading').first().waitFor();
  const [cookie] = await context.cookies();
  if (cookie === undefined) throw new Error('Expected the console to have set a cookie');
  const pageKey = String(await page.evaluate(`localStorage.getItem('heads-up-page')`));
  const port = Number(new URL(link).port);
  const shown = `${cookie.name}=${cookie.value}`;
  const ask = `fetch('/api/call', {
    method: 'POST', headers: { '${pageKeyHeader}': '${pageKey}' }, body: '{"channel":"status.get","input":{}}',
  }).then((response) => response.ok)`;
  return {
    page,
    port,
    cookie: shown,
    pageKey,
    isSignedIn: async () => (await page.evaluate(ask)) === true,
  };
}

/** Cookies do not know ports: the site on another port has been shown ours. It uses it without a browser. */
async function stealCookie(site: HostileSite, { port, cookie }: Own): Promise<readonly Finding[]> {
  const stolen = site.seen.map((headers) => headers.cookie ?? '').find((shown) => shown.includes(cookie));
  if (stolen === undefined) return [found('No other port was shown the cookie: this attack proves nothing any more.')];
  const origin = cookie.replace(/^heads_up_(\d+)=.*$/, 'http://127.0.0.1:$1');
  const headers = { host: new URL(origin).host, origin, cookie: stolen, 'content-type': 'application/json' };
  const body = '{"channel":"settings.get","input":{}}';
  const called = await rawRequest(port, { method: 'POST', path: '/api/call', headers, body });
  return called.status === 401 ? [] : [found(`A stolen cookie opens a call: ${called.status}.`)];
}

/** Where the link or the page key might have been left: a second use, the history, the way to another site. */
async function followTraces({ page, pageKey }: Own, link: string, site: HostileSite): Promise<readonly Finding[]> {
  const token = new URL(link).searchParams.get('token') ?? '';
  const replayed = await rawRequest(Number(new URL(link).port), { path: `/?token=${token}` });
  const session = await page.context().newCDPSession(page);
  const { entries } = await session.send('Page.getNavigationHistory');
  const traces = JSON.stringify([entries.map(({ url, title }) => [url, title]), site.seen]);
  return [
    ...(replayed.status === 401 ? [] : [found(`A used link was answered ${replayed.status}.`)]),
    ...(traces.includes(token) || traces.includes(pageKey) ? [found('The link or the page key is left behind.')] : []),
  ];
}

/** Every row of the shop, from a copy of its files; but for the engine's own notes, which it writes by itself. */
function readShop(home: string): string {
  const folder = mkdtempSync(join(scratch, 'heads-up-neighbours-'));
  const copy = join(folder, 'heads-up.db');
  for (const suffix of ['', '-wal']) cpSync(join(home, 'data', 'heads-up', `heads-up.db${suffix}`), `${copy}${suffix}`);
  const db = new Database(copy);
  try {
    const tables = db
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'marks'")
      .pluck();
    return JSON.stringify(tables.all().map((table) => [table, db.prepare(`SELECT * FROM "${table}"`).all()]));
  } finally {
    db.close();
    rmSync(folder, { recursive: true });
  }
}
