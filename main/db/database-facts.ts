import { prepared, type ReadDb } from './types.ts';

export type DatabaseFacts = Readonly<{
  schemaVersion: number;
  sqlite: string;
  pages: number;
  pageSize: number;
  /** The statements that made it. */
  schema: readonly string[];
  rows: Readonly<Record<string, number>>;
}>;

/** How the database is made and how full it is; nothing of what is in it. */
export function describeDatabase(db: ReadDb): DatabaseFacts {
  const number = (pragma: string): number => Number(db.pragma(pragma, { simple: true }));
  const made = prepared<[], { name: string; type: string; sql: string }>(
    db,
    "SELECT name, type, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type, name",
  ).all();
  const tables = made.filter(({ type, sql }) => type === 'table' && /\bSTRICT\b/.test(sql)).map(({ name }) => name);
  return {
    schemaVersion: number('user_version'),
    sqlite: prepared<[], string>(db, 'SELECT sqlite_version()').pluck().get() as string,
    pages: number('page_count'),
    pageSize: number('page_size'),
    schema: made.map(({ sql }) => sql),
    rows: Object.fromEntries(
      tables.map((name) => [name, Number(db.prepare(`SELECT count(*) FROM "${name}"`).pluck().get())]),
    ),
  };
}
