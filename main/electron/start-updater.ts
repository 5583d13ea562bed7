import type { App, PowerMonitor } from 'electron';
import type { Logger } from '../log/logger.ts';
import { findAppImage } from './app-image.ts';
import type { ComputerStore } from './computer-store.ts';
import { findUpdateObstacle } from './update-feed.ts';
import { createUpdateSource, loadUpdater } from './update-source.ts';
import { createUpdater, type Updater } from './updater.ts';

type StartDeps = Readonly<{
  app: Pick<App, 'isPackaged' | 'relaunch' | 'releaseSingleInstanceLock'>;
  powerMonitor: Pick<PowerMonitor, 'on'>;
  store: ComputerStore;
  logger: Pick<Logger, 'log' | 'error'>;
  version: string;
  onChange: () => void;
  quit: () => void;
}>;

/** The window comes first. */
const firstKnockMs = 10_000;
const knockMs = 15 * 60_000;

/** The updater of this installation. electron-updater is loaded when something is looked for, and not before. */
export function startUpdater({ app, powerMonitor, store, logger, version, onChange, quit }: StartDeps): Updater {
  const appImage = findAppImage(process.env, process.execPath);
  const updater = createUpdater({
    version,
    obstacle: findUpdateObstacle({
      isPackaged: app.isPackaged,
      platform: process.platform,
      resourcesFolder: process.resourcesPath,
      appImage,
    }),
    openSource: async () =>
      createUpdateSource({
        updater: await loadUpdater(process.platform),
        log: (level, message) => logger.log(level, `Updates: ${message}`),
        appImage,
        releaseLock: () => app.releaseSingleInstanceLock(),
      }),
    memory: {
      looks: () => store.get('looksForUpdates'),
      installsOnQuit: () => store.get('installsOnQuit'),
      getInstalling: () => store.get('installing'),
      setInstalling: (installing) => store.remember('installing', installing),
    },
    now: Date.now,
    onChange,
    onFailure: (message, error) => logger.error(message, { error }),
    quit,
    // The program of an AppImage lies in a mount that ends with it.
    relaunch: () => app.relaunch(appImage === undefined ? {} : { execPath: appImage }),
  });
  setTimeout(updater.knock, firstKnockMs).unref();
  // A timer stands still while the computer sleeps, so it knocks often and the clock decides.
  setInterval(updater.knock, knockMs).unref();
  powerMonitor.on('resume', updater.knock);
  return updater;
}
