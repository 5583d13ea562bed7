import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { backUp } from '../../../main/db/back-up.ts';
import { backupNameFor, DAILY_KEPT, listBackups, removeOldDailyBackups } from '../../../main/db/backup-files.ts';
import { openDatabase } from '../../../main/db/open-database.ts';
import { finishRestore, stageRestore } from '../../../main/db/restore.ts';
import { defaultSettings } from '../../../shared/domain/settings.ts';
import { readMark, readSettings, saveSettings, setMark } from '../../../main/db/shop.ts';
import type { WriteDb } from '../../../main/db/types.ts';
import { createStore } from '../../../main/engine/store.ts';
import { addSubscription, makeDraft, minute, noon } from '../../helpers/core-shop.ts';
import { scratch } from '../../helpers/scratch.ts';

function setUp() {
  const folder = mkdtempSync(join(scratch, 'heads-up-restore-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'heads-up.db');
  const open = (now = noon): WriteDb => {
    const db = openDatabase({ path, now: () => now });
    onTestFinished(() => void db.close());
    return db;
  };
  const copy = (db: WriteDb, kind: 'daily' | 'asked' = 'asked', now = noon): Promise<string> =>
    backUp(db, { path, kind, now, mayGoOn: () => true });
  /** A shop with a mark to know it by, its copy, and another mark since. */
  const openWithCopy = async () => {
    const db = open();
    saveSettings(db, { sendingOn: true });
    setMark(db, 'inbox_url', 'before');
    const name = await copy(db);
    setMark(db, 'inbox_url', 'after');
    return { db, name };
  };
  return { folder, path, open, copy, openWithCopy, backups: join(folder, 'backups') };
}

describe('a backup', () => {
  it('is one whole file for its owner alone, made while the database is in use', async () => {
    const { backups, openWithCopy } = setUp();
    const { name } = await openWithCopy();
    expect(readdirSync(backups)).toEqual([name]);
    expect(statSync(join(backups, name)).mode & 0o777).toBe(0o600);
    expect(statSync(backups).mode & 0o777).toBe(0o700);
    const copy = new Database(join(backups, name), { readonly: true });
    onTestFinished(() => void copy.close());
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
    expect([readMark(copy, 'inbox_url'), readMark(copy, 'copy_made_at')]).toEqual(['before', String(noon)]);
  });

  it('leaves nothing behind when it is given up or the disk refuses', async () => {
    const { path, open, backups } = setUp();
    const db = open();
    await expect(backUp(db, { path, kind: 'asked', now: noon, mayGoOn: () => false })).rejects.toThrow('given up');
    expect(readdirSync(backups)).toEqual([]);
  });

  it('is found by its name in the list and by nothing else', async () => {
    const { path, backups, openWithCopy } = setUp();
    const { name } = await openWithCopy();
    writeFileSync(join(backups, 'half.db.partial'), '');
    symlinkSync(path, join(backups, 'link.db'));
    expect(listBackups(path)).toMatchObject([{ name, kind: 'asked', madeAt: noon }]);
    for (const other of ['../heads-up.db', path, 'link.db', '', '.', `./${name}`])
      expect(stageRestore(path, other, noon, defaultSettings)).toMatchObject({
        ok: false,
        error: { code: 'not_found' },
      });
  });

  it('that was made by itself goes when newer ones are there; the others stay', () => {
    const { path, open, backups } = setUp();
    open();
    const day = 86_400_000;
    const daily = Array.from({ length: DAILY_KEPT + 2 }, (_, index) => backupNameFor('daily', noon + index * day));
    const others = [backupNameFor('asked', noon - day), backupNameFor('replaced', noon - day), 'heads-up.db.v40'];
    finishRestore(path);
    openDatabase({ path: join(backups, 'ignored', 'x.db') }).close();
    for (const name of [...daily, ...others]) writeFileSync(join(backups, name), 'x');
    removeOldDailyBackups(path);
    const left = listBackups(path).map(({ name }) => name);
    expect(left.toSorted()).toEqual([...daily.slice(2), ...others].toSorted());
  });
});

describe('a restore', () => {
  it('puts the backup in place, keeps the other file, and switches sending off', async () => {
    const { path, open, openWithCopy } = setUp();
    const { db, name } = await openWithCopy();
    expect(stageRestore(path, name, noon, defaultSettings).ok).toBe(true);
    // Nothing has changed until the database is opened again.
    expect(readMark(db, 'inbox_url')).toBe('after');
    db.close();
    const restored = open(noon + minute);
    expect(readMark(restored, 'inbox_url')).toBe('before');
    expect(readSettings(restored).sendingOn).toBe(false);
    expect(JSON.parse(readMark(restored, 'restored') ?? '')).toEqual({
      madeAt: noon,
      restoredAt: noon + minute,
      replaced: { leadDays: defaultSettings.leadDays, opens: defaultSettings.window.opens },
    });
    const kept = listBackups(path).find(({ kind }) => kind === 'replaced');
    expect(stageRestore(path, kept?.name ?? '', noon, defaultSettings).ok).toBe(true);
    restored.close();
    expect(readMark(open(), 'inbox_url')).toBe('after');
  });

  it('is settled too when somebody puts the copy there by hand', async () => {
    const { path, backups, open, openWithCopy } = setUp();
    const { db, name } = await openWithCopy();
    db.close();
    copyFileSync(join(backups, name), path);
    const restored = open();
    expect(readSettings(restored).sendingOn).toBe(false);
    // Once: the next open finds a database like any other.
    saveSettings(restored, { sendingOn: true });
    restored.close();
    expect(readSettings(open()).sendingOn).toBe(true);
  });

  it.each(['wal moved', 'wal and file moved', 'nothing moved'])(
    'is finished at the next open when it was cut short: %s',
    async (how) => {
      const { path, backups, open, openWithCopy } = setUp();
      const { db, name } = await openWithCopy();
      stageRestore(path, name, noon, defaultSettings);
      // As a kill leaves it: the newest commits are in the WAL only.
      const kept = join(backups, backupNameFor('replaced', Math.round(statSync(`${path}.restored`).mtimeMs)));
      for (const suffix of ['', '-wal']) copyFileSync(`${path}${suffix}`, `${path}${suffix}.killed`);
      db.close();
      for (const suffix of ['', '-wal']) renameSync(`${path}${suffix}.killed`, `${path}${suffix}`);
      if (how !== 'nothing moved') renameSync(`${path}-wal`, `${kept}-wal`);
      if (how === 'wal and file moved') renameSync(path, kept);
      const restored = open();
      expect(readMark(restored, 'inbox_url')).toBe('before');
      expect(restored.pragma('integrity_check', { simple: true })).toBe('ok');
      const replaced = new Database(kept);
      onTestFinished(() => void replaced.close());
      expect(readMark(replaced, 'inbox_url')).toBe('after');
    },
  );

  it('that was not staged to the end is undone at the next open', async () => {
    const { path, folder, open, openWithCopy } = setUp();
    const { db } = await openWithCopy();
    db.close();
    writeFileSync(`${path}.restore-draft`, 'half a copy');
    expect(readMark(open(), 'inbox_url')).toBe('after');
    expect(readdirSync(folder).filter((name) => name.includes('restore'))).toEqual([]);
  });

  it('refuses what is damaged, newer, or no backup, and changes nothing', async () => {
    const { path, backups, folder, openWithCopy } = setUp();
    const { db, name } = await openWithCopy();
    const make = (other: string, change: (copy: WriteDb) => void): void => {
      copyFileSync(join(backups, name), join(backups, other));
      chmodSync(join(backups, other), 0o600);
      const copy = new Database(join(backups, other));
      change(copy);
      copy.close();
    };
    make('newer.db', (copy) => copy.pragma('user_version = 9990'));
    make('other.db', (copy) => copy.exec('DROP TABLE attempts'));
    writeFileSync(join(backups, 'text.db'), 'not a database, but long enough to look like one '.repeat(100));
    writeFileSync(join(backups, 'empty.db'), '');
    expect(stageRestore(path, 'newer.db', noon, defaultSettings)).toMatchObject({
      ok: false,
      error: { code: 'conflict' },
    });
    for (const file of ['other.db', 'text.db', 'empty.db'])
      expect(stageRestore(path, file, noon, defaultSettings)).toMatchObject({
        ok: false,
        error: { code: 'invalid_input' },
      });
    expect(readdirSync(folder).filter((file) => file.includes('restore'))).toEqual([]);
    expect(readMark(db, 'inbox_url')).toBe('after');
    expect(existsSync(`${path}.restored`)).toBe(false);
  });
});

describe('what a copy had in line', () => {
  it('waits for a person when it may have left since, and goes on when its time has not come', async () => {
    const { path, open, copy } = setUp();
    const db = open();
    const store = createStore(db);
    addSubscription({ store });
    const insert = (key: string, dueAt: number): number =>
      store.insertDelivery({ ...makeDraft({ key, dueAt }), phone: '+12125550123', email: null }, noon) ?? 0;
    const due = insert('due', noon);
    const later = insert('later', noon + 60 * minute);
    const sending = insert('sending', noon);
    store.claimDelivery({ id: sending, now: noon, phone: null, email: null, origin: 'scheduled', request: '{}' });
    const name = await copy(db);
    stageRestore(path, name, noon, defaultSettings);
    db.close();
    const restored = createStore(open(noon + 5 * minute));
    for (const id of [due, sending])
      expect(restored.findDelivery(id)).toMatchObject({ state: 'unknown', reason: 'restored_in_line' });
    expect(restored.findDelivery(later)).toMatchObject({ state: 'planned' });
  });
});
