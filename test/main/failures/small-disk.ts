import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { makeFolder } from './open-engine.ts';

export type SmallDisk = Readonly<{
  folder: string;
  /** Writes until nothing more fits. */
  fill: () => void;
  free: () => void;
  makeReadOnly: () => void;
  makeWritable: () => void;
}>;

/** Whether this process may mount at all; as root on Linux it may. Tests that need it are skipped, and say so. */
export const canMount = tryToMount();

function tryToMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return tellSkipped();
  // One of its own: several test files ask at the same time.
  const folder = mkdtempSync(join(tmpdir(), 'heads-up-can-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return tellSkipped();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function tellSkipped(): false {
  console.log(
    'SKIPPED: this process may not mount a small disk, so the tests of a full and a read-only disk do not run.',
  );
  return false;
}

/** A real file system of that size, gone after the test. */
export function mountSmallDisk(kilobytes: number): SmallDisk {
  const folder = makeFolder();
  const mount = (...options: string[]): void => {
    execFileSync('mount', options, { stdio: 'ignore' });
  };
  mount('-t', 'tmpfs', '-o', `size=${kilobytes}k,mode=0700`, 'none', folder);
  // Lazily, because a test that failed may still hold a file open.
  onTestFinished(() => void execFileSync('umount', ['-l', folder]));
  const filler = join(folder, 'filler');
  return {
    folder,
    fill: () => {
      const file = openSync(filler, 'a');
      const block = Buffer.alloc(4096);
      try {
        for (;;) if (writeSync(file, block) === 0) break;
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
      } finally {
        closeSync(file);
      }
    },
    free: () => rmSync(filler, { force: true }),
    makeReadOnly: () => mount('-o', 'remount,ro', folder),
    makeWritable: () => mount('-o', 'remount,rw', folder),
  };
}
