import { renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { migrate } from '../../../main/db/migrate.ts';
import { migrations } from '../../../main/db/migrations/index.ts';

/** Versions whose shops had deliveries, replies and skips already. */
export const olderVersions = [50, 60, 70, 80, 90] as const;

/** Gives a shop's database the structure of an older version, with all of its rows that had a place there. */
export function makeOlder(path: string, version: number): void {
  const older = `${path}.older`;
  const db = new Database(older);
  try {
    migrate(
      db,
      migrations.filter((migration) => migration.version <= version),
    );
    db.pragma('foreign_keys = OFF');
    db.prepare('ATTACH ? AS newer').run(path);
    const tables = db
      .prepare<[], string>(
        // The search is an index of the customers; it fills again as they change.
        `SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'customer_search%'`,
      )
      .pluck()
      .all();
    for (const table of tables) {
      const columns = db
        .prepare<[string, string], string>(
          `SELECT name FROM pragma_table_info(?, 'main')
           INTERSECT SELECT name FROM pragma_table_info(?, 'newer')`,
        )
        .pluck()
        .all(table, table)
        .join(', ');
      db.exec(`INSERT INTO main.${table} (${columns}) SELECT ${columns} FROM newer.${table}`);
    }
  } finally {
    db.close();
  }
  for (const suffix of ['-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
  renameSync(older, path);
}
