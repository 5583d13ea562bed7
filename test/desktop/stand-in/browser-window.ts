import type { BrowserWindowConstructorOptions, Rectangle, WebPreferences } from 'electron';
import { makeEvent } from './preventable.ts';
import { emitterNamed } from './refuse-missing.ts';
import { screen } from './screen.ts';
import { StandInWebContents } from './web-contents.ts';
import { windowing } from './windowing.ts';

const windows = new Set<StandInBrowserWindow>();
let nextId = 1;

/** A real sandbox would make the preload fail; here it is said at once. */
function refuseUnsafe(preferences: WebPreferences): void {
  const wrong = [
    preferences.sandbox === false && 'sandbox: false',
    preferences.contextIsolation === false && 'contextIsolation: false',
    preferences.nodeIntegration === true && 'nodeIntegration: true',
    preferences.nodeIntegrationInWorker === true && 'nodeIntegrationInWorker: true',
    preferences.webSecurity === false && 'webSecurity: false',
    preferences.allowRunningInsecureContent === true && 'allowRunningInsecureContent: true',
    preferences.webviewTag === true && 'webviewTag: true',
  ].filter((each) => each !== false);
  if (wrong.length > 0) throw new Error(`The stand-in opens no window with ${wrong.join(', ')}`);
}

export class StandInBrowserWindow extends emitterNamed('BrowserWindow') {
  readonly id = nextId++;
  readonly webContents: StandInWebContents;
  private readonly minimum: Readonly<{ width: number; height: number }>;
  private bounds: Rectangle;
  private title: string;
  private isShown = false;
  private hasFocus = false;
  private size: 'normal' | 'minimized' | 'maximized' | 'full-screen' = 'normal';
  private isGone = false;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    const { width = 800, height = 600, minWidth = 0, minHeight = 0, show = true, title = 'Electron' } = options;
    refuseUnsafe(options.webPreferences ?? {});
    const { workArea } = screen.getPrimaryDisplay();
    const {
      x = workArea.x + Math.round((workArea.width - width) / 2),
      y = workArea.y + Math.round((workArea.height - height) / 2),
    } = options;
    this.bounds = { x, y, width, height };
    this.minimum = { width: minWidth, height: minHeight };
    this.title = title;
    this.webContents = new StandInWebContents(options.webPreferences ?? {}, { width, height });
    let isReadyToShow = false;
    this.webContents.on('ready-to-show', () => {
      if (!isReadyToShow) this.emit('ready-to-show');
      isReadyToShow = true;
    });
    windows.add(this);
    windowing.emit('window-created', this);
    if (show) this.show();
  }

  static getAllWindows(): StandInBrowserWindow[] {
    return [...windows];
  }

  static getFocusedWindow(): StandInBrowserWindow | null {
    return [...windows].find((window) => window.isFocused()) ?? null;
  }

  static fromWebContents(contents: StandInWebContents): StandInBrowserWindow | null {
    return [...windows].find(({ webContents }) => webContents === contents) ?? null;
  }

  static fromId(id: number): StandInBrowserWindow | null {
    return [...windows].find((window) => window.id === id) ?? null;
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  reload(): void {
    this.webContents.reload();
  }

  show(): void {
    this.showInactive();
    this.focus();
  }

  /** A window that is minimised stays so: not every system restores it. */
  showInactive(): void {
    if (this.isShown) return;
    this.isShown = true;
    this.emit('show');
  }

  hide(): void {
    if (!this.isShown) return;
    this.isShown = false;
    this.blur();
    this.emit('hide');
  }

  focus(): void {
    if (!this.isShown || this.hasFocus || this.size === 'minimized') return;
    for (const other of windows) other.blur();
    this.hasFocus = true;
    this.emit('focus');
    windowing.emit('window-focused', this);
  }

  blur(): void {
    if (!this.hasFocus) return;
    this.hasFocus = false;
    this.emit('blur');
  }

  minimize(): void {
    if (this.size === 'minimized') return;
    this.size = 'minimized';
    this.blur();
    this.emit('minimize');
  }

  restore(): void {
    if (this.size !== 'minimized') return;
    this.size = 'normal';
    this.emit('restore');
    this.focus();
  }

  maximize(): void {
    this.size = 'maximized';
    this.emit('maximize');
  }

  unmaximize(): void {
    if (this.size !== 'maximized') return;
    this.size = 'normal';
    this.emit('unmaximize');
  }

  setFullScreen(isFull: boolean): void {
    if (isFull === this.isFullScreen()) return;
    this.size = isFull ? 'full-screen' : 'normal';
    this.emit(isFull ? 'enter-full-screen' : 'leave-full-screen');
  }

  /** The normal bounds, whatever the window is now. */
  getNormalBounds(): Rectangle {
    return { ...this.bounds };
  }

  getBounds(): Rectangle {
    const isFilling = this.size === 'maximized' || this.size === 'full-screen';
    return isFilling ? { ...screen.getDisplayMatching(this.bounds).workArea } : { ...this.bounds };
  }

  getSize(): number[] {
    return [this.getBounds().width, this.getBounds().height];
  }

  setBounds(bounds: Partial<Rectangle>): void {
    const before = this.bounds;
    const wanted = { ...before, ...bounds };
    const width = Math.max(wanted.width, this.minimum.width);
    const height = Math.max(wanted.height, this.minimum.height);
    this.bounds = { ...wanted, width, height };
    if (before.width !== width || before.height !== height) {
      void this.webContents.resize(width, height);
      this.emit('resize');
      this.emit('resized');
    }
    if (before.x !== wanted.x || before.y !== wanted.y) {
      this.emit('move');
      this.emit('moved');
    }
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  setTitle(title: string): void {
    this.title = title;
  }

  getTitle(): string {
    return this.title;
  }

  setMenu(): void {
    // No system draws a menu here.
  }

  removeMenu(): void {
    // As above.
  }

  setMenuBarVisibility(): void {
    // As above.
  }

  isVisible(): boolean {
    return this.isShown;
  }

  isFocused(): boolean {
    return this.hasFocus;
  }

  isMinimized(): boolean {
    return this.size === 'minimized';
  }

  isMaximized(): boolean {
    return this.size === 'maximized';
  }

  isFullScreen(): boolean {
    return this.size === 'full-screen';
  }

  isDestroyed(): boolean {
    return this.isGone;
  }

  /** Asks first: whoever prevents 'close' keeps the window. */
  close(): void {
    if (this.isGone) return;
    const event = makeEvent({});
    this.emit('close', event);
    if (event.defaultPrevented) windowing.emit('close-prevented');
    else setImmediate(() => this.destroy());
  }

  destroy(): void {
    if (this.isGone) return;
    this.isGone = true;
    this.hasFocus = false;
    windows.delete(this);
    // The page goes in its own time; a process that ends meanwhile leaves it to the test.
    this.webContents.destroy().catch(() => undefined);
    this.emit('closed');
    if (windows.size === 0) windowing.emit('all-closed');
  }
}
