import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { ShopSettings } from '../../shared/domain/settings.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { syncFile, syncFolder } from '../durable-files.ts';
import { finishCopy } from './back-up.ts';
import { backupNameFor, findBackup, makeBackupsFolder, removeWithCompanions } from './backup-files.ts';
import { migrate, schemaVersion } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { REPLACED_MARK } from './settle-copy.ts';
import { setMark } from './shop.ts';
import type { WriteDb } from './types.ts';

/** Being looked at; a crash leaves it behind and the next open removes it. */
const draftOf = (path: string): string => `${path}.restore-draft`;
/** Chosen: from its rename on, the restore is finished by whoever opens the database next. */
const stagedOf = (path: string): string => `${path}.restored`;

const tables = ['settings', 'marks', 'customers', 'subscriptions', 'deliveries', 'attempts', 'decisions'];

/**
 * Looks whether a copy can be restored, and if so stages it: the next `openDatabase` puts it in place.
 *
 * Until the last rename nothing has changed; everything is tried on a copy of the copy.
 *
 * @param replaced when notices begin in the shop that is replaced
 */
export function stageRestore(
  path: string,
  name: string,
  now: number,
  replaced: Pick<ShopSettings, 'leadDays' | 'window'>,
): Result<void> {
  const backup = findBackup(path, name);
  if (backup === undefined) return fail('not_found', 'There is no such backup.', 'Look at the list again.');
  const draft = draftOf(path);
  removeWithCompanions(draft);
  try {
    copyFileSync(backup, draft);
    // A file that was moved out of the way after a crash may have its newest commits beside it.
    if (existsSync(`${backup}-wal`)) copyFileSync(`${backup}-wal`, `${draft}-wal`);
    chmodSync(draft, 0o600);
    const problem = prepareDraft(draft);
    if (problem !== undefined) return problem;
    noteReplaced(draft, replaced);
    finishCopy(draft, null);
    // What is replaced is named by this moment, however often the rest is begun.
    utimesSync(draft, now / 1000, now / 1000);
    renameSync(draft, stagedOf(path));
    syncFolder(dirname(path));
    return ok(undefined);
  } finally {
    removeWithCompanions(draft);
  }
}

/** Changed lead days or another window may be in no copy, and a notice that left under them is in none. */
function noteReplaced(draft: string, { leadDays, window }: Pick<ShopSettings, 'leadDays' | 'window'>): void {
  const db = new Database(draft);
  try {
    setMark(db, REPLACED_MARK, JSON.stringify({ leadDays, opens: window.opens }));
  } finally {
    db.close();
  }
}

function prepareDraft(draft: string): Result<never> | undefined {
  const another = 'Choose another backup. Nothing was changed.';
  let db: WriteDb | undefined;
  try {
    db = new Database(draft);
    const found = new Set(db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all());
    const version = schemaVersion(db);
    if (version === 0 || tables.some((table) => !found.has(table)))
      return fail('invalid_input', 'This file is not a backup of Heads Up.', another);
    if (version > (migrations.at(-1)?.version ?? 0))
      return fail('conflict', 'This backup is of a newer Heads Up.', 'Install the newer version, then restore it.');
    if (db.pragma('integrity_check', { simple: true }) !== 'ok')
      return fail('invalid_input', 'This backup is damaged.', another);
    migrate(db);
    return undefined;
  } catch (error) {
    if (error instanceof Database.SqliteError && /^SQLITE_(?:CORRUPT|NOTADB)/.test(error.code))
      return fail('invalid_input', 'This backup is damaged, or not a backup at all.', another);
    throw error;
  } finally {
    db?.close();
  }
}

/**
 * Ends a restore that was staged; does nothing when there is none. Call it before the database is opened.
 *
 * Every step can be the last before a crash: the staged file stays until it takes the place of the other one, which is
 * kept in `backups/`. Its `-wal` goes first, because beside another file it would damage that one.
 */
export function finishRestore(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  removeWithCompanions(draftOf(path));
  const staged = stagedOf(path);
  const stat = statSync(staged, { throwIfNoEntry: false });
  if (stat === undefined) return;
  const folder = makeBackupsFolder(path);
  const kept = join(folder, backupNameFor('replaced', Math.round(stat.mtimeMs)));
  if (existsSync(`${path}-wal`)) renameSync(`${path}-wal`, `${kept}-wal`);
  if (existsSync(path)) renameSync(path, kept);
  rmSync(`${path}-shm`, { force: true });
  syncFolder(folder);
  // Else a power cut could keep the next name and bring the old `-wal` back beside it.
  syncFolder(dirname(path));
  renameSync(staged, path);
  syncFile(path);
  syncFolder(dirname(path));
}
