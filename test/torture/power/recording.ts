import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRandom } from '../../../main/practice/random.ts';
import { createDisk } from './disk-model.ts';
import { noPromises, places, type Promises } from './promises.ts';
import { runUnderShim, type Shim } from './shim.ts';
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

/** Lets the product work in a process of its own, and keeps what it does to its files. */
export async function record(
  shim: Shim,
  workload: 'first-days' | 'update',
  synchronous: 'FULL' | 'NORMAL' = 'FULL',
): Promise<Recording> {
  const root = join(shim.folder, `${workload}-${synchronous}`);
  const trace = `${root}.trace`;
  mkdirSync(root);
  const { problem } = await runUnderShim(shim, ['workload.ts', root, workload, synchronous], {
    DISK_SHIM_FOLDER: root,
    DISK_SHIM_TRACE: trace,
  });
  if (problem !== null) throw new Error(problem);
  const all = readTrace(readFileSync(trace));
  expectWhole(root, all);
  return sortOut(root, all);
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
