import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scratch } from '../../helpers/scratch.ts';

export type Shim = Readonly<{
  path: string;
  /** Of its own, for whatever the part makes. */
  folder: string;
}>;

/**
 * Compiles the shim that stands between a process and its files.
 *
 * @returns why not, where it cannot be had
 */
export function compileShim(): Shim | string {
  if (process.platform !== 'linux') return 'only on Linux can a library be put between a program and its files';
  const source = fileURLToPath(new URL('disk-shim.c', import.meta.url));
  const folder = mkdtempSync(join(scratch, 'heads-up-power-'));
  const path = join(folder, 'disk-shim.so');
  try {
    execFileSync('cc', ['-O1', '-shared', '-fPIC', '-o', path, source, '-ldl', '-lpthread'], { stdio: 'pipe' });
  } catch {
    return 'there is no C compiler (cc) that could build the shim';
  }
  return { path, folder };
}

/** Runs one of the entries beside this file, with its name first, in a process whose files the shim watches. */
export function runUnderShim(
  shim: Shim,
  [entry = '', ...args]: readonly string[],
  settings: Readonly<Record<string, string>>,
  onOutput: (text: string) => void = () => undefined,
): Promise<Readonly<{ output: string; /** Null when it came to its end. */ problem: string | null }>> {
  const child = spawn(process.execPath, [fileURLToPath(new URL(entry, import.meta.url)), ...args], {
    env: { PATH: process.env['PATH'] ?? '', LD_PRELOAD: shim.path, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
    onOutput(chunk);
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) =>
      resolve({
        output,
        problem: code === 0 ? null : `the process under test ended with ${String(signal ?? code)}: ${errors}`,
      }),
    );
  });
}
