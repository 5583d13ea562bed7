import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithChromium } from '../helpers/chromium.ts';
import { launchDesktop, type Desktop } from './launch-desktop.ts';
import { openChromium, type OpenChromium } from './open-chromium.ts';

const main = `
import { app, BrowserWindow, ipcMain, protocol } from 'electron';
const sayWhy = (act) => { try { return String(act()) } catch (error) { return error.message } };
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
await app.whenReady();
protocol.handle('app', ({ url }) => new Response('<h1>' + new URL(url).pathname + '</h1>', { headers: { 'content-type': 'text/html' } }));
const preload = process.argv[2];
ipcMain.handle('echo', (_event, value) => value);
ipcMain.handle('break', () => { throw new RangeError('too far') });
ipcMain.handle('return-function', () => () => 1);
ipcMain.handle('where', ({ sender, senderFrame }) => [senderFrame.url, senderFrame === sender.mainFrame]);
ipcMain.handle('refusals', () => [
  sayWhy(() => new BrowserWindow({ webPreferences: { preload, sandbox: false } })),
  sayWhy(() => new BrowserWindow({ webPreferences: { preload, contextIsolation: false, nodeIntegration: true } })),
  sayWhy(() => app.noSuchMethod()),
  sayWhy(() => window.noSuchMethod()),
]);
const window = new BrowserWindow({ webPreferences: { preload, nodeIntegrationInSubFrames: true } });
await window.loadURL('app://small/');
window.webContents.send('news', new Map([['at', new Date(0)]]));
`;

const preload = `
const { contextBridge, ipcRenderer } = require('electron');
globalThis.ofPreload = 'hidden';
const news = new Promise((resolve) => ipcRenderer.on('news', (_event, value) => resolve(value)));
contextBridge.exposeInMainWorld('api', {
  invoke: (channel, value) => ipcRenderer.invoke(channel, value),
  map: (values, change) => values.map(change),
  echoCycle: async () => {
    const cycle = {};
    cycle.self = cycle;
    const got = await ipcRenderer.invoke('echo', cycle);
    return got.self === got;
  },
  requireNode: () => require('node:fs'),
  missing: () => ipcRenderer.sendSync('echo'),
  news,
});
`;

/** The stand-in itself, under a small app: what the journeys take for granted. */
describeWithChromium('the stand-in for Electron', () => {
  const folder = mkdtempSync(join(tmpdir(), 'heads-up-small-app-'));
  let chromium: OpenChromium;
  let desktop: Desktop;
  let page: Page;

  beforeAll(async () => {
    writeFileSync(join(folder, 'main.mjs'), main);
    writeFileSync(join(folder, 'preload.cjs'), preload);
    chromium = await openChromium();
    const flags = [join(folder, 'preload.cjs')];
    desktop = await launchDesktop({ chromium, entry: join(folder, 'main.mjs'), flags });
    page = await desktop.page();
  });
  afterAll(async () => {
    await desktop.remove();
    await chromium.close();
    rmSync(folder, { recursive: true });
  });

  /** What the page gets, or the message of what is thrown. */
  const run = (code: string): Promise<unknown> =>
    page.evaluate(`(async () => { try { return await (${code}) } catch (error) { return error.message } })()`);

  it('carries what structured clone carries, there and back', async () => {
    await page.evaluate(`globalThis.sent = {
      nothing: undefined, not: NaN, zero: -0, big: 2n ** 70n, day: new Date(5), map: new Map([[{ a: 1 }, new Set(['x'])]]),
      bytes: new Uint16Array([1, 65535]), buffer: new ArrayBuffer(3), pattern: /a+/gi, failed: new RangeError('why'), text: 'ü\\u2028"',
    }`);
    const returned = await run(`api.invoke('echo', sent).then((got) => [
      'nothing' in got && got.nothing === undefined, Object.is(got.not, NaN), Object.is(got.zero, -0), got.big === sent.big,
      got.day instanceof Date && got.day.getTime(), [...got.map.keys()][0].a, [...got.map.values()][0].has('x'),
      got.bytes instanceof Uint16Array && [...got.bytes], got.buffer.byteLength, String(got.pattern),
      got.failed instanceof RangeError && got.failed.message, got.text === sent.text,
    ])`);
    expect(returned).toEqual([true, true, true, true, 5, 1, true, [1, 65535], 3, '/a+/gi', 'why', true]);
    expect(await run(`api.echoCycle()`)).toBe(true);
    expect(await run(`api.news.then((news) => news.get('at').getTime())`)).toBe(0);
  });

  it('refuses what cannot cross, in the words of Electron', async () => {
    expect(await run(`api.invoke('echo', { act: () => 1, symbol: Symbol('no') })`)).toBe(
      'An object could not be cloned.',
    );
    expect(await run(`api.invoke('return-function')`)).toBe(
      "Error invoking remote method 'return-function': Error: An object could not be cloned.",
    );
    expect(await run(`api.invoke('nobody')`)).toBe(
      "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
    );
    expect(await run(`api.invoke('break')`)).toBe("Error invoking remote method 'break': RangeError: too far");
  });

  it('keeps the worlds of page and preload apart', async () => {
    await page.evaluate(`Array.prototype.map = () => 'ours now'`);
    expect(await run(`api.map([1, 2], (value) => value * 2)`)).toEqual([2, 4]);
    expect(await run(`[typeof ofPreload, typeof require, Object.isFrozen(api)]`)).toEqual([
      'undefined',
      'undefined',
      true,
    ]);
    expect(await run(`api.requireNode()`)).toBe('module not found: node:fs');
  });

  it('knows which frame speaks, and lets nothing out', async () => {
    await page.evaluate(`new Promise((loaded) => {
      const frame = Object.assign(document.createElement('iframe'), { src: '/inside', onload: loaded });
      document.body.append(frame);
    })`);
    expect(await run(`api.invoke('where')`)).toEqual(['app://small/', true]);
    expect(await run(`frames[0].api.invoke('where')`)).toEqual(['app://small/inside', false]);
    await run(`fetch('https://elsewhere.example/there')`);
    expect(await desktop.control.refusedRequests()).toEqual([
      expect.objectContaining({ url: 'https://elsewhere.example/there' }),
    ]);
  });

  it('opens no window without the sandbox, and says by name what it lacks', async () => {
    expect(await run(`api.invoke('refusals')`)).toEqual([
      'The stand-in opens no window with sandbox: false',
      'The stand-in opens no window with contextIsolation: false, nodeIntegration: true',
      'The stand-in has no electron.app.noSuchMethod',
      'The stand-in has no electron.BrowserWindow.noSuchMethod',
    ]);
    expect(await run(`api.missing()`)).toBe('The stand-in has no electron.ipcRenderer.sendSync');
  });
});
