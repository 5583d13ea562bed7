import type { EngineState } from '../../shared/ipc/computer-contract.ts';
import type { ComputerHandlers } from '../../shared/ipc/contract.ts';
import type { ConnectionView } from '../../shared/ipc/schemas.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { SecretName } from '../engine/port.ts';
import { findLogFile } from '../folders.ts';
import type { ComputerStore } from './computer-store.ts';
import type { LaunchAtLogin } from './launch-at-login.ts';
import type { DesktopVault } from './secret-vault.ts';
import type { Updater } from './updater.ts';

type ComputerDeps = Readonly<{
  platform: NodeJS.Platform;
  version: string;
  hasSandbox: boolean;
  dataFolder: string;
  engine: () => EngineState;
  vault: Pick<DesktopVault, 'describe' | 'acceptWeakKeyring' | 'refuseWeakKeyring' | 'listWeak'>;
  store: ComputerStore;
  launchAtLogin: LaunchAtLogin;
  updater: Updater;
  /** By the engine, which forgets the key as well. */
  removeConnection: (name: ConnectionView['name']) => Promise<Result<unknown>>;
}>;

const connectionOf: Readonly<Record<SecretName, ConnectionView['name']>> = {
  postscript_key: 'postscript',
  smartrr_token: 'smartrr',
  inbox_token: 'inbox',
  inbox_webhook_secret: 'inbox',
};

/** What belongs to this computer, and what the merchant has chosen for it. */
export function createComputerHandlers(deps: ComputerDeps): ComputerHandlers {
  const { platform, version, hasSandbox, dataFolder, engine, vault, store, launchAtLogin, updater, removeConnection } =
    deps;
  const get: ComputerHandlers['computer.get'] = async () =>
    ok({
      host: 'desktop',
      version,
      dataFolder,
      logFile: findLogFile(dataFolder),
      engine: engine(),
      secretStore: await vault.describe(),
      desktop: {
        onClose: platform === 'darwin' ? null : store.get('onClose'),
        notifications: store.get('notifications'),
        launchAtLogin: await launchAtLogin.read(),
        hasSandbox,
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
    'computer.acceptWeakKeyring': async ({ accept }) => {
      if (accept) {
        vault.acceptWeakKeyring();
        return get({});
      }
      for (const name of new Set(vault.listWeak().map((secret) => connectionOf[secret]))) {
        const removed = await removeConnection(name);
        if (!removed.ok) return removed;
      }
      vault.refuseWeakKeyring();
      return get({});
    },
    'computer.checkForUpdate': updater.check,
    'computer.downloadUpdate': updater.download,
    'computer.installUpdate': updater.install,
  };
}
