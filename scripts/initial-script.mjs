import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** What the first load may weigh, bytes after gzip. */
export const INITIAL_SCRIPT_BUDGET = 200_000;

/**
 * The scripts that a built console loads before its first screen: those of the page, and all that the Overview needs.
 *
 * @param {string} folder the built renderer
 * @returns {{ files: string[], bytes: number }} bytes after gzip
 */
export function measureInitialScript(folder) {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const wanted = [...html.matchAll(/(?:src|href)="\.\/([^"]+\.js)"/g)].map(([, file]) => file ?? '');
  // The Overview is loaded lazily, yet it is what everybody sees first.
  const entry = wanted.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
  wanted.push(...[...entry.matchAll(/overview-screen-[\w-]+\.js/g)].map(([file]) => `assets/${file}`));

  /** @type {Set<string>} */
  const files = new Set();
  for (let file = wanted.pop(); file !== undefined; file = wanted.pop()) {
    if (files.has(file) || !existsSync(join(folder, file))) continue;
    files.add(file);
    const source = readFileSync(join(folder, file), 'utf8');
    // Static imports only: what is loaded lazily does not hold up the first screen.
    for (const [, name] of source.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g))
      wanted.push(`assets/${name}`);
  }
  const bytes = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0);
  return { files: [...files].toSorted(), bytes };
}

/**
 * Says it at the end of a build, to stderr: stdout belongs to the program that was asked to build.
 *
 * @param {string} folder the built renderer
 */
export function reportInitialScript(folder) {
  const { files, bytes } = measureInitialScript(folder);
  const kilobytes = (bytes / 1000).toFixed(0);
  console.error(
    `Initial script: ${kilobytes} kB after gzip, ${files.length} files (budget ${INITIAL_SCRIPT_BUDGET / 1000} kB).`,
  );
}
