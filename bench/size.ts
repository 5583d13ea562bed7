import { statSync } from 'node:fs';
import { shown, under, type BenchOrder, type BenchReport, type BenchRow } from './row.ts';

/** The index of what is searched is kept in tables of its own. */
const pairTables = /^(subscriptions|customers|customer_search|deliveries)/;

async function measureSize({ shop, rows }: BenchOrder): Promise<BenchReport> {
  await shop.fill();
  const db = shop.open();
  db.pragma('wal_checkpoint(TRUNCATE)');
  const parts = db
    .prepare<[], { name: string; table: string; bytes: number; filled: number }>(
      `SELECT dbstat.name, coalesce(sqlite_schema.tbl_name, dbstat.name) AS "table", sum(pgsize) AS bytes, sum(payload) AS filled
       FROM dbstat LEFT JOIN sqlite_schema ON sqlite_schema.name = dbstat.name
       GROUP BY dbstat.name ORDER BY bytes DESC`,
    )
    .all();
  const fileBytes = statSync(shop.path).size;
  db.close();
  const pairBytes = parts.filter(({ table }) => pairTables.test(table)).reduce((sum, { bytes }) => sum + bytes, 0);
  return {
    measured: [
      under(0.9, {
        name: 'subscription with its customer, and delivery, indexes and search included',
        figure: pairBytes / rows / 1000,
        unit: 'kB',
      }),
      shown({
        name: 'the whole file: with its attempt and two decisions',
        figure: fileBytes / rows / 1000,
        unit: 'kB',
      }),
    ],
    notes: [
      `Bytes for one pair, tables and indexes of 5 and more: ${parts
        .filter(({ bytes }) => bytes / rows >= 5)
        .map(({ name, bytes }) => `\`${name}\` ${Math.round(bytes / rows)}`)
        .join(', ')}.`,
    ],
    skipped: null,
  };
}

export const sizeRow: BenchRow = { name: 'size', title: 'Size on disk', run: measureSize };
