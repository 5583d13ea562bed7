import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { ok } from '../../../shared/result.ts';
import { serveBrowserApp } from '../../helpers/browser-app.ts';
import { describeWithChromium, findChromium } from '../../helpers/chromium.ts';
import { rawRequest } from '../../helpers/raw-request.ts';

describeWithChromium('in a real browser', () => {
  let browser: Awaited<ReturnType<typeof chromium.launch>>;
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: findChromium() ?? '',
      args: ['--no-sandbox', '--host-resolver-rules=MAP evil.test 127.0.0.1'],
    });
  });
  afterAll(() => browser.close());

  async function newContext(): Promise<BrowserContext> {
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    return context;
  }

  /** Another site in the same browser. */
  async function serveOtherSite(): Promise<number> {
    const server = createServer((_request, response) =>
      response.setHeader('content-type', 'text/html').end('<title>x'),
    );
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    onTestFinished(async () => {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    });
    return (server.address() as AddressInfo).port;
  }

  it('opens with the link, hides the token, and the page may call and listen', async () => {
    const { origin, sessions, events } = await serveBrowserApp();
    const page = await (await newContext()).newPage();
    await page.goto(`${origin}/?token=${sessions.issueToken()}`);
    const [address, pageKey = ''] = page.url().split('#page=');
    expect(address).toBe(`${origin}/`);
    expect(await page.title()).toBe('Heads Up');
    expect(await page.evaluate('document.cookie')).toBe('');
    const answer = await page.evaluate(
      `fetch('api/call', {
        method: 'POST', headers: { 'X-Heads-Up-Page': '${pageKey}' }, body: '{"channel":"status.get","input":{}}',
      }).then((r) => r.json())`,
    );
    expect(answer).toMatchObject({ ok: true, value: { channel: 'status.get' } });
    await page.evaluate(`new Promise((resolve) => {
      window.heard = [];
      const source = new EventSource('api/events?page=${pageKey}');
      source.onmessage = ({ data }) => window.heard.push(data);
      source.onopen = resolve;
    })`);
    events.send('changed');
    await page.waitForFunction('window.heard.length === 1');
    expect(await page.evaluate('window.heard')).toEqual(['changed']);
  });

  it('does not let another site call, listen, frame or read, though the browser is signed in', async () => {
    const calls: unknown[] = [];
    const route = (channel: unknown) => Promise.resolve(ok(calls.push(channel)));
    const { origin, sessions } = await serveBrowserApp({ route });
    const context = await newContext();
    const own = await context.newPage();
    await own.goto(`${origin}/?token=${sessions.issueToken()}`);
    const other = await context.newPage();
    await other.goto(`http://127.0.0.1:${await serveOtherSite()}/`);
    const attempt = (script: string) =>
      other.evaluate(`(${script}).then((r) => r.status, () => 'refused')`.replaceAll('ORIGIN', origin));
    const call = `{ method: 'POST', credentials: 'include', body: '{"channel":"status.get","input":{}}'`;
    expect(await attempt(`fetch('ORIGIN/api/call', ${call} })`)).toBe('refused');
    // Sent without CORS; the answer cannot be read, and the host refused it.
    expect(await attempt(`fetch('ORIGIN/api/call', ${call}, mode: 'no-cors' })`)).toSatisfy(
      (result) => result === 0 || result === 'refused',
    );
    expect(await attempt(`fetch('ORIGIN/', { credentials: 'include' })`)).toBe('refused');
    const framed = await other.evaluate(
      `new Promise((resolve) => {
        const frame = document.createElement('iframe');
        frame.onload = () => { try { resolve(frame.contentDocument?.title ?? 'unreadable'); } catch { resolve('unreadable'); } };
        frame.src = 'ORIGIN/';
        document.body.append(frame);
      })`.replaceAll('ORIGIN', origin),
    );
    expect(framed).toBe('unreadable');
    expect(calls).toEqual([]);
  });

  it('does not serve a site that points its own name at this computer', async () => {
    const { port, sessions } = await serveBrowserApp();
    const page = await (await newContext()).newPage();
    const response = await page.goto(`http://evil.test:${port}/?token=${sessions.issueToken()}`);
    expect(response?.status()).toBe(403);
    expect(await page.content()).toContain('Wrong address.');
  });

  it('shows a stranger a page that its own policy lets through', async () => {
    const { origin, port } = await serveBrowserApp();
    const page = await (await newContext()).newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      // The 401 itself, and the icon that the browser asks for, are reported as failed loads.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        complaints.push(message.text());
    });
    await page.goto(origin);
    expect(await page.getByRole('heading').innerText()).toBe('This link does not open Heads Up any more');
    expect(complaints).toEqual([]);
    expect((await rawRequest(port, { path: '/' })).status).toBe(401);
  });
});
