import { chmodSync, existsSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { syncFolder } from '../durable-files.ts';
import { finishCopy } from './back-up.ts';
import { backupsFolder, makeBackupsFolder } from './backup-files.ts';
import { migrations as allMigrations } from './migrations/index.ts';
import type { Migration, ReadDb, WriteDb } from './types.ts';

/** The file was written by a newer Heads Up; opening it could lose what this version does not know. */
export class NewerDatabaseError extends Error {
  constructor(found: number, known: number) {
    super(`The database has version ${found}; this Heads Up knows versions up to ${known}.`);
    this.name = 'NewerDatabaseError';
  }
}

export function schemaVersion(db: ReadDb): number {
  return Number(db.pragma('user_version', { simple: true }));
}

/** Where the copy that is made before migrating from `version` lies. */
export function backupPath(path: string, version: number): string {
  return join(backupsFolder(path), `${basename(path)}.v${version}`);
}

/**
 * Brings the database to the newest schema, after a copy of a file that holds something.
 *
 * Each migration is one transaction together with its version number, so a crash leaves the one before or the one after.
 */
export function backUpAndMigrate(db: WriteDb, path: string, migrations: readonly Migration[] = allMigrations): void {
  const found = schemaVersion(db);
  const newest = migrations.at(-1)?.version ?? 0;
  if (found > newest) throw new NewerDatabaseError(found, newest);
  if (found === newest) return;
  if (found > 0 && path !== ':memory:') copyBeforeUpdate(db, path, found);
  migrate(db, migrations);
}

/** The steps alone, without a copy. */
export function migrate(db: WriteDb, migrations: readonly Migration[] = allMigrations): void {
  const found = schemaVersion(db);
  for (const migration of migrations) {
    if (migration.version <= found) continue;
    db.transaction(() => {
      migration.up(db);
      db.pragma(`user_version = ${migration.version}`);
    }).immediate();
  }
}

/** VACUUM INTO writes a complete, consistent copy; renaming makes it appear whole or not at all. */
function copyBeforeUpdate(db: ReadDb, path: string, version: number): void {
  const target = backupPath(path, version);
  if (existsSync(target)) return;
  const folder = makeBackupsFolder(path);
  const partial = `${target}.partial`;
  rmSync(partial, { force: true });
  db.prepare('VACUUM INTO ?').run(partial);
  chmodSync(partial, 0o600);
  finishCopy(partial, Date.now());
  renameSync(partial, target);
  // Before the first migration: a copy that a power cut takes cannot be made again.
  syncFolder(folder);
}
