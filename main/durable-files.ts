import { closeSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * What survives a power cut: the bytes of a file after a sync of the file, its name (a new one, another one, none) after
 * a sync of its folder. SQLite sees to its own files; these are for ours.
 */

export function syncFile(path: string): void {
  syncAt(path, 'r+');
}

/** Windows cannot open a folder, and need not. */
export function syncFolder(folder: string): void {
  if (process.platform !== 'win32') syncAt(folder, 'r');
}

/** The folder of a file and all folders above: any of them may be as new as the file, whoever made it. */
export function syncFoldersOf(path: string): void {
  const folder = dirname(path);
  syncFolder(folder);
  if (folder === dirname(folder)) return;
  try {
    syncFoldersOf(folder);
  } catch (error) {
    // One that may not be opened, or is on a file system that syncs no folders, was there before us.
    if (error instanceof Error && 'code' in error && (error.code === 'EIO' || error.code === 'ENOSPC')) throw error;
  }
}

function syncAt(path: string, flags: 'r' | 'r+'): void {
  const descriptor = openSync(path, flags);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
