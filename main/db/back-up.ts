import { closeSync, openSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { syncFile, syncFolder } from '../durable-files.ts';
import { backupNameFor, makeBackupsFolder, removeWithCompanions } from './backup-files.ts';
import { markAsCopy } from './settle-copy.ts';
import type { ReadDb } from './types.ts';

/** Pages copied in one go, about 2 MB: the jobs take their turns in between. */
const PAGES = 500;

export type BackUpOptions = Readonly<{
  path: string;
  kind: 'daily' | 'asked';
  now: number;
  /** False ends the copy half-way and leaves nothing behind. */
  mayGoOn: () => boolean;
}>;

/**
 * Copies the database while it is in use, into its `backups/`; the copy appears whole or not at all.
 *
 * @returns the name of the copy
 */
export async function backUp(db: ReadDb, { path, kind, now, mayGoOn }: BackUpOptions): Promise<string> {
  const folder = makeBackupsFolder(path);
  const name = backupNameFor(kind, now);
  const partial = join(folder, `${name}.partial`);
  removeWithCompanions(partial);
  try {
    // Made here, so that it is its owner's from the first byte on.
    closeSync(openSync(partial, 'w', 0o600));
    await db.backup(partial, {
      progress: () => {
        if (!mayGoOn()) throw new Error('The copy was given up because Heads Up is closing.');
        return PAGES;
      },
    });
    finishCopy(partial, now);
    renameSync(partial, join(folder, name));
    syncFolder(folder);
  } catch (error) {
    removeWithCompanions(partial);
    throw error;
  }
  return name;
}

/** One file without companions, on the disk, that knows what it is. */
export function finishCopy(path: string, madeAt: number | null): void {
  const copy = new Database(path);
  try {
    copy.pragma('journal_mode = DELETE');
    markAsCopy(copy, madeAt);
  } finally {
    copy.close();
  }
  syncFile(path);
}
