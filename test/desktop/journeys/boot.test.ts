import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { externalLinks } from '../../../shared/external-links.ts';
import {
  answerSkip,
  readPractice,
  seeSkip,
  startPracticeShop,
  waitForNotice,
} from '../../browser/journeys/console-steps.ts';
import { describeWithChromium } from '../../helpers/chromium.ts';
import { launchDesktop, type Desktop } from '../launch-desktop.ts';
import { openChromium, type OpenChromium } from '../open-chromium.ts';

/** The built app on the stand-in for Electron (docs/architecture.md). */
describeWithChromium('the desktop app', () => {
  let chromium: OpenChromium;
  let desktop: Desktop;
  beforeAll(async () => {
    chromium = await openChromium();
    desktop = await launchDesktop({ chromium });
    await desktop.page();
  });
  afterEach(() => void desktop.takeComplaints());
  afterAll(async () => {
    await desktop.remove();
    await chromium.close();
  });

  it('opens its window on the console, and nothing complains', async () => {
    const page = await desktop.page();
    await page.getByRole('heading', { level: 1, name: 'Welcome to Heads Up' }).waitFor();
    await expect
      .poll(() => desktop.control.windows())
      .toEqual([
        expect.objectContaining({ title: 'Heads Up', url: 'app://heads-up/', isVisible: true, isFocused: true }),
      ]);
    expect(desktop.takeComplaints()).toEqual([]);
    expect(desktop.output()).toBe('');
    expect(await desktop.control.refusedRequests()).toEqual([]);
  });

  it('gives the page a bridge that carries names, frozen, and nothing of Node or Electron', async () => {
    const page = await desktop.page();
    const seen: unknown = await page.evaluate(`({
      bridge: Object.keys(bridge),
      isFrozen: Object.isFrozen(bridge) && Object.isFrozen(bridge.invoke),
      foreign: ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer', 'sendToMain', 'hearFromMain']
        .filter((name) => name in globalThis),
    })`);
    expect(seen).toEqual({ bridge: ['invoke', 'on'], isFrozen: true, foreign: [] });
    const refusalOf = (call: string): Promise<unknown> =>
      page.evaluate(
        `(async () => { try { await bridge.invoke(${call}); return 'no refusal' } catch (error) { return error.message } })()`,
      );
    expect(await refusalOf(`'secrets.read', {}`)).toBe('Unknown channel: secrets.read');
    expect(await refusalOf(`'status.get', { call: () => 1 }`)).toBe('An object could not be cloned.');
    await page.evaluate('delete globalThis.bridge; globalThis.bridge = null').catch(() => undefined);
    expect(await page.evaluate('typeof bridge.invoke')).toBe('function');
  });

  it('runs no script but its own, and asks no other site for anything', async () => {
    const page = await desktop.page();
    const ran: unknown = await page.evaluate(`(async () => {
      const isRefused = (start) => new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective), { once: true });
        start();
      });
      const add = (tag, parts) => document.body.append(Object.assign(document.createElement(tag), parts));
      globalThis.wasRun = [];
      return {
        inline: await isRefused(() => add('script', { textContent: 'wasRun.push("inline")' })),
        remoteScript: await isRefused(() => add('script', { src: 'https://elsewhere.example/script.js' })),
        data: await isRefused(() => add('script', { src: 'data:text/javascript,wasRun.push("data")' })),
        attribute: await isRefused(() => add('div', { innerHTML: '<img src="data:x" onerror="wasRun.push(1)">' })),
        eval: await isRefused(() => { try { (0, eval)('wasRun.push("eval")') } catch {} }),
        picture: await isRefused(() => add('img', { src: 'https://elsewhere.example/picture.png' })),
        style: await isRefused(() => add('link', { rel: 'stylesheet', href: 'https://elsewhere.example/style.css' })),
        frame: await isRefused(() => add('iframe', { src: 'https://elsewhere.example/' })),
        object: await isRefused(() => add('object', { data: 'https://elsewhere.example/object' })),
        fetch: await isRefused(() => void fetch('https://elsewhere.example/').catch(() => undefined)),
        socket: await isRefused(() => { try { new WebSocket('wss://elsewhere.example/') } catch {} }),
        worker: await isRefused(() => { try { new Worker('data:text/javascript,1') } catch {} }),
        wasRun,
      };
    })()`);
    expect(ran).toEqual({
      inline: 'script-src-elem',
      remoteScript: 'script-src-elem',
      data: 'script-src-elem',
      attribute: 'script-src-attr',
      eval: 'script-src',
      picture: 'img-src',
      style: 'style-src-elem',
      frame: 'frame-src',
      object: 'object-src',
      fetch: 'connect-src',
      socket: 'connect-src',
      worker: 'worker-src',
      wasRun: [],
    });
    expect(desktop.takeComplaints().join('\n')).toContain('Content Security Policy');
    expect(await desktop.control.refusedRequests()).toEqual([]);
  });

  it('goes nowhere else and opens no other window; a link that is listed goes to the browser', async () => {
    const page = await desktop.page();
    await page.evaluate(`{
      const link = Object.assign(document.createElement('a'), { id: 'status', target: '_blank', textContent: 'Status' });
      link.href = ${JSON.stringify(externalLinks.postscriptStatus)};
      document.querySelector('main').prepend(link);
    }`);
    await page.locator('#status').click();
    await page.evaluate(`{ window.open('https://elsewhere.example/popup') }`);
    await page.evaluate(`{ location.href = 'https://elsewhere.example/' }`);
    await expect
      .poll(() => desktop.control.ways())
      .toEqual([
        { kind: 'window', url: externalLinks.postscriptStatus, isAllowed: false },
        { kind: 'window', url: 'https://elsewhere.example/popup', isAllowed: false },
        { kind: 'navigation', url: 'https://elsewhere.example/', isAllowed: false },
      ]);
    await expect.poll(() => page.context().pages().length).toBe(1);
    expect(await desktop.control.handedOver()).toEqual([{ action: 'open', target: externalLinks.postscriptStatus }]);
    expect(await page.evaluate('[location.hostname, typeof bridge.invoke]')).toEqual([
      'heads-up.app.invalid',
      'function',
    ]);
    expect(await desktop.control.refusedRequests()).toEqual([]);
  });

  it('asks what closing means, and runs on without its window until the tray brings it back', async () => {
    await desktop.control.closeWindow();
    await expect.poll(() => desktop.control.dialogs()).toMatchObject([{ chosen: 'Cancel', wasExpected: false }]);
    expect(await desktop.control.windows()).toMatchObject([{ isVisible: true }]);

    await desktop.control.answerNextDialog({ button: 'Keep running', checkboxChecked: true });
    await desktop.control.closeWindow();
    await expect.poll(() => desktop.control.windows()).toMatchObject([{ isVisible: false }]);
    await desktop.control.chooseInTray('Open Heads Up');
    expect(await desktop.control.windows()).toMatchObject([{ isVisible: true, isFocused: true }]);
    await desktop.control.closeWindow();
    await expect.poll(() => desktop.control.windows()).toMatchObject([{ isVisible: false }]);
    expect(await desktop.control.dialogs()).toHaveLength(2);
  });

  it('is one: a second start ends, and brings the window of the first to the front', async () => {
    await desktop.control.minimizeWindow();
    const second = await desktop.startAgain();
    expect(await second.exited).toBe(0);
    expect(second.output()).toBe('');
    await expect
      .poll(() => desktop.control.windows())
      .toMatchObject([{ isVisible: true, isMinimized: false, isFocused: true }]);
    expect(await desktop.control.engineStarts()).toBe(1);
  });

  it('plays the practice shop from the first start to the confirmed skip', async () => {
    const page = await desktop.page();
    await page.evaluate(`{ globalThis.changes = 0; bridge.on('changed', () => { globalThis.changes += 1; }); }`);
    await startPracticeShop(page);
    const customer = await waitForNotice(page);
    const newDate = await answerSkip(page);
    expect(newDate).not.toBe('');
    await seeSkip(page, customer, newDate);
    expect(await page.evaluate('globalThis.changes')).toBeGreaterThan(0);
    expect(desktop.takeComplaints()).toEqual([]);
  });

  it('loads its page again after a crash, and the engine has noticed nothing', async () => {
    const { now } = await readPractice(await desktop.page(), '');
    const crashed = (await desktop.page()).waitForEvent('crash');
    await desktop.control.crashRenderer();
    await crashed;
    const page = await desktop.page();
    await page.getByRole('button', { name: '+1 day' }).waitFor();
    expect((await readPractice(page, '')).now).toBe(now);
    expect(await desktop.control.engineStarts()).toBe(1);
    expect(await desktop.control.windows()).toMatchObject([{ isVisible: true }]);
  });

  it('starts its engine again after a crash, and says so', async () => {
    const page = await desktop.page();
    expect(await desktop.control.crashEngine()).toBe(1);
    await page.getByText(/^The engine stopped and was started again at /).waitFor();
    expect(await desktop.control.engineStarts()).toBe(2);
    await page.getByRole('heading', { level: 1 }).waitFor();
  });
});
