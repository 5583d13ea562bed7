import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createKeyFileVault } from '../../../main/browser/key-file-vault.ts';
import { findBackup } from '../../../main/db/backup-files.ts';
import { openDatabase } from '../../../main/db/open-database.ts';
import type { ReadDb } from '../../../main/db/types.ts';
import { createEngine } from '../../../main/engine/engine.ts';
import { secretNames } from '../../../main/engine/port.ts';
import { createInboxStore } from '../../../main/inbox/store.ts';
import { startAt } from '../../helpers/crash-world.ts';
import { toError } from '../../../shared/result.ts';
import type { Image } from './disk-model.ts';
import { places, type Promises } from './promises.ts';

/** What the shop's database holds after it was opened, as one number, or why it cannot be used. */
export type Opened = Readonly<{ kind: 'rows'; digest: string }> | Readonly<{ kind: 'unusable'; why: string }>;

/** Puts an image where the product finds it. */
export function writeImage(image: Image, from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { mode: 0o700 });
  const placeOf = (path: string): string => join(to, path.slice(from.length));
  for (const folder of image.folders) mkdirSync(placeOf(folder), { mode: 0o700 });
  for (const [path, content] of image.files) writeFileSync(placeOf(path), content.bytes(), { mode: 0o600 });
}

/** Opens the shop's database as the product does, whatever it finds there. */
export function openShopOf(root: string): Opened {
  try {
    const db = openDatabase({ path: join(root, places.database), now: () => startAt });
    try {
      const check = db.pragma('quick_check', { simple: true });
      return check === 'ok' ? { kind: 'rows', digest: digestOf(db) } : { kind: 'unusable', why: String(check) };
    } finally {
      db.close();
    }
  } catch (error) {
    return { kind: 'unusable', why: toError(error).message };
  }
}

/** Every row of every table; two databases with the same digest hold the same. */
function digestOf(db: ReadDb): string {
  const hash = createHash('sha256');
  const tables = db
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name",
    )
    .pluck()
    .all();
  for (const table of tables) {
    hash.update(`\n${table}`);
    for (const row of db.prepare(`SELECT * FROM "${table}"`).raw().all())
      hash.update(JSON.stringify(row, (_key, value: unknown) => (value instanceof Uint8Array ? [...value] : value)));
  }
  return hash.digest('hex');
}

/** Which of the promises that are not about the shop's rows an image does not keep. */
export async function findBroken(root: string, promises: Promises): Promise<readonly string[]> {
  const database = join(root, places.database);
  const broken = promises.backups.flatMap((name) => {
    const path = findBackup(database, name);
    const problem = path === undefined ? 'is gone' : checkBackup(path);
    return problem === null ? [] : [`the backup ${name} ${problem}`];
  });
  return [...broken, ...findLostMessages(root, promises), ...(await findLostSecrets(root, promises))];
}

function checkBackup(path: string): string | null {
  const db = new Database(path, { readonly: true });
  try {
    return db.pragma('quick_check', { simple: true }) === 'ok' ? null : 'is damaged';
  } catch (error) {
    return toError(error).message;
  } finally {
    db.close();
  }
}

function findLostMessages(root: string, { messages }: Promises): readonly string[] {
  const path = join(root, places.inbox);
  if (messages.length === 0 && !existsSync(path)) return [];
  try {
    const store = createInboxStore(path);
    try {
      const kept = new Set(store.listAfter('', 500)?.replies.map(({ id }) => id));
      return messages.filter((id) => !kept.has(id)).map((id) => `the message ${id} is gone from the inbox`);
    } finally {
      store.close();
    }
  } catch (error) {
    return [`the inbox does not open: ${toError(error).message}`];
  }
}

/** Opening the vault is part of every start, promises or not. */
async function findLostSecrets(root: string, { secrets }: Promises): Promise<readonly string[]> {
  const broken: string[] = [];
  try {
    const vault = openVault(root);
    for (const name of secretNames) {
      const wanted = secrets[name];
      if (wanted !== undefined && (await vault.read(name)) !== wanted) broken.push(`the saved ${name} is gone`);
    }
    // What a person does when a key is gone: enter it again.
    await vault.write('smartrr_token', 'entered again');
  } catch (error) {
    broken.push(`the saved keys: ${toError(error).message}`);
  }
  return broken;
}

function openVault(root: string) {
  return createKeyFileVault({
    configFolder: join(root, places.config),
    keyFolder: join(root, places.keys),
    passphrase: null,
  });
}

/** The whole engine on what was left, up to its first answer. Throws when it does not start. */
export async function startOn(root: string): Promise<void> {
  const nowhere = 'http://127.0.0.1:9';
  const engine = await createEngine({
    start: {
      host: 'browser',
      version: '0.0.0-torture',
      dataFolder: join(root, places.data),
      startInPractice: false,
      remotes: { postscript: nowhere, smartrr: nowhere },
    },
    // Without keys nothing is asked of anybody: what is tried here is the start.
    vault: { read: () => Promise.resolve(null), write: () => Promise.resolve(), remove: () => Promise.resolve() },
    emit: () => undefined,
    restart: () => undefined,
    log: () => undefined,
  });
  const status = await engine.call('status.get', {});
  await engine.stop();
  if (!status.ok) throw new Error(status.error.message);
}
