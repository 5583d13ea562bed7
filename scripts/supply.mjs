// npm run supply: what the project takes from others. With --required nothing may be skipped (the release asks for that).
import './node-guard.mjs';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, isBuildStale } from './build.mjs';
import { findUnanswered, readAudit } from './supply/audit.mjs';
import { checkLock, checkShipped } from './supply/check-packages.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const isRequired = process.argv.includes('--required');
/** @type {string[]} */
const problems = [];

const readText = (/** @type {string} */ path) => readFileSync(join(root, path), 'utf8');
const readJson = (/** @type {string} */ path) => /** @type {unknown} */ (JSON.parse(readText(path)));
/** @param {string[]} args */
const npm = (...args) =>
  spawnSync('npm', args, { cwd: root, encoding: 'utf8', shell: process.platform === 'win32', timeout: 300_000 });

/**
 * @param {string} what
 * @param {string} why
 */
function skip(what, why) {
  console.log(`SKIPPED: ${what}: ${why}`);
  if (isRequired) problems.push(`${what} could not be done, and is required here.`);
}

if (isBuildStale(root) && !build(root)) {
  console.error('The build failed; the lines above say where.');
  process.exit(1);
}
const manifest = /** @type {import('./supply/check-packages.mjs').Manifest} */ (readJson('package.json'));
const lock = /** @type {import('./supply/check-packages.mjs').Lock} */ (readJson('package-lock.json'));
const shipped = /** @type {import('./supply/check-packages.mjs').Shipped[]} */ (readJson('dist/shipped.json'));
problems.push(...checkLock(manifest, lock), ...checkShipped(shipped));
console.log(`${Object.keys(lock.packages).length - 1} packages in the lock file, ${shipped.length} of them ship.`);

const audit = readAudit(npm('audit', '--json').stdout);
if (audit.kind === 'unavailable') skip('Advisories', audit.why);
else {
  console.log(`${audit.advisories.length} advisories.`);
  problems.push(...findUnanswered(audit, readText('docs/security.md')));
}
const signatures = npm('audit', 'signatures');
const said = `${signatures.stdout}\n${signatures.stderr}`;
if (signatures.status === 0) console.log(signatures.stdout.trim());
else if (/invalid|missing.*signature/i.test(said)) problems.push(said.trim());
else skip('Signatures of the registry', 'no service that knows them could be reached');

for (const problem of problems) console.error(problem);
console.log(problems.length === 0 ? 'Nothing came in that was not chosen.' : `${problems.length} problems.`);
process.exitCode = problems.length === 0 ? 0 : 1;
