import type { Worker } from 'node:worker_threads';
import type { Rectangle } from 'electron';
import { app } from './app.ts';
import { StandInBrowserWindow } from './browser-window.ts';
import { handedOver, powerMonitor } from './desktop-services.ts';
import { answerNextDialog, dialogs, type DialogAnswer } from './dialog.ts';
import { traffic } from './ipc.ts';
import { chooseItem, showItems, StandInMenu } from './menu.ts';
import { notifications } from './notification.ts';
import { makeEvent } from './preventable.ts';
import { setKeyring } from './safe-storage.ts';
import { screen } from './screen.ts';
import type { Keyring } from './settings.ts';
import { trays, type StandInTray } from './tray.ts';
import { refusedRequests, ways } from './web-contents.ts';

const threads = new Set<Worker>();
let threadsEver = 0;

function theWindow(): StandInBrowserWindow {
  const [window] = StandInBrowserWindow.getAllWindows();
  if (window === undefined) throw new Error('The app has no window');
  return window;
}

function theTray(): StandInTray {
  const [tray] = trays;
  if (tray === undefined) throw new Error('The app has no tray');
  return tray;
}

/** What a test may ask and do, over the process's own channel. Everything that a person or the system would do. */
const commands = {
  windows: () =>
    StandInBrowserWindow.getAllWindows().map((window) => ({
      title: window.getTitle(),
      url: window.webContents.getURL(),
      isVisible: window.isVisible(),
      isFocused: window.isFocused(),
      isMinimized: window.isMinimized(),
      isMaximized: window.isMaximized(),
      bounds: window.getNormalBounds(),
    })),
  closeWindow: () => theWindow().close(),
  minimizeWindow: () => theWindow().minimize(),
  maximizeWindow: () => theWindow().maximize(),
  blurWindow: () => theWindow().blur(),
  moveWindow: (bounds: Partial<Rectangle>) => theWindow().setBounds(bounds),
  crashRenderer: () => theWindow().webContents.forcefullyCrashRenderer(),
  /** The page hangs, or answers again, as the window and its page say. */
  hang: (event: 'unresponsive' | 'responsive') => {
    theWindow().webContents.emit(event);
    theWindow().emit(event);
  },
  endSession: () => void theWindow().emit('session-end', { reasons: ['logoff'] }),

  tray: () => {
    const { toolTip, title, menu, image } = theTray();
    return { toolTip, title, image: typeof image === 'string' ? image : image.path, items: showItems(menu) };
  },
  hasTray: () => trays.length > 0,
  clickTray: () => void theTray().emit('click', {}),
  chooseInTray: (...path: string[]) => chooseItem(theTray().menu, path),
  menu: () => showItems(StandInMenu.getApplicationMenu()),
  chooseInMenu: (...path: string[]) => chooseItem(StandInMenu.getApplicationMenu(), path),

  dialogs: () => [...dialogs],
  answerNextDialog: (answer: DialogAnswer) => answerNextDialog(answer),
  notifications: () => notifications.map(({ title, body, isOpen }) => ({ title, body, isOpen })),
  clickNotification: (place: number) => void notifications[place]?.emit('click', {}),

  /** True when the app has asked the system to wait, as it may at a shutdown. */
  power: (name: 'suspend' | 'resume' | 'lock-screen' | 'unlock-screen' | 'shutdown' | 'on-battery' | 'on-ac') => {
    const event = makeEvent({});
    powerMonitor.emit(name, event);
    return event.defaultPrevented;
  },
  setKeyring: (keyring: Keyring, shouldReEncrypt: boolean) => setKeyring(keyring, shouldReEncrypt),
  setDisplays: (displays: readonly Rectangle[]) => screen.replaceDisplays(displays),
  activate: () => void app.emit('activate', {}, false),
  quit: () => app.quit(),
  loginItem: () => app.getLoginItemSettings(),
  relaunches: () => app.relaunches,

  handedOver: () => [...handedOver],
  refusedRequests: () => [...refusedRequests],
  ways: () => [...ways],
  traffic: () => [...traffic],
  forgetTraffic: () => void traffic.splice(0),

  /** How often the engine's thread was started. */
  engineStarts: () => threadsEver,
  /** Ends every thread of the app's, which is the engine. */
  crashEngine: async () => {
    const running = [...threads];
    await Promise.all(running.map((thread) => thread.terminate()));
    return running.length;
  },
};

export type Commands = typeof commands;

export type Asked = Readonly<{ id: number; command: keyof Commands; args: readonly unknown[] }>;
export type Answered = Readonly<{ id: number; isOk: boolean; value: unknown }>;

async function answer({ id, command, args }: Asked): Promise<Answered> {
  try {
    // The test's side is typed by the same object.
    const run = commands[command] as (...args: readonly unknown[]) => unknown;
    return { id, isOk: true, value: await run(...args) };
  } catch (error) {
    return { id, isOk: false, value: String(error) };
  }
}

/** Listens to the test, and lets the app become ready once its own script has run. */
export function startControl(): void {
  process.on('worker', (worker: Worker) => {
    threads.add(worker);
    threadsEver += 1;
    worker.once('exit', () => threads.delete(worker));
  });
  process.on('message', (asked: Asked) => void answer(asked).then((answered) => process.send?.(answered)));
  // An app whose test is gone has nobody to end it.
  process.on('disconnect', () => process.exit(1));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // As Electron does where the app says nothing else.
    process.on(signal, () => {
      if (process.listenerCount(signal) === 1) app.quit();
    });
  }
  setImmediate(() => void app.becomeReady());
}
