import type { EngineState } from '../../shared/ipc/computer-contract.ts';
import type { ComputerHandlers } from '../../shared/ipc/contract.ts';
import { fail, ok } from '../../shared/result.ts';
import type { SecretVault } from '../engine/port.ts';
import { findLogFile } from '../folders.ts';

type ComputerDeps = Readonly<{
  version: string;
  dataFolder: string;
  engine: () => EngineState;
  /** A page may ask before the host has opened it. */
  vault: Promise<Pick<SecretVault, 'describe'>>;
}>;

const notThisWay = fail(
  'conflict',
  'In a browser tab, Heads Up does not update itself.',
  'Get the newer version into its folder, stop Heads Up and start it again.',
);

/** What belongs to this computer, as far as a browser tab has to do with it. */
export function createComputerHandlers({ version, dataFolder, engine, vault }: ComputerDeps): ComputerHandlers {
  return {
    'computer.get': async () =>
      ok({
        host: 'browser',
        version,
        dataFolder,
        logFile: findLogFile(dataFolder),
        engine: engine(),
        secretStore: await (await vault).describe(),
        desktop: null,
      }),
    'computer.acceptWeakKeyring': () =>
      fail('conflict', 'A browser tab keeps keys without a keyring.', 'There is nothing to accept.'),
    'computer.save': () => fail('conflict', 'A browser tab has no such settings.', 'The desktop app has them.'),
    'computer.checkForUpdate': () => notThisWay,
    'computer.downloadUpdate': () => notThisWay,
    'computer.installUpdate': () => notThisWay,
  };
}
