import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { describeMachine } from './machine.ts';
import { formatPage, renewPage, toSection } from './page.ts';
import type { BenchReport, BenchRow } from './row.ts';
import { rows } from './rows.ts';
import { createLargeShop, type LargeShop } from './shop/large-shop.ts';

/** Entry of `npm run bench`: runs the rows one after the other, each in a folder of its own, on one shop of that size. */

const LARGE_SHOP = 1_000_000;
const page = fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url));
const say = (line: string): void => void process.stderr.write(`  ${line}\n`);

async function runRow(row: BenchRow, size: number, shop: LargeShop): Promise<BenchReport> {
  const folder = mkdtempSync(join(tmpdir(), `heads-up-bench-${row.name}-`));
  try {
    return await row.run({ rows: size, folder, shop, say });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** At once, and not when all rows have run: they take hours, and each holds by itself. */
async function writeSection(row: BenchRow, report: BenchReport, about: Parameters<typeof toSection>[2]): Promise<void> {
  const order = rows.map(({ name }) => name);
  const text = renewPage(readFileSync(page, 'utf8'), [toSection(row, report, about)], order);
  writeFileSync(page, await formatPage(text, page));
}

function print({ measured, notes, skipped }: BenchReport): void {
  if (skipped !== null) console.log(`  SKIPPED: ${skipped}`);
  for (const { name, figure, unit, target, reached } of measured) {
    const verdict = target === null ? '' : `${reached === true ? 'reached' : 'NOT REACHED'}: ${target}`;
    console.log(`  ${name.padEnd(76)} ${figure.toFixed(2)} ${unit.padEnd(4)} ${verdict}`);
  }
  for (const note of notes) console.log(`  ${note}`);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    help: { type: 'boolean', short: 'h' },
    json: { type: 'boolean' },
    rows: { type: 'string' },
    write: { type: 'boolean' },
  },
});
const usage = [
  'Usage: npm run bench -- [ROW ...] [--rows N] [--write] [--json]',
  '',
  `Without a row all of them run, on a shop of ${LARGE_SHOP} subscriptions and as many deliveries.`,
  '',
  ...rows.map(({ name, title }) => `  ${name.padEnd(10)}${title}`),
  '',
  '  --rows N  a shop of that size; the targets are about the large one',
  '  --write   writes docs/benchmarks.md for a smaller shop too',
  '  --json    prints the figures as one document',
].join('\n');
if (values.help === true) {
  console.log(usage);
  process.exit(0);
}
const unknown = positionals.filter((name) => rows.every((row) => row.name !== name));
const size = Number(values.rows ?? LARGE_SHOP);
if (unknown.length > 0 || !Number.isSafeInteger(size) || size < 1) {
  console.error(usage);
  process.exit(2);
}
const chosen = positionals.length === 0 ? rows : rows.filter(({ name }) => positionals.includes(name));
const shopFolder = mkdtempSync(join(tmpdir(), 'heads-up-bench-shop-'));
const reports: BenchReport[] = [];
try {
  const shop = createLargeShop(size, shopFolder, say);
  const about = { size, machine: describeMachine(), day: new Date().toISOString().slice(0, 10) };
  for (const row of chosen) {
    if (values.json !== true) console.log(`\n${row.name}: ${row.title}`);
    const report = await runRow(row, size, shop);
    reports.push(report);
    // Figures of a smaller shop are no answer to the targets: they are written only when asked for.
    const isWritten = size === LARGE_SHOP || values.write === true;
    if (isWritten && report.skipped === null) await writeSection(row, report, about);
    if (values.json !== true) print(report);
  }
} finally {
  rmSync(shopFolder, { recursive: true, force: true });
}
const measured = reports.flatMap((report) => report.measured);
if (values.json === true) console.log(JSON.stringify(measured, null, 2));
process.exitCode = measured.some(({ reached }) => reached === false) ? 1 : 0;
