// npm test: build, types, lint and format at the same time, then the tests; they do not start when one of those failed. The last
// line is always the count.
import './node-guard.mjs';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Not above: an old Node would stumble over TypeScript before the guard could say why.
const { findChromium } = await import('../test/helpers/find-chromium.ts');

const root = fileURLToPath(new URL('..', import.meta.url));
const environment = {
  ...process.env,
  PATH: [join(root, 'node_modules', '.bin'), process.env['PATH']].join(delimiter),
};
/** @typedef {{ passed: number, failed: number }} Count */

const shell = process.platform === 'win32';

/**
 * Says what it said once it has ended, so that those which run at the same time do not speak at once.
 *
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<Count>}
 */
async function check(command, args) {
  const child = spawn(command, args, { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'pipe'], shell });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part) => (output += part));
  await new Promise((done) => {
    child.once('error', (error) => done((output += `${error.message}\n`)));
    child.once('close', done);
  });
  console.log(`\n$ ${command} ${args.join(' ')}`);
  process.stdout.write(output);
  return child.exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** @returns {Count} */
function checkBrowser() {
  if (findChromium() !== null) return { passed: 0, failed: 0 };
  const isCi = process.env['CI'] === 'true';
  console.log(`No Chromium found (PATH, CHROMIUM_PATH): ${isCi ? 'CI needs one.' : 'the browser tests are skipped.'}`);
  return { passed: 0, failed: isCi ? 1 : 0 };
}

/** @returns {Count} */
function runVitest() {
  const folder = mkdtempSync(join(tmpdir(), 'heads-up-test-'));
  const report = join(folder, 'report.json');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  console.log(`\n$ vitest ${args.join(' ')}`);
  const isOk = spawnSync('vitest', args, { cwd: root, env: environment, stdio: 'inherit', shell }).status === 0;
  const count = readReport(report);
  rmSync(folder, { recursive: true });
  // A file that does not load and an error outside any test are failures without a failed test.
  return isOk ? count : { ...count, failed: Math.max(count.failed, 1) };
}

/**
 * @param {string} path
 * @returns {Count}
 */
function readReport(path) {
  try {
    const report = /** @type {{ numPassedTests: number, numFailedTests: number }} */ (
      JSON.parse(readFileSync(path, 'utf8'))
    );
    return { passed: report.numPassedTests, failed: report.numFailedTests };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

const browser = checkBrowser();
const checks =
  browser.failed > 0
    ? []
    : await Promise.all([
        check('node', ['scripts/typecheck.mjs']),
        check('prettier', ['--check', '--log-level', 'warn', '.']),
        check('oxlint', ['--type-aware', '--deny-warnings']),
        check('vite', ['build', '--app', '--logLevel', 'warn']),
      ]);
const total = { passed: 0, failed: 0 };
/** @param {Count} count */
function add({ passed, failed }) {
  total.passed += passed;
  total.failed += failed;
}
for (const count of [browser, ...checks]) add(count);
if (total.failed === 0) add(runVitest());
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
