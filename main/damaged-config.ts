import { readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Moves a `config.json` out of the way that cannot be what this program wrote: no JSON, half of it, or no file at all. It is
 * kept, because a person may find in it what is missing, and the program starts without it: what the shop knows is elsewhere.
 *
 * One that may not be read is left alone: it may be sound, and its permissions can be put right.
 *
 * @returns a sentence for the merchant; null when there was nothing to move
 */
export function setAsideDamagedConfig(folder: string, now: number): string | null {
  const path = join(folder, 'config.json');
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || (stat.isFile() && isObject(readFileSync(path, 'utf8')))) return null;
  const kept = join(folder, `config.damaged-${new Date(now).toISOString().replace(/[-:.]/g, '')}.json`);
  renameSync(path, kept);
  return `${path} was damaged, so the saved keys are gone and the settings of this computer are as at first. The shop has lost nothing. Enter the keys again under Settings, Connections. The damaged file is kept as ${kept}.`;
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
