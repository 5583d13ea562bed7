import { join } from 'node:path';
import { atLeast, shown, type BenchOrder, type BenchReport, type BenchRow } from './row.ts';
import { openBareUpsert, toBarePage } from './shop/bare-upsert.ts';
import { readRows, walkShop, type Stretch } from './shop/walk.ts';
import { describeSpread, median, timeOf, type Took } from './statistics.ts';
import type { WriteDb } from '../main/db/types.ts';

const country = 'US';

async function measureFirstSync({ folder, shop, say }: BenchOrder): Promise<BenchReport> {
  const { pages } = shop;
  const bare = openBareUpsert(join(folder, 'bare.db'), pages.startAt);
  const bareTook: Took[] = [];
  const stretches = await shop.sync((block) => {
    const rows = block.map((text) => toBarePage(readRows(text), pages.timeZone, country));
    bareTook.push(timeOf(() => rows.forEach(bare.write)));
    if (bareTook.length % 20 === 0) say(`${bareTook.length} blocks`);
  });
  const bareMs = bareTook.map(({ ms }) => ms);
  if (bareMs.length === 0) throw new Error('Expected to be the first row: the shop was made before it');
  const ours = shop.open();
  try {
    expectSameRows(ours, bare.db);
  } finally {
    ours.close();
    bare.close();
  }
  const ratios = stretches.map(({ ms }, index) => (bareMs[index] ?? 0) / ms);
  const ourTotal = sum(stretches.map(({ ms }) => ms));
  const parsing = sum(stretches.map(({ parseMs }) => parseMs));
  const rowsPerSecond = (pages.subscriptions / ourTotal) * 1000;
  return {
    measured: [
      atLeast(0.8, { name: 'first sync to a bare tuned upsert, all of it', figure: sum(bareMs) / ourTotal, unit: 'x' }),
      shown({ name: 'the same, median of the blocks', figure: median(ratios), unit: 'x' }),
      shown({
        name: 'the same, on a processor alone',
        figure: sum(bareTook.map(({ cpuMs }) => cpuMs)) / sum(stretches.map(({ cpuMs }) => cpuMs)),
        unit: 'x',
      }),
      shown({
        name: 'the same without the parsing of the pages',
        figure: sum(bareMs) / (ourTotal - parsing),
        unit: 'x',
      }),
      shown({ name: 'rows per second through the whole path', figure: rowsPerSecond, unit: '/s' }),
    ],
    notes: [
      'Ours is the whole path: the text of a page, parsed and read as the client reads it, detection, one transaction per ' +
        'page of 100. The bare upsert gets the same rows ready for binding and does nothing but write them: same tables, ' +
        'indexes and search rows, `FULL`, the same transactions, one prepared upsert per table, a checkpoint every 10,000 ' +
        'pages, 256 MB of cache. It looks nothing up. Each has a file of its own; the two take turns of 50 pages. ' +
        'Afterwards both files hold the same rows.',
      `Ratio block by block: ${describeSpread(ratios)}.`,
    ],
    skipped: null,
  };
}

async function measureSecondSync({ folder, shop }: BenchOrder): Promise<BenchReport> {
  const { pages } = shop;
  await shop.sync();
  const [empty, db] = [shop.openEmpty(join(folder, 'first.db')), shop.open()];
  const changes = totalChanges(db);
  const turns = createTurns();
  const [first, second] = await Promise.all([
    walkShop(empty, pages, true, turns.next).finally(turns.end),
    walkShop(db, pages, false, turns.next).finally(turns.end),
  ]);
  // Each row is noted in the walk's own temporary table.
  const written = totalChanges(db) - changes - pages.subscriptions;
  empty.close();
  db.close();
  const ratios = second.map(({ ms }, index) => (first[index]?.ms ?? 0) / ms);
  return {
    measured: [
      atLeast(6, {
        name: 'second sync to the first, nothing changed',
        figure: total(first) / total(second),
        unit: 'x',
      }),
      shown({ name: 'the same, median of the blocks', figure: median(ratios), unit: 'x' }),
      shown({
        name: 'the same, on a processor alone',
        figure: sum(first.map(({ cpuMs }) => cpuMs)) / sum(second.map(({ cpuMs }) => cpuMs)),
        unit: 'x',
      }),
      shown({ name: 'rows per second', figure: (pages.subscriptions / total(second)) * 1000, unit: '/s' }),
    ],
    notes: [
      'The same pages again, through the same path, by turns of 50 pages with a first sync into another file. Both count ' +
        'the parsing of the answer, which a row that has not changed costs as well.',
      `Ratio block by block: ${describeSpread(ratios)}. Rows of the shop written: ${written}.`,
    ],
    skipped: null,
  };
}

/** Of two that work through the same, one waits while the other does its piece; what is left is not waited for. */
function createTurns(): Readonly<{ next: () => Promise<void>; end: () => void }> {
  let wake: (() => void) | undefined;
  let isAlone = false;
  return {
    next: async () => {
      if (isAlone) return;
      await new Promise<void>((resolve) => {
        wake?.();
        wake = resolve;
      });
    },
    end: () => {
      isAlone = true;
      wake?.();
    },
  };
}

function totalChanges(db: WriteDb): number {
  return db.prepare<[], number>('SELECT total_changes()').pluck().get() ?? 0;
}

/** Neither side may be faster because it has done less. */
function expectSameRows(ours: WriteDb, bare: WriteDb): void {
  for (const sql of [
    `SELECT count(*), sum(length(id)), sum(updated_at), sum(next_order_at), count(DISTINCT next_order_date), sum(total_cents),
       sum(length(product_titles)), sum(frequency_count), sum(is_migrated), sum(events_through) FROM subscriptions`,
    'SELECT count(*), sum(length(first_name)), sum(length(last_name)), sum(phone), sum(length(email)) FROM customers',
    `SELECT count(*) FROM customer_search WHERE customer_search MATCH 'phone : "212"*'`,
  ]) {
    const [one, other] = [ours, bare].map((db) => JSON.stringify(db.prepare(sql).raw().get()));
    if (one !== other) throw new Error(`Expected the same rows: ${one} and ${other} from ${sql}`);
  }
}

function total(stretches: readonly Stretch[]): number {
  return sum(stretches.map(({ ms }) => ms));
}

function sum(values: readonly number[]): number {
  return values.reduce((one, other) => one + other, 0);
}

export const syncRow: BenchRow = {
  name: 'sync',
  title: 'First sync, page by page through detection',
  run: measureFirstSync,
};

export const resyncRow: BenchRow = {
  name: 'resync',
  title: 'Second sync, nothing changed',
  run: measureSecondSync,
};
