import type { Migration } from '../types.ts';

export const createShop: Migration = {
  version: 10,
  name: 'create-shop',
  up: (db) =>
    db.exec(`
      CREATE TABLE settings (
        name  TEXT PRIMARY KEY,
        value TEXT NOT NULL           -- JSON
      ) STRICT, WITHOUT ROWID;

      -- How far each job has come, and what was found out about a service. One row per name.
      CREATE TABLE marks (
        name  TEXT PRIMARY KEY,
        value TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      -- Kept numbers: a screen never counts a big table.
      CREATE TABLE totals (
        name  TEXT    PRIMARY KEY,
        count INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE hourly_counts (
        hour  INTEGER NOT NULL,       -- epoch hours, UTC
        name  TEXT    NOT NULL,
        count INTEGER NOT NULL,
        PRIMARY KEY (hour, name)
      ) STRICT, WITHOUT ROWID;
    `),
};
