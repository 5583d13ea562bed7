import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Shorter parts may be shown: the last four characters are what a key is recognised by. */
const partLength = 5;
const letters = 'QXZJKVWY';
const signs = '~^!$';
const runs = /[QXZJKVWY~^!$]{5,}/g;

/**
 * A key that nothing else looks like: letters and signs take turns, and none comes again within four characters, so
 * that no word, no base64 and no regular expression holds a part of it by chance.
 */
export function makePlantedKey(): string {
  let key = '';
  while (key.length < 40) {
    const from = key.length % 2 === 0 ? letters : signs;
    const next = from[randomInt(from.length)] ?? '';
    if (!key.slice(-3).includes(next)) key += next;
  }
  return key;
}

/** Looks for every part of the keys that is longer than four characters; says what it found, by the names of the keys. */
export function createKeyFinder(keys: Readonly<Record<string, string>>) {
  const owners = new Map<string, string>();
  for (const [name, key] of Object.entries(keys)) {
    for (let at = 0; at + partLength <= key.length; at += 1) owners.set(key.slice(at, at + partLength), name);
  }
  const findIn = (text: string): string[] => {
    const found = new Set<string>();
    for (const [run] of text.matchAll(runs)) {
      for (let at = 0; at + partLength <= run.length; at += 1) {
        const owner = owners.get(run.slice(at, at + partLength));
        if (owner !== undefined) found.add(owner);
      }
    }
    return [...found];
  };
  return {
    findIn,
    /** As they lie on the disk: whatever is text in them is text here. */
    findInFiles: (folder: string): string[] =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .flatMap((path) => findIn(readFileSync(path, 'latin1')).map((name) => `${name} in ${path}`)),
  };
}
