import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { formatPage, renewPage, toSection } from '../../bench/page.ts';
import type { Measured } from '../../bench/row.ts';
import { rows } from '../../bench/rows.ts';
import { createLargeShop } from '../../bench/shop/large-shop.ts';
import { scratch } from '../helpers/scratch.ts';

/** Each row on a shop of a thousand: that it runs and gives figures, not which. */

const size = 1000;
const folder = mkdtempSync(join(scratch, 'heads-up-bench-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const shop = createLargeShop(size, folder, () => undefined);
// `outbox` and `kills` have a test of their own; `loop` needs two hosts and a window, and is looked at by hand:
// `npm run bench -- loop --rows 1000`.
const elsewhere = new Set(['loop', 'outbox', 'kills']);

for (const row of rows.filter(({ name }) => !elsewhere.has(name))) {
  it(`the row ${row.name} gives figures`, async () => {
    const rowFolder = mkdtempSync(join(folder, `${row.name}-`));
    const report = await row.run({ rows: size, folder: rowFolder, shop, say: () => undefined });
    if (report.skipped !== null) {
      console.log(`${row.name} is skipped: ${report.skipped}`);
      return;
    }
    expect(report.measured).not.toEqual([]);
    for (const { figure } of report.measured) expect(figure).toSatisfy(Number.isFinite);
  });
}

it('writes a section for each row, and leaves the others as they are', async () => {
  const measured: Measured = {
    name: 'a thing to another',
    figure: 0.5,
    unit: 'x',
    target: 'at least 0.8',
    reached: false,
  };
  const row = { name: 'one', title: 'One', run: () => Promise.reject(new Error('Nobody runs it')) };
  const about = { size: 1_000_000, machine: 'a machine', day: '2027-03-04' };
  const section = toSection(row, { measured: [measured], notes: ['A note.'], skipped: null }, about);

  const text = renewPage('# Benchmarks\n\nText.\n\n## one\n\nold\n\n## other\n\nkept\n', [section], ['other', 'one']);

  expect(await formatPage(text, fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url)))).toBe(
    `# Benchmarks\n\nText.\n\n## other\n\nkept\n\n## one\n\nOne. Measured 2027-03-04 at 1,000,000 rows: a machine.\n\n` +
      `| what               | figure | must reach                    |\n` +
      `| ------------------ | ------ | ----------------------------- |\n` +
      `| a thing to another | 0.5 x  | at least 0.8: **not reached** |\n\nA note.\n`,
  );
});

it('has a section of docs/benchmarks.md for every row', () => {
  const page = readFileSync(new URL('../../docs/benchmarks.md', import.meta.url), 'utf8');
  const sections = [...page.matchAll(/^## (\S+)/gm)].map(([, name]) => name);
  expect(sections).toEqual(rows.map(({ name }) => name));
});
