import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scratch } from '../../helpers/scratch.ts';

export type Shim = Readonly<{ ok: true; path: string; folder: string }> | Readonly<{ ok: false; why: string }>;

/**
 * Compiles the shim that stands between a process and its files, into a new folder of its own.
 *
 * @returns why not, where it cannot be had
 */
export function compileShim(): Shim {
  if (process.platform !== 'linux')
    return { ok: false, why: 'only on Linux can a library be put between a program and its files' };
  const source = fileURLToPath(new URL('disk-shim.c', import.meta.url));
  const folder = mkdtempSync(join(scratch, 'heads-up-power-'));
  const path = join(folder, 'disk-shim.so');
  try {
    execFileSync('cc', ['-O1', '-shared', '-fPIC', '-o', path, source, '-ldl', '-lpthread'], { stdio: 'pipe' });
  } catch {
    return { ok: false, why: 'there is no C compiler (cc) that could build the shim' };
  }
  return { ok: true, path, folder };
}
