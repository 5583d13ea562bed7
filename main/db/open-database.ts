import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { toError } from '../../shared/result.ts';
import { backUpAndMigrate, NewerDatabaseError } from './migrate.ts';
import type { WriteDb } from './types.ts';

export type OpenProblemKind = 'newer' | 'locked' | 'read_only' | 'damaged' | 'full' | 'unreadable';

/** Why the shop's database cannot be used, with the way out in words for the merchant. The file is left as it was. */
export class OpenProblem extends Error {
  readonly kind: OpenProblemKind;
  readonly nextStep: string;
  constructor(kind: OpenProblemKind, message: string, nextStep: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'OpenProblem';
    this.kind = kind;
    this.nextStep = nextStep;
  }
}

export type OpenOptions = Readonly<{
  path: string;
  /** How long to wait for another process's lock, ms. */
  busyTimeoutMs?: number;
  /** Called with every statement that runs; the crash tests stop the process there. */
  onStatement?: (sql: unknown) => void;
}>;

/**
 * Opens the shop's database, ready for use: pragmas set and read back, migrated, with a backup before any migration.
 *
 * @throws OpenProblem
 */
export function openDatabase({ path, busyTimeoutMs = 5000, onStatement }: OpenOptions): WriteDb {
  let db: WriteDb | undefined;
  try {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const isNew = path !== ':memory:' && !existsSync(path);
    db = new Database(path, { timeout: busyTimeoutMs, ...(onStatement === undefined ? {} : { verbose: onStatement }) });
    if (isNew) chmodSync(path, 0o600);
    setPragmas(db, path === ':memory:');
    backUpAndMigrate(db, path);
    return db;
  } catch (error) {
    db?.close();
    throw toOpenProblem(error);
  }
}

/**
 * better-sqlite3 falls back to synchronous=NORMAL under WAL, which loses acknowledged rows at a power cut; a lost
 * "accepted" is a second text. So FULL, set on every open and read back (docs/decisions/0003).
 */
function setPragmas(db: WriteDb, isMemory: boolean): void {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma('trusted_schema = OFF');
  db.pragma('cell_size_check = ON');
  db.pragma('checkpoint_fullfsync = ON');
  db.pragma('cache_size = -16000');
  const settings: Record<string, unknown> = {
    journal_mode: isMemory ? 'memory' : 'wal',
    synchronous: 2,
    foreign_keys: 1,
    trusted_schema: 0,
  };
  for (const [name, wanted] of Object.entries(settings)) {
    const actual = db.pragma(name, { simple: true });
    if (actual !== wanted) throw new Error(`Expected PRAGMA ${name} to be ${String(wanted)}, got ${String(actual)}`);
  }
}

/** SQLite's result codes in the merchant's words. https://sqlite.org/rescode.html */
export function toOpenProblem(thrown: unknown): OpenProblem {
  if (thrown instanceof OpenProblem) return thrown;
  if (thrown instanceof NewerDatabaseError) {
    return new OpenProblem(
      'newer',
      thrown.message,
      'Install the newer version of Heads Up again. Nothing was changed.',
    );
  }
  const error = toError(thrown);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new OpenProblem(
      'locked',
      'Another program is using the database.',
      'Close the other Heads Up and start again.',
      error,
    );
  }
  if (code.startsWith('SQLITE_READONLY') || code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
    return new OpenProblem(
      'read_only',
      'The database or its folder cannot be written.',
      'Check the permissions of the data folder.',
      error,
    );
  }
  if (code.startsWith('SQLITE_FULL') || code === 'ENOSPC') {
    return new OpenProblem('full', 'The disk is full.', 'Free some space and start again. Nothing was lost.', error);
  }
  if (
    code.startsWith('SQLITE_CORRUPT') ||
    code.startsWith('SQLITE_NOTADB') ||
    code.startsWith('SQLITE_IOERR_SHORT_READ')
  ) {
    return new OpenProblem(
      'damaged',
      'The database file is damaged.',
      'Move the file away and put the newest file of the backups folder in its place; see docs/failure-handling.md.',
      error,
    );
  }
  return new OpenProblem(
    'unreadable',
    `The database cannot be opened: ${error.message}`,
    'See docs/failure-handling.md.',
    error,
  );
}
