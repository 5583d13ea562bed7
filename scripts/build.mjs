import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const outputs = ['dist/main/browser.js', 'dist/renderer/index.html', 'dist/preload/index.cjs'];
const sources = [
  'assets',
  'main',
  'preload',
  'renderer',
  'shared',
  'vite.config.ts',
  'postcss.config.cjs',
  'package.json',
];

/**
 * Whether the build is missing or older than a source. A folder without sources is an installed build: never stale.
 *
 * @param {string} root
 */
export function isBuildStale(root) {
  const present = sources.map((name) => join(root, name)).filter((path) => existsSync(path));
  const built = outputs.map((name) => join(root, name));
  if (!built.every((path) => existsSync(path))) return true;
  if (!existsSync(join(root, 'main'))) return false;
  const builtAt = Math.min(...built.map((path) => statSync(path).mtimeMs));
  return present.some((path) => findNewest(path) > builtAt);
}

/**
 * Builds main, preload and renderer. What the tool says goes to stderr; stdout belongs to the program.
 *
 * @param {string} root
 * @returns {boolean} whether it worked
 */
export function build(root) {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'build', '--app', '--logLevel', 'warn'];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] });
  return status === 0;
}

/**
 * @param {string} path
 * @returns {number} epoch ms of the newest file in it
 */
function findNewest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  // The folder's own time counts as well: it tells of a file that was removed.
  const inside = readdirSync(path).map((name) => findNewest(join(path, name)));
  return Math.max(stat.mtimeMs, ...inside);
}
