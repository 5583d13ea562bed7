import type { ReadDb } from './types.ts';

/** What must not be lost: read whole before anything is sent. */
export const durableTables = ['settings', 'marks', 'replies', 'skips', 'attempts', 'deliveries'] as const;
/** What the platform could tell us again, and the big logs: looked at while the jobs already run. */
export const otherTables = [
  'decisions',
  'totals',
  'hourly_counts',
  'selling_plans',
  'bills',
  'customers',
  'subscriptions',
] as const;

export type CheckedTable = (typeof durableTables)[number] | (typeof otherTables)[number];

/**
 * A part of the check, a few rows at a time; whoever runs it lets others work in between. It ends with what is wrong, or
 * with null. SQLite's `quick_check` of a table cannot be interrupted and takes seconds of a large one, and no second
 * connection may read this file beside the engine's (docs/decisions/0033).
 */
export type Check = Generator<undefined, string | null>;

/** Rows read in one go: less than a millisecond, so that no call which comes meanwhile waits. */
const STEP = 50;

type Column = Readonly<{ name: string; type: string; notnull: number; pk: number }>;
type Index = Readonly<{ name: string; isUnique: boolean; columns: readonly string[]; condition: string | null }>;

/**
 * Reads each row whole with the type of each value, and the same row again by its key and through each unique index: what
 * one of these has lost could be done a second time.
 */
export function checkRows(db: ReadDb, table: CheckedTable): Check {
  const columns = listColumns(db, table);
  return walk(db, table, [
    ...columns.map(({ name, type, notnull, pk }) => {
      const empty = notnull === 1 || pk > 0 ? '' : ", 'null'";
      return `typeof(row."${name}") IN ('${type.toLowerCase()}'${empty})`;
    }),
    // A type is told by the head of a row; its length makes a text be read to its end.
    ...columns.filter(({ type }) => type === 'TEXT').map(({ name }) => `ifnull(length(row."${name}"), 0) >= 0`),
    `EXISTS (SELECT 1 FROM ${table} AS again WHERE ${isSame(listKey(columns))})`,
    ...listIndexes(db, table)
      .filter(({ isUnique }) => isUnique)
      .map((index) => isFoundThrough(table, index, listKey(columns))),
  ]);
}

/** Finds each row again through the other indexes that should hold it; those of expressions are left to who asks them. */
export function checkIndexes(db: ReadDb, table: CheckedTable): Check {
  const key = listKey(listColumns(db, table));
  const others = listIndexes(db, table).filter(({ isUnique }) => !isUnique);
  return walk(db, table, ['true', ...others.map((index) => isFoundThrough(table, index, key))]);
}

function* walk(db: ReadDb, table: CheckedTable, conditions: readonly string[]): Check {
  const columns = listColumns(db, table);
  const key = listKey(columns);
  const keyOfRow = key.map((name) => `row."${name}"`).join(', ');
  const next = db
    .prepare<unknown[], unknown[]>(
      `SELECT ${conditions.join(' AND ')}, ${keyOfRow} FROM ${table} AS row
       WHERE (${keyOfRow}) > (${key.map((name) => `:${name}`).join(', ')}) ORDER BY ${keyOfRow} LIMIT ${STEP}`,
    )
    .raw()
    .safeIntegers();
  // Before every key of its type.
  let after: unknown[] = key.map((name) =>
    columns.some((column) => column.name === name && column.type === 'INTEGER') ? -(2n ** 63n) : '',
  );
  for (;;) {
    const rows = next.all(Object.fromEntries(key.map((name, at) => [name, after[at]])));
    if (rows.some(([isSound]) => isSound !== 1n)) return 'A row is not as it was written, or an index has lost it.';
    if (rows.length < STEP) return null;
    yield;
    [, ...after] = rows.at(-1) ?? [];
  }
}

function listColumns(db: ReadDb, table: CheckedTable): readonly Column[] {
  return db.pragma(`table_info(${table})`) as Column[];
}

function listKey(columns: readonly Column[]): readonly string[] {
  const key = columns.filter(({ pk }) => pk > 0).toSorted((one, other) => one.pk - other.pk);
  return key.map(({ name }) => name);
}

/** Beside the key. One of a part of the rows has the condition for it. */
function listIndexes(db: ReadDb, table: CheckedTable): readonly Index[] {
  const indexes = db
    .prepare<[string], { name: string; origin: string; sql: string | null }>(
      `SELECT indexes.name, indexes.origin, sqlite_schema.sql
       FROM pragma_index_list(?) AS indexes JOIN sqlite_schema ON sqlite_schema.name = indexes.name`,
    )
    .all(table);
  return indexes
    .filter(({ origin }) => origin !== 'pk')
    .map(({ name, origin, sql }) => ({
      name,
      isUnique: origin === 'u',
      columns: db
        .prepare<[string], string | null>('SELECT name FROM pragma_index_info(?)')
        .pluck()
        .all(name)
        .map((column) => column ?? ''),
      condition: /\bWHERE\b(.*)/s.exec(sql ?? '')?.[1]?.trim() ?? null,
    }))
    .filter(({ columns }) => !columns.includes(''));
}

function isFoundThrough(table: CheckedTable, { name, columns, condition }: Index, key: readonly string[]): string {
  const again = `SELECT 1 FROM ${table} AS again INDEXED BY ${name} WHERE ${isSame([...new Set([...columns, ...key])])}`;
  // The names in it are of the nearest table: of the row outside, and of the row found again inside.
  return condition === null
    ? `EXISTS (${again})`
    : `(ifnull(${condition}, false) IS false OR EXISTS (${again} AND (${condition})))`;
}

function isSame(columns: readonly string[]): string {
  return columns.map((name) => `again."${name}" IS row."${name}"`).join(' AND ');
}
