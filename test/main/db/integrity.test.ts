import { expect, it } from 'vitest';
import { checkIndexes, checkRows, type Check } from '../../../main/db/integrity.ts';
import type { WriteDb } from '../../../main/db/types.ts';
import { makeCustomer, makeDraft, noon, openTestStore } from '../../helpers/core-shop.ts';

function openWithDeliveries(count: number): WriteDb {
  const { db, store } = openTestStore();
  store.saveCustomer(makeCustomer(), noon);
  for (let number = 0; number < count; number += 1) {
    store.insertDelivery({ ...makeDraft(), key: `upcoming_order:${number}`, phone: null, email: null }, noon);
  }
  return db;
}

/** Runs a check to its end. */
function finish(check: Check): { steps: number; problem: string | null } {
  for (let steps = 1; ; steps += 1) {
    const { done, value } = check.next();
    if (done === true) return { steps, problem: value };
  }
}

/** Gives an index the tree of one in which there is nothing, and the other way round: every page is whole. */
function emptyIndex(db: WriteDb, name: string): void {
  db.exec("CREATE INDEX of_nothing ON deliveries (key) WHERE key = ''");
  const findRoot = db.prepare<[string], number>('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck();
  const [empty, full] = [findRoot.get('of_nothing'), findRoot.get(name)];
  db.unsafeMode(true);
  db.pragma('writable_schema = ON');
  const setRoot = db.prepare('UPDATE sqlite_schema SET rootpage = ? WHERE name = ?');
  setRoot.run(empty, name);
  setRoot.run(full, 'of_nothing');
  db.pragma('writable_schema = RESET');
  db.unsafeMode(false);
}

it('the check of a large table stops for others after a few rows, and reads all of them', () => {
  const db = openWithDeliveries(120);
  for (const check of [checkRows, checkIndexes])
    expect(finish(check(db, 'deliveries'))).toEqual({ steps: 3, problem: null });
});

it('a delivery that its unique index has lost is damage before anything is sent', () => {
  const db = openWithDeliveries(60);
  emptyIndex(db, 'sqlite_autoindex_deliveries_1');
  expect(finish(checkRows(db, 'deliveries')).problem).not.toBeNull();
});

it.each(['deliveries_by_customer', 'deliveries_open'])('a delivery that the index %s has lost is damage', (index) => {
  const db = openWithDeliveries(60);
  emptyIndex(db, index);
  expect(finish(checkRows(db, 'deliveries')).problem).toBeNull();
  expect(finish(checkIndexes(db, 'deliveries')).problem).not.toBeNull();
});

it('a value of another type than its column is damage', () => {
  const db = openWithDeliveries(60);
  db.unsafeMode(true);
  db.pragma('writable_schema = ON');
  const rename = (from: string, to: string): void =>
    void db.prepare("UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = 'deliveries'").run(from, to);
  rename('due_at          INTEGER', 'due_at          ANY');
  db.pragma('writable_schema = RESET');
  db.exec("UPDATE deliveries SET due_at = 'soon' WHERE id = 57");
  db.pragma('writable_schema = ON');
  rename('due_at          ANY', 'due_at          INTEGER');
  db.pragma('writable_schema = RESET');
  expect(finish(checkRows(db, 'deliveries')).problem).not.toBeNull();
});
