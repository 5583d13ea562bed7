import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Conf from 'conf';
import { toError } from '../../shared/result.ts';
import { setAsideDamagedConfig } from '../damaged-config.ts';
import { syncFoldersOf } from '../durable-files.ts';
import type { SecretName, SecretVault } from '../engine/port.ts';
import { createKeyFile, createPassphraseKey, toKeyId, type KeySource } from './key-source.ts';

type VaultOptions = Readonly<{
  configFolder: string;
  keyFolder: string;
  /** Null: a key file is used. */
  passphrase: string | null;
}>;

/** As it was read: somebody may have changed it by hand. */
type ConfigFile = {
  /** Text by name. */
  browserSecrets?: unknown;
  /** Base64; made once, so that the same passphrase opens the secrets again. */
  browserSalt?: unknown;
};

const again = 'Enter the keys again under Settings, Connections.';
const damaged = `A saved key was changed or damaged. ${again}`;

/**
 * Keeps secrets encrypted in `config.json`, the file that the desktop app also uses.
 *
 * Each is AES-256-GCM bound to its name, and says which key it was saved with: a lost key file, another passphrase and
 * a damaged file are told apart. What cannot be opened is also said by `describe`, until it is entered again.
 *
 * Throws with a sentence when the file may not be read or written.
 */
export function createKeyFileVault({ configFolder, keyFolder, passphrase }: VaultOptions): SecretVault {
  const { config, setAside } = openConfig(configFolder);
  const source = passphrase === null ? createKeyFile(join(keyFolder, 'key')) : toPassphraseKey(config, passphrase);
  const problems = new Map<SecretName, string>();
  let lost = setAside;

  async function read(name: SecretName, sealed: unknown): Promise<string> {
    if (typeof sealed !== 'string') throw new Error(damaged);
    const key = await source.find();
    const { keyId, ...parts } = parseSealed(sealed);
    if (key === null) throw new Error(`The key file is gone, so the saved keys cannot be read. Put it back. ${again}`);
    if (keyId !== toKeyId(source, key)) throw new Error(explainOtherKey(source, keyId));
    return open(name, key, parts);
  }

  return {
    read: async (name) => {
      problems.delete(name);
      const sealed = findSealed(config.get('browserSecrets'), name);
      if (sealed === undefined) return null;
      return read(name, sealed).catch((error: unknown) => {
        problems.set(name, toError(error).message);
        throw error;
      });
    },
    write: async (name, value) => {
      const key = await source.findOrCreate();
      const sealed = seal(name, key, toKeyId(source, key), value);
      save(config, { ...toRecord(config.get('browserSecrets')), [name]: sealed });
      problems.delete(name);
      lost = null;
    },
    remove: (name) => {
      const { [name]: _removed, ...rest } = toRecord(config.get('browserSecrets')) ?? {};
      save(config, rest);
      problems.delete(name);
      return Promise.resolve();
    },
    describe: () => {
      const [problem = lost] = problems.values();
      return Promise.resolve({ state: 'protected', description: source.description, problem });
    },
  };
}

/** Undefined where there is none; what stands in the place of all of them stands in the place of each. */
function findSealed(secrets: unknown, name: SecretName): unknown {
  const byName = toRecord(secrets);
  if (byName === undefined) return secrets;
  return Object.hasOwn(byName, name) ? byName[name] : undefined;
}

function toRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

type Sealed = Readonly<{ nonce: Buffer; content: Buffer; tag: Buffer }>;

function seal(name: SecretName, key: Buffer, keyId: string, value: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name));
  const content = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return ['v1', keyId, ...[nonce, content, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join('.');
}

function open(name: SecretName, key: Buffer, { nonce, content, tag }: Sealed): string {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 });
    decipher.setAAD(Buffer.from(name)).setAuthTag(tag);
    return Buffer.concat([decipher.update(content), decipher.final()]).toString('utf8');
  } catch (error) {
    throw new Error(damaged, { cause: error });
  }
}

function parseSealed(text: string): Sealed & Readonly<{ keyId: string }> {
  const [version, keyId, nonce, content, tag] = text.split('.');
  if (version !== 'v1' || keyId === undefined || nonce === undefined || content === undefined || tag === undefined) {
    throw new Error(damaged);
  }
  const toBuffer = (part: string): Buffer => Buffer.from(part, 'base64url');
  return { keyId, nonce: toBuffer(nonce), content: toBuffer(content), tag: toBuffer(tag) };
}

function explainOtherKey(source: KeySource, keyId: string): string {
  if (source.kind === 'file') {
    return keyId.startsWith('passphrase-')
      ? `The saved keys need the passphrase: start Heads Up with HEADS_UP_PASSPHRASE. Without it: ${again}`
      : `The key file is not the one that the saved keys were made with. Put the old one back. Without it: ${again}`;
  }
  return keyId.startsWith('file-')
    ? `The saved keys were saved without a passphrase: start without HEADS_UP_PASSPHRASE. Or: ${again}`
    : `HEADS_UP_PASSPHRASE is not the passphrase that the saved keys were made with. Without it: ${again}`;
}

function openConfig(folder: string): Readonly<{ config: Conf<ConfigFile>; setAside: string | null }> {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const setAside = setAsideDamagedConfig(folder, Date.now());
    const config = new Conf<ConfigFile>({
      cwd: folder,
      projectName: 'heads-up',
      configFileMode: 0o600,
      accessPropertiesByDotNotation: false,
    });
    return { config, setAside };
  } catch (error) {
    const path = join(folder, 'config.json');
    throw new Error(`${path} cannot be read: ${toError(error).message}. Put it right or move it away.`, {
      cause: error,
    });
  }
}

function toPassphraseKey(config: Conf<ConfigFile>, passphrase: string): KeySource {
  const known = config.get('browserSalt');
  const salt = typeof known === 'string' ? known : randomBytes(16).toString('base64');
  if (salt !== known) config.set('browserSalt', salt);
  return createPassphraseKey(passphrase, Buffer.from(salt, 'base64'));
}

function save(config: Conf<ConfigFile>, secrets: Readonly<Record<string, unknown>>): void {
  try {
    config.set('browserSecrets', secrets);
    // Its new version has taken the place of the old one by a rename.
    syncFoldersOf(config.path);
  } catch (error) {
    throw new Error('The key could not be saved: the disk refused. Make room and try again.', { cause: error });
  }
}
