// npm test: build, types, lint, format, tests; stops at the first that fails. The last line is always the count.
import './node-guard.mjs';
import { spawnSync } from 'node:child_process';
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

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {boolean} whether it ended with 0
 */
function run(command, args) {
  console.log(`\n$ ${command} ${args.join(' ')}`);
  const shell = process.platform === 'win32';
  return spawnSync(command, args, { cwd: root, env: environment, stdio: 'inherit', shell }).status === 0;
}

/** @returns {Count} */
function checkBrowser() {
  if (findChromium() !== null) return { passed: 0, failed: 0 };
  const isCi = process.env['CI'] === 'true';
  console.log(`No Chromium found (PATH, CHROMIUM_PATH): ${isCi ? 'CI needs one.' : 'the browser tests are skipped.'}`);
  return { passed: 0, failed: isCi ? 1 : 0 };
}

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {() => Count}
 */
const step = (command, args) => () => (run(command, args) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

/** @returns {Count} */
function runVitest() {
  const folder = mkdtempSync(join(tmpdir(), 'heads-up-test-'));
  const report = join(folder, 'report.json');
  const isOk = run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]);
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

const steps = [
  checkBrowser,
  step('vite', ['build', '--app', '--logLevel', 'warn']),
  step('node', ['scripts/typecheck.mjs']),
  step('oxlint', ['--type-aware', '--deny-warnings']),
  step('prettier', ['--check', '--log-level', 'warn', '.']),
  runVitest,
];

const total = { passed: 0, failed: 0 };
for (const next of steps) {
  const { passed, failed } = next();
  total.passed += passed;
  total.failed += failed;
  if (failed > 0) break;
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
