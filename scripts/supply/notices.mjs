import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * One package of somebody else's that is part of what ships.
 *
 * @typedef {{ name: string, version: string, identifier?: string, text?: string }} ShippedPackage
 */

const bundles = ['dist/main/bundled.json', 'dist/preload/bundled.json', 'dist/renderer/bundled.json'];

/** Bundled by nobody: the one that is installed as it is. It brings SQLite, which is in the public domain. */
const installed = ['better-sqlite3'];

/**
 * Makes one list and one text of what the three bundles hold: `dist/shipped.json` and `dist/third-party-notices.md`.
 *
 * @param {string} root
 */
export function collectNotices(root) {
  /** @type {Map<string, ShippedPackage>} */
  const shipped = new Map();
  const found = [
    ...bundles.flatMap((path) => readPackages(join(root, path))),
    ...installed.map((name) => readInstalled(root, name)),
  ];
  for (const one of found) shipped.set(`${one.name}@${one.version}`, one);
  const packages = [...shipped.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  for (const path of bundles) rmSync(join(root, path));
  const list = packages.map(({ name, version, identifier = null }) => ({ name, version, identifier }));
  writeFileSync(join(root, 'dist/shipped.json'), `${JSON.stringify(list, null, 2)}\n`);
  writeFileSync(join(root, 'dist/third-party-notices.md'), describe(packages));
}

/** @param {string} path */
function readPackages(path) {
  return /** @type {ShippedPackage[]} */ (JSON.parse(readFileSync(path, 'utf8')));
}

/**
 * @param {string} root
 * @param {string} name
 * @returns {ShippedPackage}
 */
function readInstalled(root, name) {
  const folder = join(root, 'node_modules', name);
  const { version, license } = /** @type {{ version: string, license: string }} */ (
    JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  );
  return { name, version, identifier: license, text: readFileSync(join(folder, 'LICENSE'), 'utf8').trim() };
}

/** @param {readonly ShippedPackage[]} packages */
function describe(packages) {
  const chapters = packages.map(
    ({ name, version, identifier = 'no licence named', text }) =>
      `## ${name} ${version} (${identifier})\n\n${text ?? 'The package has no licence text of its own.'}\n`,
  );
  return [
    '# Third-party notices\n',
    `Heads Up holds ${packages.length} packages of others, under the licences below. SQLite, inside better-sqlite3, is in the`,
    'public domain. The desktop app also brings Electron and Chromium, whose notices lie beside the program.\n',
    ...chapters,
  ].join('\n');
}
