import type { createSecretVault } from '../../main/electron/secret-vault.ts';

type AsyncStorage = Parameters<typeof createSecretVault>[0]['safeStorage'];

/** What the computer offers: a keyring, one that is locked, or none. */
export type Keyring = 'open' | 'locked' | 'none';

/**
 * Electron's safeStorage as it behaves on Linux and, with `locked`, on a Mac whose keychain was denied.
 *
 * On Linux the asynchronous API always calls itself available. The tag before what it encrypts says with which key:
 * v11 is the keyring's, v10 is the one that everybody knows.
 */
export function createFakeSafeStorage(platform: 'linux' | 'darwin' | 'win32' = 'linux') {
  let keyring: Keyring = 'open';
  let generation = 1;
  let isDesktopUnknown = false;
  let isPlainTextAllowed = false;
  let encrypted = 0;
  const bestTag = (): string | null => {
    if (keyring === 'open') return platform === 'linux' ? 'v11' : 'v10';
    return platform === 'linux' ? 'v10' : null;
  };
  const flip = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0xff));

  const safeStorage: AsyncStorage = {
    isAsyncEncryptionAvailable: () => Promise.resolve(true),
    getSelectedStorageBackend: () => {
      if (platform !== 'linux') throw new TypeError('safeStorage.getSelectedStorageBackend is not a function');
      return keyring === 'none' || isDesktopUnknown ? 'basic_text' : 'gnome_libsecret';
    },
    setUsePlainTextEncryption: (usePlainText) => {
      isPlainTextAllowed = usePlainText;
    },
    encryptStringAsync: (text) => {
      encrypted += 1;
      const tag = bestTag();
      if (tag === null) return Promise.reject(new Error('Error while encrypting the text.'));
      return Promise.resolve(Buffer.concat([Buffer.from(`${tag}${generation}`), flip(Buffer.from(text))]));
    },
    decryptStringAsync: (sealed) => {
      const tag = sealed.toString('latin1', 0, 3);
      const madeIn = Number(sealed.toString('latin1', 3, 4));
      // What was never encrypted comes back as it is, the worst that a library could do.
      if (tag !== 'v10' && tag !== 'v11') return Promise.resolve({ result: sealed.toString(), shouldReEncrypt: false });
      if ((tag === 'v11' || platform !== 'linux') && keyring !== 'open') {
        return Promise.reject(new Error('decryptStringAsync is temporarily unavailable. Please try again.'));
      }
      if (Number.isNaN(madeIn)) return Promise.reject(new Error('Error while decrypting the ciphertext.'));
      const shouldReEncrypt = tag !== bestTag() || madeIn !== generation;
      return Promise.resolve({ result: flip(sealed.subarray(4)).toString(), shouldReEncrypt });
    },
  };
  return {
    safeStorage,
    set: (state: Keyring) => {
      keyring = state;
    },
    /** The keyring makes itself a new key; the old one goes on to open what it has closed. */
    rotate: () => {
      generation += 1;
    },
    /** A desktop that Electron has no name for, whatever keyring runs on it. */
    hideDesktop: () => {
      isDesktopUnknown = true;
    },
    isPlainTextAllowed: () => isPlainTextAllowed,
    countEncrypted: () => encrypted,
  };
}
