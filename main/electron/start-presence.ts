import { app } from 'electron';
import type { EngineClient } from '../engine-client.ts';
import type { Logger } from '../log/logger.ts';
import type { ComputerStore } from './computer-store.ts';
import type { MainWindow } from './main-window.ts';
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
  window: Pick<MainWindow, 'show' | 'ask' | 'isWatched'>;
  quit: () => void;
}>;

/** Puts the tray and the notifications of the operating system in place. */
export function startDesktopPresence({ engine, store, iconsFolder, logger, window, quit }: PresenceDeps): Presence {
  const sending = createSendingSwitch({ call: engine.call, ask: window.ask });
  const act = (action: TrayAction): void => {
    if (action.kind === 'open') window.show(action.route);
    else if (action.kind === 'quit') quit();
    else void sending[action.kind]().then(presence.look);
  };

  const presence = startPresence({
    call: engine.call,
    engine: engine.state,
    showTray: createTray({ platform: process.platform, iconsFolder, act }),
    showNews: createNewsSender({
      open: window.show,
      onFailure: (reason) => logger.warn('A notification could not be shown.', { reason }),
    }),
    isWatching: window.isWatched,
    wantsNews: () => store.get('notifications'),
    toldBefore: store.get('toldNeeds'),
    saveTold: (told) => store.remember('toldNeeds', told),
    now: () => performance.now(),
  });
  app.on('browser-window-focus', presence.noteWatching);
  return presence;
}
