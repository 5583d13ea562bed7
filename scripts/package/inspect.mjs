import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, posix } from 'node:path';
import { extractFile, getRawHeader, uncache } from '@electron/asar';
import { checkFuses, fuses } from './fuses.mjs';

/** @typedef {import('./layout.mjs').PackedApp} PackedApp */

/** What app.asar may weigh. */
const ARCHIVE_BUDGET = 15_000_000;

/** All that may be in the archive. */
const allowed = [
  /^package\.json$/,
  /^dist\/main\/(index|engine-worker)\.js$/,
  /^dist\/main\/chunks\/[\w.-]+\.js$/,
  /^dist\/main\/icons\/[\w@.-]+\.(png|ico)$/,
  /^dist\/preload\/index\.cjs$/,
  /^dist\/renderer\/(index\.html|color-scheme\.js|favicon\.svg)$/,
  /^dist\/renderer\/assets\/[\w.-]+\.(js|css|svg|png|woff2)$/,
  /^node_modules\/better-sqlite3\/(LICENSE|package\.json|lib\/[\w/-]+\.js)$/,
];

/** What the app does not start without. */
const required = [
  'package.json',
  'dist/main/index.js',
  'dist/main/engine-worker.js',
  'dist/preload/index.cjs',
  'dist/renderer/index.html',
  'node_modules/better-sqlite3/package.json',
  'node_modules/better-sqlite3/lib/index.js',
  'dist/main/icons/window.png',
  ...['running', 'paused', 'attention'].flatMap((state) =>
    ['.ico', '.png', 'Template.png'].map((end) => `dist/main/icons/tray-${state}${end}`),
  ),
];

/**
 * Looks at a packed app: what is in it, and what should not be so.
 *
 * @param {PackedApp} app
 * @returns {{ facts: string[], problems: string[] }}
 */
export function inspectPackedApp(app) {
  // The reader remembers archives by their path.
  uncache(app.archive);
  const { header, headerString } = getRawHeader(app.archive);
  const files = listFiles(header);
  const packed = files.filter(({ isUnpacked }) => !isUnpacked).map(({ path }) => path);
  const unpacked = files.filter(({ isUnpacked }) => isUnpacked).map(({ path }) => path);
  const bytes = statSync(app.archive).size;
  const native = `node_modules/better-sqlite3/prebuilds/${app.system}-${app.arch}.node`;
  const hash = createHash('sha256').update(headerString).digest('hex');

  const problems = packed
    .filter((path) => !allowed.some((pattern) => pattern.test(path)))
    .map((path) => `${path} has no place in the archive.`);
  problems.push(...required.filter((path) => !packed.includes(path)).map((path) => `${path} is missing.`));
  problems.push(...findDeadImports(app, packed));
  if (unpacked.join() !== native)
    problems.push(`Beside the archive lies ${unpacked.join(', ') || 'nothing'}, not ${native}.`);
  if (!existsSync(`${app.archive}.unpacked/${native}`)) problems.push(`${native} is listed, but not there.`);
  if (bytes > ARCHIVE_BUDGET) problems.push(`The archive has ${bytes} bytes, more than ${ARCHIVE_BUDGET}.`);
  if (app.integrityRecord !== null && !readFileSync(app.integrityRecord).includes(hash)) {
    problems.push(`The archive's hash is not recorded in the program.`);
  }
  problems.push(...checkFuses(app.fuseCarrier));
  if (!existsSync(join(dirname(app.archive), 'third-party-notices.md')))
    problems.push('The notices of others are missing.');

  const name = `${app.system} ${app.arch}`;
  const facts = [
    `${packed.length} files in app.asar, ${(bytes / 1e6).toFixed(1)} MB (budget ${ARCHIVE_BUDGET / 1e6} MB)`,
    `beside it ${unpacked.join(', ')}`,
    app.integrityRecord === null
      ? "no place for the archive's hash on this system"
      : `hash of the archive ${hash.slice(0, 12)}…`,
    `${Object.keys(fuses).length} fuses looked at`,
  ];
  return { facts: facts.map((fact) => `${name}: ${fact}`), problems: problems.map((problem) => `${name}: ${problem}`) };
}

/**
 * @param {import('@electron/asar').DirectoryRecord} directory
 * @param {string} prefix
 * @returns {{ path: string, isUnpacked: boolean }[]}
 */
function listFiles(directory, prefix = '') {
  return Object.entries(directory.files).flatMap(([name, entry]) => {
    const path = prefix + name;
    return 'files' in entry
      ? listFiles(entry, `${path}/`)
      : [{ path, isUnpacked: 'unpacked' in entry && entry.unpacked }];
  });
}

/**
 * @param {PackedApp} app
 * @param {readonly string[]} packed
 */
function findDeadImports(app, packed) {
  const modules = packed.filter((path) => path.startsWith('dist/main/') && path.endsWith('.js'));
  return modules.flatMap((path) => {
    const source = extractFile(app.archive, normalize(path)).toString();
    const named = [
      ...source.matchAll(/^import [^"';]*"(\.[^"]+)";$/gm),
      ...source.matchAll(/\bimport\("(\.[^"]+)"\)/g),
    ];
    return named
      .map(([, target = '']) => posix.join(posix.dirname(path), target))
      .filter((target) => !packed.includes(target))
      .map((target) => `${path} imports ${target}, which is missing.`);
  });
}
