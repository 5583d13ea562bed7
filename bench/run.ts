import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { BenchReport, BenchRow } from './row.ts';
import { rows } from './rows.ts';

/** Entry of `npm run bench`: runs the rows one after the other, each in a folder of its own. */

const LARGE_SHOP = 1_000_000;

async function runRow(row: BenchRow, size: number): Promise<BenchReport> {
  const folder = mkdtempSync(join(tmpdir(), `heads-up-bench-${row.name}-`));
  try {
    return await row.run({ rows: size, folder, say: (line) => void process.stderr.write(`  ${line}\n`) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, rows: { type: 'string' } },
});
const unknown = positionals.filter((name) => rows.every((row) => row.name !== name));
const size = Number(values.rows ?? LARGE_SHOP);
if (unknown.length > 0 || !Number.isSafeInteger(size) || size < 1) {
  console.error(`Usage: npm run bench -- [--json] [--rows N] [${rows.map(({ name }) => name).join('|')}]...`);
  process.exit(2);
}
const chosen = positionals.length === 0 ? rows : rows.filter(({ name }) => positionals.includes(name));
const reports: BenchReport[] = [];
for (const row of chosen) {
  if (values.json !== true) console.log(`\n${row.name}: ${row.title}`);
  const report = await runRow(row, size);
  reports.push(report);
  if (values.json === true) continue;
  if (report.skipped !== null) console.log(`  SKIPPED: ${report.skipped}`);
  for (const { name, figure, unit, target, reached } of report.measured) {
    const verdict = target === null ? '' : `${reached === true ? 'reached' : 'NOT REACHED'}: ${target}`;
    console.log(`  ${name.padEnd(60)} ${figure.toFixed(2)} ${unit.padEnd(4)} ${verdict}`);
  }
}
const measured = reports.flatMap((report) => report.measured);
if (values.json === true) console.log(JSON.stringify(measured, null, 2));
process.exitCode = measured.some(({ reached }) => reached === false) ? 1 : 0;
