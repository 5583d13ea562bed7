import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/**
 * One engine per data folder. The lock is SQLite's own on a file beside the database, so the operating system releases
 * it when the process ends, however it ends; there is no stale lock to clean up after a kill.
 *
 * @returns the function that releases it, or undefined when another engine holds it
 */
export function lockDataFolder(dataFolder: string): (() => void) | undefined {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const db = new Database(join(dataFolder, 'engine.lock'), { timeout: 0 });
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    db.exec('BEGIN EXCLUSIVE');
    return () => db.close();
  } catch (error) {
    db.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return undefined;
    throw error;
  }
}
