import type { EngineState } from '../../shared/ipc/computer-contract.ts';
import type { ComputerHandlers } from '../../shared/ipc/contract.ts';
import { ok } from '../../shared/result.ts';
import type { SecretVault } from '../engine/port.ts';
import { findLogFile } from '../folders.ts';
import type { ComputerStore } from './computer-store.ts';
import type { LaunchAtLogin } from './launch-at-login.ts';
import type { Updater } from './updater.ts';

type ComputerDeps = Readonly<{
  version: string;
  dataFolder: string;
  engine: () => EngineState;
  vault: Pick<SecretVault, 'describe'>;
  store: ComputerStore;
  launchAtLogin: LaunchAtLogin;
  updater: Updater;
}>;

/** What belongs to this computer, and what the merchant has chosen for it. */
export function createComputerHandlers(deps: ComputerDeps): ComputerHandlers {
  const { version, dataFolder, engine, vault, store, launchAtLogin, updater } = deps;
  const get: ComputerHandlers['computer.get'] = async () =>
    ok({
      host: 'desktop',
      version,
      dataFolder,
      logFile: findLogFile(dataFolder),
      engine: engine(),
      secretStore: vault.describe(),
      desktop: {
        onClose: store.get('onClose'),
        notifications: store.get('notifications'),
        launchAtLogin: await launchAtLogin.read(),
        looksForUpdates: store.get('looksForUpdates'),
        installsOnQuit: store.get('installsOnQuit'),
        updates: updater.getState(),
      },
    });
  return {
    'computer.get': get,
    'computer.save': async ({ launchAtLogin: startsAtLogin, ...chosen }) => {
      const { onClose, notifications, looksForUpdates, installsOnQuit } = chosen;
      if (onClose !== undefined) store.set('onClose', onClose);
      if (notifications !== undefined) store.set('notifications', notifications);
      if (looksForUpdates !== undefined) store.set('looksForUpdates', looksForUpdates);
      if (installsOnQuit !== undefined) store.set('installsOnQuit', installsOnQuit);
      updater.applySettings();
      const launch = startsAtLogin === undefined ? ok(null) : await launchAtLogin.set(startsAtLogin);
      return launch.ok ? get({}) : launch;
    },
    'computer.checkForUpdate': updater.check,
    'computer.downloadUpdate': updater.download,
    'computer.installUpdate': updater.install,
  };
}
