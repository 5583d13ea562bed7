import { chmodSync, closeSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { toOpenProblem } from './open-database.ts';

/**
 * An exclusive lock is taken in steps, and two that start at once can each stand on a step that the other needs: refused
 * without waiting, both would give up, and no engine would run. The one that loses steps back and the other goes on within
 * milliseconds; who still waits after this has met an engine at work.
 */
const RIVAL_WAIT_MS = 500;

/**
 * One engine per data folder. The lock is SQLite's own on a file beside the database, so the operating system releases
 * it when the process ends, however it ends; there is no stale lock to clean up after a kill.
 *
 * @returns the function that releases it, or undefined when another engine holds it
 */
export function lockDataFolder(dataFolder: string): (() => void) | undefined {
  const path = join(dataFolder, 'engine.lock');
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
    return lockFile(path);
  } catch (error) {
    // Whatever is in it is not ours: nothing is ever written there, and nobody can hold a lock on it.
    if (codeOf(error).startsWith('SQLITE_NOTADB') && statSync(path).isFile()) {
      rmSync(path);
      return lockFile(path);
    }
    throw toOpenProblem(error, path);
  }
}

function lockFile(path: string): (() => void) | undefined {
  // For its owner only: whoever may read it could lock it, too, and no engine would start.
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
  const db = new Database(path, { timeout: RIVAL_WAIT_MS });
  try {
    db.exec('BEGIN EXCLUSIVE');
    return () => db.close();
  } catch (error) {
    db.close();
    if (codeOf(error).startsWith('SQLITE_BUSY')) return undefined;
    throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Database.SqliteError ? error.code : '';
}
