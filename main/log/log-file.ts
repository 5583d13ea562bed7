import { chmodSync, closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Where pino's lines go: one file for its owner only, and the one before it. */
export type LogFile = Readonly<{ write: (line: string) => void; close: () => void }>;

/**
 * Appends to `path`; when it has grown to `maxBytes` it becomes `previousPath` and a new one begins.
 *
 * Writes are synchronous, so that the last line before a crash is there. A disk that refuses loses lines and nothing
 * else: a log must never stop what it tells about.
 */
export function openLogFile(path: string, previousPath: string, maxBytes: number): LogFile {
  let descriptor: number | null = null;
  let size = 0;

  const open = (): number => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const opened = openSync(path, 'a', 0o600);
    // The mode above counts only for a new file.
    chmodSync(path, 0o600);
    size = fstatSync(opened).size;
    return opened;
  };
  const close = (): void => {
    if (descriptor !== null) closeSync(descriptor);
    descriptor = null;
  };

  return {
    write: (line) => {
      try {
        descriptor ??= open();
        if (size > 0 && size + line.length > maxBytes) {
          close();
          renameSync(path, previousPath);
          descriptor = open();
        }
        size += writeSync(descriptor, line);
      } catch {
        // Tried again with the next line.
        close();
      }
    },
    close,
  };
}
