import { app, BrowserWindow, dialog } from 'electron';
import type { EngineClient } from '../engine-client.ts';
import type { Logger } from '../log/logger.ts';
import type { ComputerStore } from './computer-store.ts';
import { startPresence, type Presence } from './presence.ts';
import { createSendingSwitch } from './sending-switch.ts';
import { createNewsSender } from './show-news.ts';
import { createTray } from './tray.ts';
import type { TrayAction } from './tray-menu.ts';

type PresenceDeps = Readonly<{
  engine: Pick<EngineClient, 'call' | 'state'>;
  store: ComputerStore;
  iconsFolder: string;
  logger: Pick<Logger, 'warn'>;
  /** Brings the window to the front, on a screen or as it is. */
  showWindow: (route?: string) => void;
  quit: () => void;
}>;

/** Puts the tray and the notifications of the operating system in place. */
export function startDesktopPresence({ engine, store, iconsFolder, logger, showWindow, quit }: PresenceDeps): Presence {
  const sending = createSendingSwitch({ call: engine.call, dialog });
  const act = (action: TrayAction): void => {
    if (action.kind === 'open') showWindow(action.route);
    else if (action.kind === 'quit') quit();
    else void sending[action.kind]();
  };

  const presence = startPresence({
    call: engine.call,
    engine: engine.state,
    showTray: createTray({ platform: process.platform, iconsFolder, act }),
    showNews: createNewsSender({
      open: showWindow,
      onFailure: (reason) => logger.warn('A notification could not be shown.', { reason }),
    }),
    isWatching: () => BrowserWindow.getFocusedWindow() !== null,
    wantsNews: () => store.get('notifications'),
    readTold: () => store.get('toldNeeds'),
    saveTold: (told) => store.set('toldNeeds', told),
    now: () => performance.now(),
  });
  app.on('browser-window-focus', presence.noteWatching);
  return presence;
}
