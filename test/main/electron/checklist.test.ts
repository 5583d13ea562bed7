import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createWebPreferences } from '../../../main/electron/web-preferences.ts';
import { listNodes, nameOf } from '../../helpers/syntax.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** https://www.electronjs.org/docs/latest/tutorial/electron-timelines, 2026-11-27: the three newest majors get fixes. */
const supportedMajors = [45, 44, 43];

/** What must never be switched, with the one value that it may have where it is named at all. */
const harmless: Readonly<Record<string, boolean>> = {
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  contextIsolation: true,
  sandbox: true,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  // Of the protocol's privileges.
  bypassCSP: false,
  allowServiceWorkers: false,
  allowExtensions: false,
};
/** Words that have no harmless value, wherever in the app they stand. */
const forbidden =
  'enableBlinkFeatures enableRemoteModule allowpopups executeJavaScript executeJavaScriptInIsolatedWorld loadFile webview appendSwitch decryptString encryptString isEncryptionAvailable'.split(
    ' ',
  );
/** What may be called in one place only. */
const onlyIn: Readonly<Record<string, readonly string[]>> = {
  BrowserWindow: ['main/electron/run.ts'],
  BaseWindow: [],
  BrowserView: [],
  WebContentsView: [],
  openExternal: ['main/electron/run.ts', 'main/electron/web-guards.ts'],
  setWindowOpenHandler: ['main/electron/web-guards.ts'],
  setPermissionRequestHandler: ['main/electron/web-guards.ts'],
  setPermissionCheckHandler: ['main/electron/web-guards.ts'],
  createWebPreferences: ['main/electron/main-window.ts'],
  loadURL: ['main/electron/main-window.ts'],
  exposeInMainWorld: ['preload/index.ts'],
  handle: ['main/electron/ipc-router.ts', 'main/electron/run.ts'],
};

const sources = ['main', 'preload', 'renderer', 'shared'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/')),
);

/** What the rules above have against a file. */
function findOffences(path: string, text: string): string[] {
  const offences: string[] = [];
  for (const node of listNodes(path, text)) {
    if (node.type === 'Property') {
      const name = nameOf(node['key']) ?? '';
      const value = node['value'] as { type: string; value?: unknown };
      if (Object.hasOwn(harmless, name) && (value.type !== 'Literal' || value.value !== harmless[name])) {
        offences.push(`${path}: ${name} is not ${String(harmless[name])}`);
      }
      if (forbidden.includes(name)) offences.push(`${path}: ${name}`);
    }
    if (node.type === 'MemberExpression' || node.type === 'JSXIdentifier') {
      const name = nameOf(node['property']) ?? String(node['name']);
      if (forbidden.includes(name)) offences.push(`${path}: ${name}`);
    }
    if (node.type === 'CallExpression' || node.type === 'NewExpression') {
      const name = nameOf(node['callee']) ?? '';
      if (Object.hasOwn(onlyIn, name) && isElectronCall(path) && onlyIn[name]?.includes(path) === false) {
        offences.push(`${path}: calls ${name}`);
      }
    }
  }
  return offences;
}

/** The names are those of Electron's API; elsewhere they are ordinary words. */
function isElectronCall(path: string): boolean {
  return path.startsWith('main/electron/') || path.startsWith('preload/');
}

describe('the security checklist', () => {
  it('makes a page with these preferences and no others', () => {
    expect(createWebPreferences('/app/preload.cjs')).toEqual({
      preload: '/app/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    });
  });

  it('finds no dangerous option in any source, and windows, links, permissions and channels in one place each', () => {
    expect(sources.length).toBeGreaterThan(300);
    const offences = sources
      .filter((path) => path !== 'main/electron/web-preferences.ts')
      .flatMap((path) => findOffences(path, readFileSync(join(root, path), 'utf8')));
    expect(offences).toEqual([]);
  });

  it.each([
    ['new BrowserWindow({ title: "x" })', 'calls BrowserWindow'],
    ['new electron.BrowserWindow()', 'calls BrowserWindow'],
    ['const options = { webPreferences: { nodeIntegration: true } }', 'nodeIntegration is not false'],
    ['const options = { "contextIsolation": false }', 'contextIsolation is not true'],
    ['const options = { sandbox: isSafe } satisfies object', 'sandbox is not true'],
    ['const options = { webSecurity: !true }', 'webSecurity is not true'],
    ['const options = { enableBlinkFeatures: "x" }', 'enableBlinkFeatures'],
    ['protocol.registerSchemesAsPrivileged([{ scheme: "app", privileges: { bypassCSP: true } }])', 'bypassCSP'],
    ['window.webContents.executeJavaScript("1")', 'executeJavaScript'],
    ['shell.openExternal(url)', 'calls openExternal'],
    ['window.loadURL(url)', 'calls loadURL'],
    ['ipcMain.handle("secrets.read", read)', 'calls handle'],
    ['app.commandLine.appendSwitch("disable-web-security")', 'appendSwitch'],
    ['session.setPermissionRequestHandler(null)', 'calls setPermissionRequestHandler'],
  ])('would find: %s', (text, offence) => {
    expect(findOffences('main/electron/probe.ts', text).join()).toContain(offence);
  });

  it('puts every renderer into the sandbox before the app is ready, and gives its scheme no more than it needs', () => {
    const text = readFileSync(join(root, 'main/electron/run.ts'), 'utf8');
    // Which sandboxes: identity.test.ts.
    const introduced = text.indexOf('  introduceApp({');
    expect(introduced).toBeGreaterThan(0);
    expect(introduced).toBeLessThan(text.indexOf('app.whenReady()'));
    const privileges = listNodes('run.ts', text).find(
      (node) => node.type === 'Property' && nameOf(node['key']) === 'privileges',
    );
    if (privileges === undefined) throw new Error('Expected the scheme to have privileges');
    const { properties } = privileges['value'] as { properties: { key: unknown }[] };
    expect(properties.map(({ key }) => nameOf(key))).toEqual(['standard', 'secure', 'supportFetchAPI']);
  });

  it('runs on an Electron that still gets fixes', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    expect(supportedMajors).toContain(Number(devDependencies['electron']?.split('.')[0]));
  });
});
