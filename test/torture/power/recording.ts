import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRandom } from '../../../main/practice/random.ts';
import { createDisk } from './disk-model.ts';
import { noPromises, places, type Promises } from './promises.ts';
import type { Shim } from './shim.ts';
import { readTrace, type DiskOperation } from './trace.ts';

export type Recording = Readonly<{
  /** The folder that was recorded; all paths of the operations begin with it. */
  root: string;
  operations: readonly DiskOperation[];
  /** Per operation: what was promised when it began. */
  promises: readonly Promises[];
  /** Operations, by index, after which somebody outside relied on all that was committed before. */
  marks: readonly number[];
}>;

type Ready = Extract<Shim, { ok: true }>;

/** Lets the product work in a process of its own, and keeps what it does to its files. */
export async function record(
  shim: Ready,
  workload: 'first-days' | 'update',
  synchronous: 'FULL' | 'NORMAL' = 'FULL',
): Promise<Recording> {
  const root = join(shim.folder, `${workload}-${synchronous}`);
  const trace = `${root}.trace`;
  mkdirSync(root);
  await run([fileURLToPath(new URL('workload.ts', import.meta.url)), root, workload, synchronous], {
    LD_PRELOAD: shim.path,
    DISK_SHIM_FOLDER: root,
    DISK_SHIM_TRACE: trace,
  });
  const all = readTrace(readFileSync(trace));
  expectWhole(root, all);
  return sortOut(root, all);
}

/** Runs one of the entries beside this file in a process of its own, and answers with what it printed. */
export function run(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<string> {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new Error(`The process under test ended with ${String(signal ?? code)}:\n${errors}`));
    });
  });
}

/** A trace that misses a write would make images that never were. So all of it together must be what lies there now. */
function expectWhole(root: string, operations: readonly DiskOperation[]): void {
  const disk = createDisk(root);
  for (const operation of operations) disk.apply(operation);
  const { files } = disk.cut('kept', createRandom(1));
  const found = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('-shm'))
    .map((entry) => join(entry.parentPath, entry.name));
  const wrong = found.filter((path) => files.get(path)?.bytes().equals(readFileSync(path)) !== true);
  const tooMany = [...files.keys()].filter((path) => !found.includes(path));
  if (wrong.length + tooMany.length > 0)
    throw new Error(`The trace does not say how these came about: ${[...wrong, ...tooMany].join(', ')}`);
}

/** Takes the promises out of the trace: they are our own, and no part of what a power cut may take. */
function sortOut(root: string, all: readonly DiskOperation[]): Recording {
  const book = join(root, places.promises);
  const operations: DiskOperation[] = [];
  const promises: Promises[] = [];
  const marks: number[] = [];
  let current = noPromises;
  let bookFd: number | undefined;
  for (const operation of all) {
    if (operation.kind === 'open' && operation.path === book) bookFd = operation.fd;
    else if (operation.kind === 'write' && operation.fd === bookFd) {
      // Each line was written by the workload in one go.
      current = JSON.parse(operation.bytes.toString()) as Promises;
      marks.push(operations.length);
    } else {
      operations.push(operation);
      promises.push(current);
    }
  }
  return { root: dirname(book), operations, promises, marks };
}
