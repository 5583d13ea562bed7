import type { SafeStorage } from 'electron';
import type { SecretName, SecretVault } from '../engine/port.ts';

/** The part of electron-store that is used: encrypted secrets by name, base64. */
export type SecretStore = Readonly<{
  get: (name: SecretName) => string | undefined;
  set: (name: SecretName, value: string) => void;
  delete: (name: SecretName) => void;
}>;

type AsyncStorage = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

type VaultDeps = Readonly<{ safeStorage: AsyncStorage; store: SecretStore; platform: NodeJS.Platform }>;

const unsafe =
  'This computer has no keyring that could protect the key, so it was not saved. ' +
  'Set up GNOME Keyring or KWallet and start Heads Up again.';

/** Keeps secrets encrypted by the operating system's keyring. Where there is none, nothing is kept. */
export async function createSecretVault({ safeStorage, store, platform }: VaultDeps): Promise<SecretVault> {
  // On Linux without a keyring Electron "encrypts" with a password that is the same everywhere.
  const backend = platform === 'linux' ? safeStorage.getSelectedStorageBackend() : 'system';
  const isSafe = backend !== 'basic_text' && (await safeStorage.isAsyncEncryptionAvailable());

  return {
    read: async (name) => {
      const sealed = store.get(name);
      if (sealed === undefined) return null;
      if (!isSafe) throw new Error('The keyring that protects the saved keys is not available. Unlock it and restart.');
      let opened: Awaited<ReturnType<AsyncStorage['decryptStringAsync']>>;
      try {
        opened = await safeStorage.decryptStringAsync(Buffer.from(sealed, 'base64'));
      } catch (error) {
        throw new Error('A saved key cannot be read on this computer. Enter it again.', { cause: error });
      }
      if (opened.shouldReEncrypt) await keep(name, opened.result);
      return opened.result;
    },
    write: async (name, value) => {
      if (!isSafe) throw new Error(unsafe);
      await keep(name, value);
    },
    remove: (name) => {
      store.delete(name);
      return Promise.resolve();
    },
    describe: () => ({
      isSafe,
      description: isSafe
        ? "Encrypted with this computer's keyring."
        : 'This computer has no keyring that could protect keys, so none can be saved.',
    }),
  };

  async function keep(name: SecretName, value: string): Promise<void> {
    store.set(name, (await safeStorage.encryptStringAsync(value)).toString('base64'));
  }
}
