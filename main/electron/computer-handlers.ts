import type { EngineState } from '../../shared/ipc/computer-contract.ts';
import type { ComputerHandlers } from '../../shared/ipc/contract.ts';
import { ok } from '../../shared/result.ts';
import type { SecretVault } from '../engine/port.ts';
import { findLogFile } from '../folders.ts';
import type { ComputerStore } from './computer-store.ts';
import type { LaunchAtLogin } from './launch-at-login.ts';

type ComputerDeps = Readonly<{
  version: string;
  dataFolder: string;
  engine: () => EngineState;
  vault: Pick<SecretVault, 'describe'>;
  store: ComputerStore;
  launchAtLogin: LaunchAtLogin;
}>;

/** What belongs to this computer, and what the merchant has chosen for it. */
export function createComputerHandlers(deps: ComputerDeps): ComputerHandlers {
  const { version, dataFolder, engine, vault, store, launchAtLogin } = deps;
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
      },
    });
  return {
    'computer.get': get,
    'computer.save': async ({ onClose, notifications, launchAtLogin: startsAtLogin }) => {
      if (onClose !== undefined) store.set('onClose', onClose);
      if (notifications !== undefined) store.set('notifications', notifications);
      const launch = startsAtLogin === undefined ? ok(null) : await launchAtLogin.set(startsAtLogin);
      return launch.ok ? get({}) : launch;
    },
  };
}
