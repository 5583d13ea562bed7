import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
} from 'electron';
import { toError } from '../../shared/result.ts';
import { createRouter } from '../contract-router.ts';
import { startEngine } from '../engine-client.ts';
import { findFolders, type Folders } from '../folders.ts';
import { guardVault } from '../guarded-vault.ts';
import { createLogger } from '../log/logger.ts';
import { createRendererFiles } from '../renderer-files.ts';
import { findRemotes } from '../remotes.ts';
import type { RuntimeFiles } from '../runtime-files.ts';
import { appScheme } from './app-origin.ts';
import { findAutostartFile, findExecutable } from './autostart-file.ts';
import { createClosing } from './closing.ts';
import { createComputerHandlers } from './computer-handlers.ts';
import { openComputerStore, toSecretStore } from './computer-store.ts';
import { keepEngine } from './engine-keeper.ts';
import type { Flags } from './flags.ts';
import { introduceApp } from './identity.ts';
import { registerIpc } from './ipc-router.ts';
import { isSending } from './is-sending.ts';
import { createLaunchAtLogin, startsHidden } from './launch-at-login.ts';
import { createMainWindow } from './main-window.ts';
import { describeMenu } from './menu.ts';
import { watchPage } from './page-trouble.ts';
import { watchPower } from './power.ts';
import { answerAppRequest } from './protocol.ts';
import { createQuit } from './quit.ts';
import { createSecretVault } from './secret-vault.ts';
import { startDesktopPresence } from './start-presence.ts';
import { startUpdater } from './start-updater.ts';
import { watchSystem } from './system-events.ts';
import { guardWeb } from './web-guards.ts';

const { platform } = process;

/** Runs the desktop app: one instance, one window that comes and goes, the engine in its worker thread. */
export async function runDesktop(files: RuntimeFiles): Promise<void> {
  const folders = findFolders(process.env, platform);
  introduceApp({ app, platform, folder: folders.config, version: files.version });
  const flags: Flags = {
    isHidden: startsHidden(app, platform, process.argv),
    isPractice: process.argv.includes('--practice'),
  };
  if (!app.requestSingleInstanceLock(flags)) {
    app.quit();
    return;
  }
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
  await app.whenReady();
  try {
    start(files, folders, flags);
  } catch (error) {
    dialog.showErrorBox('Heads Up cannot start', toError(error).message);
    app.exit(1);
  }
}

function start(files: RuntimeFiles, folders: Folders, flags: Flags): void {
  const remotes = findRemotes(process.env);
  if (!remotes.ok) throw new Error(remotes.error.message);
  const logFolder = join(folders.data, 'logs');
  const logger = createLogger({ folder: logFolder, level: 'info' });
  guardWeb({
    app,
    session: session.defaultSession,
    openExternal: (url) =>
      void shell.openExternal(url).catch((error: unknown) => {
        logger.warn('A link could not be opened.', { url, error: toError(error) });
      }),
  });
  const hasSandbox = !app.commandLine.hasSwitch('no-sandbox');
  if (!hasSandbox) logger.warn("Heads Up was started without Chromium's sandbox.");
  const store = openComputerStore(folders.config, (what, error) =>
    logger.warn('Something was not remembered: the disk refused.', { what, error }),
  );
  if (store.setAside !== null) logger.error(store.setAside);
  const vault = createSecretVault({ safeStorage, store: toSecretStore(store), platform, setAside: store.setAside });

  const window = createMainWindow({
    // On Windows and macOS the program has its picture; on Linux a window brings its own.
    create: (options) =>
      new BrowserWindow(platform === 'linux' ? { ...options, icon: join(files.iconsFolder, 'window.png') } : options),
    preloadPath: files.preloadPath,
    listWorkAreas: () => [screen.getPrimaryDisplay().workArea, ...screen.getAllDisplays().map((each) => each.workArea)],
    place: { get: () => store.get('windowPlace'), set: (place) => store.remember('windowPlace', place) },
    showMessageBox: (frame, options) => dialog.showMessageBox(frame, options),
    onClose: () => close(),
    onSessionEnd: () => quit.atOnce(),
    onCreated: (frame) => watchPage(frame, { ask: window.ask, log: logger.log, now: Date.now }),
  });
  const announce = (): void => {
    window.send('changed');
    presence.noteChange();
  };
  const quit = createQuit({
    app,
    isSending: () => isSending(engine),
    ask: window.ask,
    stop: async () => {
      window.destroy();
      presence.stop();
      await engine.stop();
      logger.info('Heads Up ends.');
    },
    beforeEnd: () => updater.installBeforeExit(),
  });
  const engine = keepEngine({
    start: (onStopped, hasRun) =>
      startEngine({
        workerUrl: files.workerUrl,
        start: {
          host: 'desktop',
          version: files.version,
          dataFolder: folders.data,
          startInPractice: flags.isPractice && !hasRun,
          ...(remotes.value !== null && { remotes: remotes.value }),
        },
        vault: guardVault(vault, logger.addSecret),
        onEvent: announce,
        onLog: logger.log,
        onStopped,
      }),
    ask: window.ask,
    onChange: announce,
    quit: quit.now,
    now: Date.now,
  });
  const close = createClosing({
    platform,
    choice: { get: () => store.get('onClose'), set: (choice) => store.remember('onClose', choice) },
    isSending: () => isSending(engine),
    ask: window.ask,
    hide: window.hide,
    quit: quit.now,
  });
  const updater = startUpdater({
    app,
    powerMonitor,
    store,
    logger,
    version: files.version,
    onChange: () => window.send('changed'),
    quit: quit.now,
  });

  const rendererFiles = createRendererFiles(files.rendererFolder);
  protocol.handle(appScheme, (request) => answerAppRequest(request, rendererFiles));
  registerIpc({
    ipcMain,
    route: createRouter({
      computer: createComputerHandlers({
        platform,
        version: files.version,
        hasSandbox,
        dataFolder: folders.data,
        engine: engine.state,
        vault,
        store,
        updater,
        launchAtLogin: createLaunchAtLogin({
          app,
          platform,
          executable: findExecutable(process.env, process.execPath),
          autostartFile: findAutostartFile(process.env, homedir()),
        }),
        removeConnection: (name) => engine.call('connections.remove', { name }),
      }),
      call: engine.call,
      onBug: (channel, error) => logger.error('A call failed unexpectedly.', { channel, error }),
    }),
  });
  const presence = startDesktopPresence({
    engine,
    store,
    iconsFolder: files.iconsFolder,
    logger,
    window,
    quit: () => app.quit(),
  });

  watchPower({ powerMonitor, engine, log: logger.info, onShutdown: quit.atOnce });
  watchSystem({ app, process, window, engine, quit });
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      describeMenu({
        platform,
        isPackaged: app.isPackaged,
        goTo: window.show,
        openLogFolder: () => void shell.openPath(logFolder),
      }),
    ),
  );
  if (!flags.isHidden) window.show();
  logger.info('Heads Up is ready.', { version: files.version });
}
