import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import { provide } from './refuse-missing.ts';
import { settings } from './given-settings.ts';
import type { Keyring } from './settings.ts';

const nonceBytes = 12;
const tagBytes = 16;

const state: { keyring: Keyring; shouldReEncrypt: boolean } = { keyring: settings.keyring, shouldReEncrypt: false };

/** For the test: what the computer's keyring is from now on. */
export function setKeyring(keyring: Keyring, shouldReEncrypt = false): void {
  Object.assign(state, { keyring, shouldReEncrypt });
}

/** `v11` is sealed with a key of the keyring, `v10` with a password that is the same everywhere. */
function keyFor(version: string): Buffer {
  if (version !== 'v11') return createHash('sha256').update('peanuts').digest();
  const path = join(settings.keyringFolder, 'key');
  try {
    return readFileSync(path);
  } catch {
    mkdirSync(settings.keyringFolder, { recursive: true });
    const key = randomBytes(32);
    writeFileSync(path, key, { mode: 0o600 });
    return key;
  }
}

function seal(plainText: string): Buffer {
  const version = state.keyring === 'open' ? 'v11' : 'v10';
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', keyFor(version), nonce);
  const sealed = Buffer.concat([cipher.update(plainText, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from(version), nonce, cipher.getAuthTag(), sealed]);
}

function open(encrypted: Buffer): string {
  const version = encrypted.subarray(0, 3).toString();
  if (version === 'v11' && state.keyring !== 'open') {
    throw new Error('safeStorage.decryptStringAsync is temporarily unavailable. Please try again.');
  }
  try {
    const nonce = encrypted.subarray(3, 3 + nonceBytes);
    const decipher = createDecipheriv('aes-256-gcm', keyFor(version), nonce);
    decipher.setAuthTag(encrypted.subarray(3 + nonceBytes, 3 + nonceBytes + tagBytes));
    const sealed = encrypted.subarray(3 + nonceBytes + tagBytes);
    return Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8');
  } catch {
    throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.');
  }
}

type Provided = Pick<
  SafeStorage,
  | 'isAsyncEncryptionAvailable'
  | 'encryptStringAsync'
  | 'decryptStringAsync'
  | 'getSelectedStorageBackend'
  | 'setUsePlainTextEncryption'
>;

/** Electron's async API as it is on Linux: it always answers, and only the seal's version tells a keyring from none. */
export const safeStorage = provide<Provided>('safeStorage', {
  isAsyncEncryptionAvailable: () => Promise.resolve(true),
  encryptStringAsync: (plainText) => Promise.resolve(seal(plainText)),
  // Async, so that what cannot be opened is a rejection.
  decryptStringAsync: async (encrypted) => ({ result: open(encrypted), shouldReEncrypt: state.shouldReEncrypt }),
  getSelectedStorageBackend: () => (state.keyring === 'none' ? 'basic_text' : 'gnome_libsecret'),
  setUsePlainTextEncryption: () => undefined,
});
