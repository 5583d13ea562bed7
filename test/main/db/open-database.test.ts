import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { backUpAndMigrate, backupPath, schemaVersion } from '../../../main/db/migrate.ts';
import { migrations } from '../../../main/db/migrations/index.ts';
import { openDatabase, OpenProblem, toOpenProblem } from '../../../main/db/open-database.ts';
import { readMark, setMark } from '../../../main/db/shop.ts';
import type { Migration } from '../../../main/db/types.ts';
import { scratch } from '../../helpers/scratch.ts';

const newest = migrations.at(-1)?.version ?? 0;

function setUp() {
  const folder = mkdtempSync(join(scratch, 'heads-up-db-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'data', 'heads-up.db');
  return {
    folder,
    path,
    open: () => {
      const db = openDatabase({ path });
      onTestFinished(() => void db.close());
      return db;
    },
  };
}

it.each(['SQLITE_IOERR_WRITE', 'SQLITE_IOERR_FSYNC', 'EIO'])('calls an error of the disk by its name: %s', (code) => {
  expect(toOpenProblem(Object.assign(new Error('disk I/O error'), { code }))).toMatchObject({
    kind: 'failing',
    message: 'The disk answers with errors.',
  });
});

const addNote: Migration = {
  version: newest + 10,
  name: 'add-note',
  up: (db) => db.exec('ALTER TABLE marks ADD COLUMN note TEXT'),
};
const broken: Migration = {
  version: newest + 20,
  name: 'broken',
  up: (db) => db.exec('ALTER TABLE marks ADD COLUMN half TEXT; INSERT INTO nowhere VALUES (1)'),
};

describe('openDatabase', () => {
  it('migrates from nothing, one step after the other', () => {
    const { path, open } = setUp();
    const versions = migrations.map(({ version }) => version);
    expect(versions).toEqual([...new Set(versions)].toSorted((a, b) => a - b));
    expect(versions.filter((version) => version % 10 !== 0)).toEqual([]);
    expect(schemaVersion(open())).toBe(newest);
    expect(existsSync(join(path, '..', 'backups'))).toBe(false);
  });

  it('sets every pragma that durability depends on, on every open', () => {
    const { open } = setUp();
    open().close();
    const db = open();
    const read = (name: string): unknown => db.pragma(name, { simple: true });
    expect(read('journal_mode')).toBe('wal');
    expect(read('synchronous')).toBe(2);
    expect(read('foreign_keys')).toBe(1);
    expect(read('trusted_schema')).toBe(0);
    expect(read('cell_size_check')).toBe(1);
  });

  it('keeps folder and file to their owner', () => {
    const { path, open } = setUp();
    open();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
  });

  it('changes nothing when there is nothing to migrate', () => {
    const { path, open } = setUp();
    open().close();
    const before = readFileSync(path);
    open().close();
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('refuses a file of a newer version and leaves it untouched', () => {
    const { path, open } = setUp();
    const db = open();
    db.pragma(`user_version = ${newest + 10}`);
    db.close();
    const before = readFileSync(path);
    expect(open).toThrow(OpenProblem);
    expect(open).toThrow(`The database has version ${newest + 10}`);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(join(path, '..'))).not.toContain('backups');
  });
});

describe('backUpAndMigrate', () => {
  it('makes a whole copy before it changes anything', () => {
    const { path, open } = setUp();
    const db = open();
    setMark(db, 'baseline_at', '42');
    backUpAndMigrate(db, path, [...migrations, addNote]);
    expect(schemaVersion(db)).toBe(newest + 10);
    const copy = new Database(backupPath(path, newest), { readonly: true });
    onTestFinished(() => void copy.close());
    expect(copy.pragma('user_version', { simple: true })).toBe(newest);
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(readMark(copy, 'baseline_at')).toBe('42');
  });

  it('keeps the copy from before the first try when a migration is tried again', () => {
    const { path, open } = setUp();
    const db = open();
    backUpAndMigrate(db, path, [...migrations, addNote]);
    const before = statSync(backupPath(path, newest)).mtimeMs;
    db.pragma(`user_version = ${newest}`);
    db.exec('ALTER TABLE marks DROP COLUMN note');
    backUpAndMigrate(db, path, [...migrations, addNote]);
    expect(statSync(backupPath(path, newest)).mtimeMs).toBe(before);
  });

  it('leaves the version before a migration that fails, whole', () => {
    const { path, open } = setUp();
    const db = open();
    expect(() => backUpAndMigrate(db, path, [...migrations, addNote, broken])).toThrow('no such table: nowhere');
    expect(schemaVersion(db)).toBe(newest + 10);
    const columns = db.pragma('table_info(marks)') as { name: string }[];
    expect(columns.map(({ name }) => name)).toEqual(['name', 'value', 'note']);
  });

  it('does nothing the second time', () => {
    const { path, open } = setUp();
    const db = open();
    backUpAndMigrate(db, path);
    expect(existsSync(backupPath(path, newest))).toBe(false);
  });
});
