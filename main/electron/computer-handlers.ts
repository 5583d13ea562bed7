import type { ComputerHandlers } from '../../shared/ipc/contract.ts';
import { ok } from '../../shared/result.ts';
import type { SecretVault } from '../engine/port.ts';
import { findLogFile } from '../folders.ts';
import type { ComputerStore } from './computer-store.ts';

type ComputerDeps = Readonly<{
  version: string;
  dataFolder: string;
  vault: Pick<SecretVault, 'describe'>;
  store: ComputerStore;
}>;

/** What belongs to this computer, and what the merchant has chosen for it. */
export function createComputerHandlers({ version, dataFolder, vault, store }: ComputerDeps): ComputerHandlers {
  const get: ComputerHandlers['computer.get'] = () =>
    ok({
      host: 'desktop',
      version,
      dataFolder,
      logFile: findLogFile(dataFolder),
      secretStore: vault.describe(),
      desktop: { onClose: store.get('onClose'), notifications: store.get('notifications') },
    });
  return {
    'computer.get': get,
    'computer.save': ({ onClose, notifications }) => {
      if (onClose !== undefined) store.set('onClose', onClose);
      if (notifications !== undefined) store.set('notifications', notifications);
      return get({});
    },
  };
}
