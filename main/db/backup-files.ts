import { lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { syncFolder } from '../durable-files.ts';

/** The copies of a database: their folder, their names, and what of them is kept. */

type BackupKind = 'daily' | 'asked' | 'before_update' | 'replaced' | 'other';

export type BackupFile = Readonly<{
  name: string;
  kind: BackupKind;
  /** Epoch ms; of a file that somebody put there, when it was last written. */
  madeAt: number;
  bytes: number;
}>;

/** A week of days: longer than it takes to notice, and what was erased is gone from them after the shortest retention. */
export const DAILY_KEPT = 7;

/** Plain names only, so that nothing outside the folder can be meant. `.v30` is the copy made before an update. */
const backupName = /^\w[\w .()-]{0,150}\.db(?:\.v\d+)?$/;
const ownName = /-(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(\d{3})Z-(daily|asked|replaced)\.db$/;

export function backupsFolder(databasePath: string): string {
  return join(dirname(databasePath), 'backups');
}

/** Sorts by name as it does by time. */
export function backupNameFor(kind: 'daily' | 'asked' | 'replaced', at: number): string {
  return `heads-up-${new Date(at).toISOString().replace(/[-:.]/g, '')}-${kind}.db`;
}

/** Newest first. What is half-written, a link, or not named like a copy is left out. */
export function listBackups(databasePath: string): readonly BackupFile[] {
  const folder = backupsFolder(databasePath);
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    // No copy was made yet.
    return [];
  }
  return names
    .filter((name) => backupName.test(name))
    .flatMap((name): BackupFile[] => {
      const stat = lstatSync(join(folder, name), { throwIfNoEntry: false });
      if (stat?.isFile() !== true) return [];
      return [{ name, ...readName(name, stat.mtimeMs), bytes: stat.size }];
    })
    .toSorted((a, b) => b.madeAt - a.madeAt || b.name.localeCompare(a.name));
}

function readName(name: string, writtenAt: number): Pick<BackupFile, 'kind' | 'madeAt'> {
  const [, year, month, day, hour, minute, second, ms, kind] = ownName.exec(name) ?? [];
  if (kind !== undefined) {
    const madeAt = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`);
    if (!Number.isNaN(madeAt)) return { kind: kind as BackupKind, madeAt };
  }
  return { kind: /\.v\d+$/.test(name) ? 'before_update' : 'other', madeAt: Math.round(writtenAt) };
}

/** The path of a copy that is in the folder; undefined for any other name, whatever it looks like. */
export function findBackup(databasePath: string, name: string): string | undefined {
  const isListed = listBackups(databasePath).some((file) => file.name === name);
  return isListed ? join(backupsFolder(databasePath), name) : undefined;
}

/** False when there is no such copy. */
export function removeBackup(databasePath: string, name: string): boolean {
  const path = findBackup(databasePath, name);
  if (path === undefined) return false;
  removeWithCompanions(path);
  // It may hold a customer who was erased, so it must not come back.
  syncFolder(backupsFolder(databasePath));
  return true;
}

/** Only the copies that were made by themselves; what a person asked for stays until a person removes it. */
export function removeOldDailyBackups(databasePath: string): void {
  const daily = listBackups(databasePath).filter(({ kind }) => kind === 'daily');
  for (const { name } of daily.slice(DAILY_KEPT)) removeBackup(databasePath, name);
}

export function makeBackupsFolder(databasePath: string): string {
  const folder = backupsFolder(databasePath);
  const isNew = mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined;
  if (isNew) syncFolder(dirname(folder));
  return folder;
}

/** A database file with what SQLite may have left beside it. */
export function removeWithCompanions(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${path}${suffix}`, { force: true });
}
