import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  app,
  dialog,
  ipcMain,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  shell,
  type BrowserWindow,
} from 'electron';
import { toError } from '../../shared/result.ts';
import { createRouter } from '../contract-router.ts';
import { EngineCannotStart, startEngine, type EngineClient } from '../engine-client.ts';
import { findFolders } from '../folders.ts';
import { guardVault } from '../guarded-vault.ts';
import { createLogger } from '../log/logger.ts';
import { createRendererFiles } from '../renderer-files.ts';
import { findRemotes } from '../remotes.ts';
import type { RuntimeFiles } from '../runtime-files.ts';
import { appId } from './app-id.ts';
import { appScheme, appUrl } from './app-origin.ts';
import { findAutostartFile, findExecutable } from './autostart-file.ts';
import { createComputerHandlers } from './computer-handlers.ts';
import { openComputerStore, toSecretStore } from './computer-store.ts';
import { registerIpc } from './ipc-router.ts';
import { createLaunchAtLogin } from './launch-at-login.ts';
import type { Presence } from './presence.ts';
import { answerAppRequest } from './protocol.ts';
import { createSecretVault } from './secret-vault.ts';
import { startDesktopPresence } from './start-presence.ts';
import { startUpdater } from './start-updater.ts';
import { guardWeb } from './web-guards.ts';
import { openWindow } from './window.ts';

/** Runs the desktop app: one instance, one window, the engine in its worker thread. */
export async function runDesktop(files: RuntimeFiles): Promise<void> {
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.enableSandbox();
  if (process.platform === 'win32') app.setAppUserModelId(appId);
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
  await app.whenReady();
  try {
    await start(files);
  } catch (error) {
    const nextStep = error instanceof EngineCannotStart ? error.nextStep : 'Start Heads Up again.';
    dialog.showErrorBox('Heads Up cannot start', `${toError(error).message}\n\n${nextStep}`);
    app.exit(1);
  }
}

async function start(files: RuntimeFiles): Promise<void> {
  const remotes = findRemotes(process.env);
  if (!remotes.ok) throw new Error(remotes.error.message);
  const folders = findFolders(process.env, process.platform);
  const logger = createLogger({ folder: join(folders.data, 'logs'), level: 'info' });
  guardWeb({
    app,
    session: session.defaultSession,
    openExternal: (url) =>
      void shell.openExternal(url).catch((error: unknown) => {
        logger.warn('A link could not be opened.', { url, error: toError(error) });
      }),
  });
  const store = openComputerStore(folders.config);
  const vault = createSecretVault({ safeStorage, store: toSecretStore(store), platform: process.platform });
  let window: BrowserWindow | null = null;
  let presence: Presence | null = null;

  const engine = await startEngine({
    workerUrl: files.workerUrl,
    start: {
      host: 'desktop',
      version: files.version,
      dataFolder: folders.data,
      startInPractice: process.argv.includes('--practice'),
      ...(remotes.value !== null && { remotes: remotes.value }),
    },
    vault: guardVault(vault, logger.addSecret),
    onEvent: (event) => {
      window?.webContents.send(event);
      presence?.noteChange();
    },
    onLog: logger.log,
    onStopped: ({ message, nextStep }) => dialog.showErrorBox(message, nextStep),
  });
  const updater = startUpdater({
    app,
    powerMonitor,
    store,
    logger,
    version: files.version,
    onChange: () => window?.webContents.send('changed'),
    quit: () => app.quit(),
  });
  stopEngineBeforeQuit(engine, updater.installBeforeExit);
  const showWindow = (route?: string): void => {
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
    if (route !== undefined) void window?.loadURL(`${appUrl}#${route}`);
  };
  powerMonitor.on('resume', () => engine.wake());
  app.on('window-all-closed', () => app.quit());
  app.on('second-instance', () => {
    showWindow();
  });

  const rendererFiles = createRendererFiles(files.rendererFolder);
  protocol.handle(appScheme, (request) => answerAppRequest(request, rendererFiles));
  registerIpc({
    ipcMain,
    route: createRouter({
      computer: createComputerHandlers({
        version: files.version,
        dataFolder: folders.data,
        engine: engine.state,
        vault,
        store,
        updater,
        launchAtLogin: createLaunchAtLogin({
          app,
          platform: process.platform,
          executable: findExecutable(process.env, process.execPath),
          autostartFile: findAutostartFile(process.env, homedir()),
        }),
        removeConnection: (name) => engine.call('connections.remove', { name }),
      }),
      call: engine.call,
      onBug: (channel, error) => logger.error('A call failed unexpectedly.', { channel, error }),
    }),
  });
  window = await openWindow(files.preloadPath);
  presence = startDesktopPresence({
    engine,
    store,
    iconsFolder: files.iconsFolder,
    logger,
    showWindow,
    quit: () => app.quit(),
  });
  window.on('closed', () => (window = null));
  logger.info('Heads Up is ready.', { version: files.version });
}

/** Quitting waits once for the engine to finish what it must; an update gets in when nothing runs any more. */
function stopEngineBeforeQuit(engine: EngineClient, installUpdate: () => Promise<void>): void {
  let hasStopped = false;
  app.on('before-quit', (event) => {
    if (hasStopped) return;
    event.preventDefault();
    void engine.stop().then(async () => {
      hasStopped = true;
      await installUpdate();
      app.quit();
    });
  });
}
