import { accessSync, chmodSync, constants, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { toError } from '../../shared/result.ts';
import { syncFoldersOf } from '../durable-files.ts';
import { backUpAndMigrate, NewerDatabaseError } from './migrate.ts';
import { finishRestore } from './restore.ts';
import { settleCopy } from './settle-copy.ts';
import type { WriteDb } from './types.ts';

export type OpenProblemKind = 'newer' | 'locked' | 'read_only' | 'damaged' | 'full' | 'failing' | 'unreadable';

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
  /** Nobody else can read or write the file until this connection is closed, or its process has ended (docs/decisions/0003). */
  isExclusive?: boolean;
  /** Epoch ms; the practice shop has a clock of its own. */
  now?: () => number;
  /** Called with every statement that runs; the crash tests stop the process there. */
  onStatement?: (sql: unknown) => void;
}>;

/**
 * Opens the shop's database, ready for use: pragmas set and read back, migrated, with a backup before any migration.
 * A restore that was begun is ended first, and a copy in its place is made safe to go on from.
 *
 * @throws OpenProblem
 */
export function openDatabase(options: OpenOptions): WriteDb {
  const { path } = options;
  try {
    if (path === ':memory:') return openFile(path, options);
    finishRestore(path);
    if (!existsSync(path)) createFile(path, options);
    // Never a new shop: a new one appears whole, so somebody or something has emptied this file.
    if (statSync(path).size === 0) throw new OpenProblem('damaged', 'The database file is empty.', restoreStep);
    return openFile(path, options);
  } catch (error) {
    throw toOpenProblem(error, path);
  }
}

function openFile(path: string, options: OpenOptions): WriteDb {
  const { busyTimeoutMs = 5000, isExclusive = false, now = Date.now, onStatement } = options;
  const db = new Database(path, {
    timeout: busyTimeoutMs,
    ...(onStatement === undefined ? {} : { verbose: onStatement }),
  });
  try {
    // Before anything is read: WAL then begins without shared memory, and the lock is taken at the first look.
    if (isExclusive) db.pragma('locking_mode = EXCLUSIVE');
    setPragmas(db, path === ':memory:');
    backUpAndMigrate(db, path);
    settleCopy(db, now());
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Renaming makes a new database appear whole or not at all; a crash before that leaves a draft that is begun anew. */
function createFile(path: string, options: OpenOptions): void {
  const draft = `${path}.new`;
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${draft}${suffix}`, { force: true });
  const db = openFile(draft, options);
  try {
    chmodSync(draft, 0o600);
    // Closing would do it too, and say nothing when it fails: the file would then be renamed without what is in its `-wal`.
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
  renameSync(draft, path);
  syncFoldersOf(path);
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
  db.pragma('cache_size = -8000');
  // 32 MB. With SQLite's own 4 MB a first sync writes the same pages of its indexes back every second or third commit.
  db.pragma('wal_autocheckpoint = 8000');
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

/** True with a backup and without: what was announced is written down in the file alone. */
export const restoreStep =
  'Move the file away and put a backup in its place; see docs/failure-handling.md. Without one Heads Up begins anew, and may announce again what it has announced before.';

/**
 * SQLite's result codes in the merchant's words (https://sqlite.org/rescode.html), with a look at the path where the
 * code alone does not tell.
 */
export function toOpenProblem(thrown: unknown, path?: string): OpenProblem {
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
  if (
    code.startsWith('SQLITE_READONLY') ||
    (path !== undefined && !isWritable(dirname(path))) ||
    code === 'EACCES' ||
    code === 'EROFS' ||
    code === 'EPERM'
  ) {
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
    return new OpenProblem('damaged', 'The database file is damaged.', restoreStep, error);
  }
  const inTheWay = path === undefined ? undefined : findInTheWay(path, error);
  if (inTheWay !== undefined) return inTheWay;
  if (code.startsWith('SQLITE_IOERR') || code === 'EIO') {
    return new OpenProblem(
      'failing',
      'The disk answers with errors.',
      'Look at the disk, or copy the data folder to another one. Nothing is sent that cannot be written down.',
      error,
    );
  }
  return new OpenProblem(
    'unreadable',
    `The database cannot be used: ${error.message}`,
    'See docs/failure-handling.md.',
    error,
  );
}

function findInTheWay(path: string, cause: Error): OpenProblem | undefined {
  const away = 'Move it away, or choose another data folder, and start again.';
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isDirectory() === true)
    return new OpenProblem('unreadable', `There is a folder where a file should be: ${path}`, away, cause);
  const folder = statSync(dirname(path), { throwIfNoEntry: false });
  if (folder?.isDirectory() === false)
    return new OpenProblem('unreadable', `There is a file where a folder should be: ${dirname(path)}`, away, cause);
  return undefined;
}

/** False only when the system says no; a folder that is not there at all is another problem. */
function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    return code !== 'EROFS' && code !== 'EACCES' && code !== 'EPERM';
  }
}
