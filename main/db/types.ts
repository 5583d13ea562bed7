import type Database from 'better-sqlite3';

/** A connection that a function only reads through. */
export type ReadDb = Database.Database;
/** A connection that a function may write through: the signature shows the write. */
export type WriteDb = Database.Database & { readonly __mayWrite?: never };

const statements = new WeakMap<Database.Database, Map<string, Database.Statement>>();

/** Compiles a statement once per connection. Only for constant SQL: every text given is kept. */
export function prepared<Parameters extends unknown[] | object, Row = unknown>(
  db: ReadDb,
  sql: string,
): Database.Statement<Parameters extends unknown[] ? Parameters : [Parameters], Row> {
  let cache = statements.get(db);
  if (cache === undefined) {
    cache = new Map();
    statements.set(db, cache);
  }
  let statement = cache.get(sql);
  if (statement === undefined) {
    statement = db.prepare(sql);
    cache.set(sql, statement);
  }
  // The caller names the row's shape; SQLite cannot tell it at compile time. The tests read every query back.
  return statement as Database.Statement<Parameters extends unknown[] ? Parameters : [Parameters], Row>;
}

export type Migration = Readonly<{
  /** Steps of ten, rising; equals `PRAGMA user_version` after it ran. */
  version: number;
  name: string;
  up: (db: WriteDb) => void;
}>;
