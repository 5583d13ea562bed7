import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { engineHeapLimits } from './engine/port.ts';
import { isBroken, runPractice, type PracticeReport } from './engine/practice-run.ts';
import { defaultPracticeOptions, defaultSwitches } from './practice/practice-shop.ts';
import type { PracticeOptions } from './practice/practice-shop-types.ts';
import { forkPracticeShop } from './practice/remote-practice-shop.ts';

/**
 * Entry of the headless practice run (`npm run practice`). Exits 1 when a promise was broken.
 *
 * The engine runs in a worker thread with the same bounds as in a host, so that its memory is the memory a merchant sees.
 */

const USAGE = `npm run practice -- [--days 30] [--customers 200] [--seed 7] [--faults none|mixed] [--page-base 0|1]
  [--updated-date-filter on|off] [--external-id accept|dedupe|409] [--zone America/New_York] [--json]
npm run practice -- --memory     the engine's memory while it syncs 1,000 and 100,000 customers`;

function choose<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new Error(`--${name} takes ${allowed.join(' or ')}`);
  return found;
}

function wholeNumber(name: string, value: string, least: number, most: number): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < least || number > most) {
    throw new Error(`--${name} takes a whole number from ${least} to ${most}`);
  }
  return number;
}

function readArguments(): Readonly<{
  options: PracticeOptions;
  days: number;
  isJson: boolean;
  isMemory: boolean;
  isVerbose: boolean;
}> {
  const { values } = parseArgs({
    options: {
      days: { type: 'string', default: '30' },
      customers: { type: 'string', default: '200' },
      seed: { type: 'string', default: '7' },
      faults: { type: 'string', default: 'none' },
      'page-base': { type: 'string', default: '0' },
      'updated-date-filter': { type: 'string', default: 'on' },
      'external-id': { type: 'string', default: 'accept' },
      zone: { type: 'string', default: defaultPracticeOptions.timeZone },
      json: { type: 'boolean', default: false },
      memory: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
    },
  });
  const options: PracticeOptions = {
    ...defaultPracticeOptions,
    customers: wholeNumber('customers', values.customers, 1, 1_000_000),
    seed: wholeNumber('seed', values.seed, 0, 2_147_483_647),
    timeZone: values.zone,
    billingTimeZone: values.zone,
    faults: choose('faults', values.faults, ['none', 'mixed']),
    switches: {
      ...defaultSwitches,
      pageBase: choose('page-base', values['page-base'], ['0', '1']) === '1' ? 1 : 0,
      updatedDateFilter: choose('updated-date-filter', values['updated-date-filter'], ['on', 'off']) === 'on',
      externalId: choose('external-id', values['external-id'], ['accept', 'dedupe', '409']),
    },
  };
  return {
    options,
    days: wholeNumber('days', values.days, 0, 3660),
    isJson: values.json,
    isMemory: values.memory,
    isVerbose: values.verbose,
  };
}

function printReport(report: PracticeReport): void {
  const { findings, ...figures } = report;
  for (const [name, value] of Object.entries(figures))
    console.log(`${name}: ${typeof value === 'object' ? JSON.stringify(value) : value}`);
  for (const finding of findings.slice(0, 50)) console.log(`BROKEN ${finding}`);
  console.log(isBroken(report) ? 'A promise was broken.' : 'Every promise was kept.');
}

/** Each size in a process of its own, because a process does not give memory back. */
function compareMemory(): number {
  const peaks = [1000, 100_000].map((customers) => {
    const run = spawnSync(
      process.execPath,
      [fileURLToPath(import.meta.url), '--days', '0', '--customers', String(customers), '--json'],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 64 * 1024 * 1024 },
    );
    const report: unknown = JSON.parse(run.stdout);
    if (typeof report !== 'object' || report === null || !('memoryMb' in report)) throw new Error('Expected a report');
    const { peak } = report.memoryMb as PracticeReport['memoryMb'];
    console.log(`${customers} customers: the engine reached ${peak} MB`);
    return peak;
  });
  const growth = Math.round(((peaks[1] ?? 0) - (peaks[0] ?? 0)) * 10) / 10;
  console.log(`growth: ${growth} MB (must stay under 60)`);
  return growth < 60 ? 0 : 1;
}

async function run(): Promise<number> {
  const { options, days, isJson, isVerbose } = readArguments();
  const isTerminal = process.stderr.isTTY;
  const report = await runPractice({
    options,
    days,
    start: (practiceOptions) => forkPracticeShop(practiceOptions, worldEntry()),
    onProgress: (line) => process.stderr.write(isTerminal ? `\r${line}` : `${line}\n`),
    log: (level, message, fields) => {
      if (isVerbose) process.stderr.write(`${level} ${message} ${JSON.stringify(fields ?? {})}\n`);
    },
  });
  if (isTerminal) process.stderr.write('\n');
  if (isJson) console.log(JSON.stringify(report));
  else printReport(report);
  return isBroken(report) ? 1 : 0;
}

/** The simulators run in a process of their own, so that the engine's memory is the engine's. */
function worldEntry(): URL {
  const isSource = import.meta.url.endsWith('.ts');
  return new URL(isSource ? './practice/world-process.ts' : './practice-world.js', import.meta.url);
}

function runInThread(): Promise<number> {
  const thread = new Worker(new URL(import.meta.url), {
    argv: process.argv.slice(2),
    resourceLimits: engineHeapLimits,
  });
  return new Promise((resolve, reject) => {
    thread.once('message', (code: number) => resolve(code));
    thread.once('error', reject);
  });
}

async function main(): Promise<number> {
  if (!isMainThread) return run();
  return readArguments().isMemory ? compareMemory() : runInThread();
}

try {
  const code = await main();
  if (isMainThread) process.exitCode = code;
  else parentPort?.postMessage(code);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error(USAGE);
  process.exitCode = 2;
  if (!isMainThread) parentPort?.postMessage(2);
}
