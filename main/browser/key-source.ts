import { createHash, randomBytes, scrypt } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFoldersOf } from '../durable-files.ts';

/** Where the key comes from that opens the saved secrets. */
export type KeySource = Readonly<{
  kind: 'file' | 'passphrase';
  /** Null when there is no key yet. Throws with a sentence when there is something, but not a key. */
  find: () => Promise<Buffer | null>;
  findOrCreate: () => Promise<Buffer>;
  description: string;
}>;

const keyBytes = 32;
// OWASP's first recommendation for scrypt: 128 MiB and about half a second per try.
const scryptCost = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };

/** A random key in a file for its owner only. */
export function createKeyFile(path: string): KeySource {
  const find = (): Promise<Buffer | null> => {
    let key: Buffer;
    try {
      key = readFileSync(path);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Promise.resolve(null);
      return Promise.reject(new Error(`The key file ${path} cannot be read.`, { cause: error }));
    }
    if (key.length !== keyBytes)
      return Promise.reject(
        new Error(
          `The key file ${path} is damaged. Put a copy in its place, or move it away and enter the keys again.`,
        ),
      );
    // A copy or a restore may have opened it to others.
    if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
    return Promise.resolve(key);
  };
  return {
    kind: 'file',
    find,
    findOrCreate: async () => {
      const found = await find();
      if (found !== null) return found;
      const key = randomBytes(keyBytes);
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      // Whole and on the disk before anything is encrypted with it: half a key would have to be removed by hand.
      const draft = `${path}.new`;
      writeFileSync(draft, key, { mode: 0o600, flush: true });
      renameSync(draft, path);
      syncFoldersOf(path);
      return key;
    },
    description: `Encrypted with the key file ${path}, which only your user account on this computer can read.`,
  };
}

/** A key made from what the merchant types; nothing on the disk opens the secrets without it. */
export function createPassphraseKey(passphrase: string, salt: Buffer): KeySource {
  let derived: Promise<Buffer> | undefined;
  const derive = (): Promise<Buffer> =>
    (derived ??= new Promise((resolve, reject) => {
      scrypt(passphrase.normalize('NFKC'), salt, keyBytes, scryptCost, (error, key) => {
        if (error === null) resolve(key);
        else reject(error);
      });
    }));
  return {
    kind: 'passphrase',
    find: derive,
    findOrCreate: derive,
    description: 'Encrypted with the passphrase that was given in HEADS_UP_PASSPHRASE; it is kept nowhere.',
  };
}

/** Tells keys apart without telling anything about them: which one a secret was saved with. */
export function toKeyId(source: KeySource, key: Buffer): string {
  return `${source.kind}-${createHash('sha256').update('heads-up key id').update(key).digest('hex').slice(0, 16)}`;
}
