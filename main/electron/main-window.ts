import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  MessageBoxOptions,
  MessageBoxReturnValue,
  WebContents,
} from 'electron';
import type { AppEvent } from '../../shared/ipc/channels.ts';
import { appUrl } from './app-origin.ts';
import { createWebPreferences } from './web-preferences.ts';
import { findPlace, fitInto, smallestWindow, type Area, type WindowPlace } from './window-place.ts';

export type PageContents = Pick<
  WebContents,
  'on' | 'loadURL' | 'reload' | 'getURL' | 'send' | 'forcefullyCrashRenderer'
>;

/** As much of Electron's window as is used. */
export type Frame = Pick<
  BrowserWindow,
  | 'on'
  | 'once'
  | 'show'
  | 'hide'
  | 'focus'
  | 'restore'
  | 'maximize'
  | 'destroy'
  | 'isDestroyed'
  | 'isMinimized'
  | 'isMaximized'
  | 'isVisible'
  | 'isFocused'
  | 'isFullScreen'
  | 'setFullScreen'
  | 'getNormalBounds'
  | 'setBounds'
> &
  Readonly<{ webContents: PageContents }>;

type WindowDeps<F extends Frame> = Readonly<{
  create: (options: BrowserWindowConstructorOptions) => F;
  preloadPath: string;
  /** The primary display's first. */
  listWorkAreas: () => readonly [Area, ...Area[]];
  place: Readonly<{ get: () => WindowPlace | null; set: (place: WindowPlace) => void }>;
  showMessageBox: (frame: F, options: MessageBoxOptions) => Promise<MessageBoxReturnValue>;
  /** A person wants to close it; what that means is decided elsewhere. */
  onClose: () => void;
  /** Windows ends the session: the process has some seconds left. */
  onSessionEnd: () => void;
  /** Told of every window that is made. */
  onCreated: (frame: F) => void;
}>;

/** The one window, whether it is there or not. */
export type MainWindow = Readonly<{
  /** Makes it, or brings it to the front; a route such as '/replies' goes there. */
  show: (route?: string) => void;
  hide: () => void;
  /** Whether somebody has it before them. */
  isWatched: () => boolean;
  send: (event: AppEvent) => void;
  /**
   * Asks in front of the window, which it shows. A question without a window would hold up the whole process on macOS, and
   * its answer may take half a minute to arrive on Linux.
   */
  ask: (options: MessageBoxOptions) => Promise<MessageBoxReturnValue>;
  /** Takes it away for good, without a question. */
  destroy: () => void;
}>;

/** The console's window, which remembers its place. Closing hides it, so that it is back at once with what was typed. */
export function createMainWindow<F extends Frame>(deps: WindowDeps<F>): MainWindow {
  const { create, preloadPath, listWorkAreas, place, showMessageBox, onClose, onSessionEnd, onCreated } = deps;
  let current: F | null = null;
  let isGone = false;

  function open(route: string): F {
    const { isMaximized, ...bounds } = findPlace(place.get(), listWorkAreas());
    const frame = create({
      title: 'Heads Up',
      ...bounds,
      minWidth: smallestWindow.width,
      minHeight: smallestWindow.height,
      show: false,
      autoHideMenuBar: true,
      webPreferences: createWebPreferences(preloadPath),
    });
    frame.once('ready-to-show', () => {
      if (isMaximized) frame.maximize();
      frame.show();
    });
    frame.on('close', (event) => {
      event.preventDefault();
      onClose();
    });
    frame.on('closed', () => {
      current = null;
    });
    frame.on('session-end', onSessionEnd);
    onCreated(frame);
    goTo(frame, route);
    return frame;
  }

  function remember(frame: F): void {
    place.set({ ...frame.getNormalBounds(), isMaximized: frame.isMaximized() });
  }

  /** A display may have gone while nobody looked. */
  function bringBack(frame: F): void {
    if (frame.isMinimized()) frame.restore();
    if (!frame.isMaximized() && !frame.isFullScreen()) {
      const bounds = frame.getNormalBounds();
      const fitted = fitInto(bounds, listWorkAreas());
      if (!isSameArea(bounds, fitted)) frame.setBounds(fitted);
    }
    frame.show();
    frame.focus();
  }

  /** Null when it is gone for good. */
  function show(route = ''): F | null {
    if (isGone) return null;
    if (current === null) {
      current = open(route);
      return current;
    }
    if (route !== '') goTo(current, route);
    bringBack(current);
    return current;
  }

  return {
    show: (route) => void show(route),
    hide: () => {
      const frame = current;
      if (frame === null) return;
      remember(frame);
      if (!frame.isFullScreen()) {
        frame.hide();
        return;
      }
      // macOS would leave an empty black screen behind.
      frame.once('leave-full-screen', () => frame.hide());
      frame.setFullScreen(false);
    },
    isWatched: () => current !== null && current.isVisible() && current.isFocused(),
    send: (event) => current?.webContents.send(event),
    ask: async (options) => {
      const frame = show();
      if (frame === null) return { response: options.cancelId ?? 0, checkboxChecked: false };
      // A new one waits for its page, which may be what the question is about.
      frame.show();
      // Windows would make links of the buttons.
      return showMessageBox(frame, { title: 'Heads Up', noLink: true, ...options });
    },
    destroy: () => {
      isGone = true;
      if (current === null) return;
      remember(current);
      current.destroy();
    },
  };
}

/** Within the page when it is there already, so that what was typed stays. */
function goTo({ webContents: page }: Frame, route: string): void {
  const url = route === '' ? appUrl : `${appUrl}#${route}`;
  // A failure is told by an event, which page-trouble.ts listens to.
  if (page.getURL() !== url) page.loadURL(url).catch(() => undefined);
}

function isSameArea(one: Area, other: Area): boolean {
  return one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height;
}
