import { mkdirSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoginItemSettings, Settings } from 'electron';
import { StandInBrowserWindow } from './browser-window.ts';
import { chromium } from './chromium.ts';
import { claimProfile, type Claim } from './instance-lock.ts';
import { makeEvent } from './preventable.ts';
import { emitterNamed, provide } from './refuse-missing.ts';
import { settings } from './given-settings.ts';
import { windowing } from './windowing.ts';

const root = new URL('../../../', import.meta.url);
const aboutPackage = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
  name: string;
  version: string;
};

/** The order of a quit is Electron's own: before-quit, every window's close, will-quit, quit. */
class StandInApp extends emitterNamed('app') {
  readonly isPackaged = settings.isPackaged;
  readonly commandLine = provide('app.commandLine', {
    appendSwitch: (name: string) => void this.switches.add(name),
    hasSwitch: (name: string) => this.switches.has(name) || process.argv.includes(`--${name}`),
  });
  name = aboutPackage.name;
  private readonly switches = new Set<string>();
  private readonly ready = Promise.withResolvers<void>();
  private hasBecomeReady = false;
  private isQuitting = false;
  private isExiting = false;
  private isShuttingDown = false;
  private exitCode = 0;
  private claim: Claim | null = null;
  private readonly paths = new Map<string, string>();
  private loginItem: LoginItemSettings = { openAtLogin: false } as LoginItemSettings;
  /** How often the app has asked to be started again after it ends. */
  relaunches = 0;

  constructor() {
    super();
    windowing.on('contents-created', (contents) => this.emit('web-contents-created', makeEvent({}), contents));
    windowing.on('contents-crashed', (contents, details) => {
      this.emit('render-process-gone', makeEvent({}), contents, details);
    });
    windowing.on('window-created', (window) => this.emit('browser-window-created', makeEvent({}), window));
    windowing.on('window-focused', (window) => this.emit('browser-window-focus', makeEvent({}), window));
    windowing.on('close-prevented', () => (this.isQuitting = false));
    windowing.on('all-closed', () => this.afterLastWindow());
  }

  /** For what starts the app: its own script runs first, as in Electron. */
  async becomeReady(): Promise<void> {
    if (this.isShuttingDown) return;
    await chromium();
    this.hasBecomeReady = true;
    this.emit('will-finish-launching');
    this.emit('ready', makeEvent({}));
    this.ready.resolve();
  }

  isReady(): boolean {
    return this.hasBecomeReady;
  }

  whenReady(): Promise<void> {
    return this.ready.promise;
  }

  quit(): void {
    if (this.isQuitting) return;
    const event = makeEvent({});
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    this.isQuitting = true;
    const windows = StandInBrowserWindow.getAllWindows();
    if (windows.length === 0) this.notifyAndShutDown();
    for (const window of windows) window.close();
  }

  exit(code = 0): void {
    this.exitCode = code;
    this.isQuitting = true;
    this.isExiting = true;
    const windows = StandInBrowserWindow.getAllWindows();
    if (windows.length === 0) this.shutDown();
    for (const window of windows) window.destroy();
  }

  relaunch(): void {
    this.relaunches += 1;
  }

  requestSingleInstanceLock(additionalData: unknown = null): boolean {
    if (this.claim?.isFirst === true) return true;
    this.claim = claimProfile({
      folder: this.getPath('userData'),
      said: { argv: process.argv, workingDirectory: process.cwd(), additionalData },
      onSecond: ({ argv, workingDirectory, additionalData: data }) =>
        this.emit('second-instance', makeEvent({}), argv, workingDirectory, data),
    });
    return this.claim.isFirst;
  }

  hasSingleInstanceLock(): boolean {
    return this.claim?.isFirst === true;
  }

  releaseSingleInstanceLock(): void {
    this.claim?.release();
    this.claim = null;
  }

  getPath(name: string): string {
    const config = process.env['XDG_CONFIG_HOME'] || join(homedir(), '.config');
    const paths: Readonly<Record<string, string>> = {
      home: homedir(),
      appData: config,
      userData: join(config, this.name),
      sessionData: join(config, this.name),
      logs: join(config, this.name, 'logs'),
      temp: tmpdir(),
      exe: process.execPath,
    };
    const path = this.paths.get(name) ?? paths[name];
    if (path === undefined) throw new Error(`The stand-in has no electron.app.getPath('${name}')`);
    if (name === 'userData') mkdirSync(path, { recursive: true });
    return path;
  }

  setPath(name: string, path: string): void {
    this.paths.set(name, path);
  }

  getVersion(): string {
    return aboutPackage.version;
  }

  getName(): string {
    return this.name;
  }

  setName(name: string): void {
    this.name = name;
  }

  getAppPath(): string {
    return root.pathname.replace(/\/$/, '');
  }

  getLocale(): string {
    return 'en-US';
  }

  /** Kept as it is said; what a system makes of it is not known here. */
  setLoginItemSettings({ openAtLogin = false, args = [] }: Settings): void {
    this.loginItem = { openAtLogin, args, executableWillLaunchAtLogin: openAtLogin } as unknown as LoginItemSettings;
  }

  getLoginItemSettings(): LoginItemSettings {
    return { ...this.loginItem };
  }

  enableSandbox(): void {
    if (this.hasBecomeReady) throw new Error('app.enableSandbox() can only be called before app is ready');
  }

  setAppUserModelId(): void {
    // A name for the taskbar of Windows.
  }

  setAboutPanelOptions(): void {
    // Shown by macOS and Linux on demand.
  }

  focus(): void {
    StandInBrowserWindow.getAllWindows()[0]?.focus();
  }

  private afterLastWindow(): void {
    if (this.isExiting) this.shutDown();
    else if (this.isQuitting) this.notifyAndShutDown();
    else if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
    else this.quit();
  }

  private notifyAndShutDown(): void {
    if (this.isShuttingDown) return;
    const event = makeEvent({});
    this.emit('will-quit', event);
    if (event.defaultPrevented) this.isQuitting = false;
    else this.shutDown();
  }

  private shutDown(): void {
    if (this.isShuttingDown) return;
    this.isShuttingDown = true;
    this.emit('quit', makeEvent({}), this.exitCode);
    // A second instance ends once the first has heard of it.
    void (this.claim?.settled ?? Promise.resolve()).then(() => {
      this.claim?.release();
      process.exit(this.exitCode);
    });
  }
}

export const app = new StandInApp();
