import { spawn, spawnSync } from 'node:child_process';
import { explainExit } from './explain-exit.mjs';

/**
 * Runs the desktop app until it ends, and says what to do when that was an error.
 *
 * @param {string} electron
 * @param {string[]} args
 * @returns {Promise<number>} the exit code
 */
export function runDesktop(electron, args) {
  // No pipes: what the app opens in other programs inherits them and would miss them once the app is gone.
  const child = spawn(electron, args, { stdio: 'inherit', env: appEnvironment() });
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGHUP'));
  // A terminal sends Ctrl+C to the app as well; a second one would end it before the engine has finished.
  process.on('SIGINT', () => {
    if (!process.stdin.isTTY) child.kill('SIGINT');
  });
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`The desktop app does not start: ${error.message}`);
      console.error(explainExit(''));
      resolve(1);
    });
    child.on('exit', (code, signal) => {
      const isAsked = signal === 'SIGINT' || signal === 'SIGTERM' || signal === 'SIGHUP';
      if (!isAsked && code !== 0) console.error(explainExit(hearWhy(electron)));
      resolve(isAsked ? 0 : (code ?? 1));
    });
  });
}

/** The terminal of an editor that is itself an Electron app may set what makes the runtime a plain Node. */
export function appEnvironment() {
  const { ELECTRON_RUN_AS_NODE: _plainNode, ...environment } = process.env;
  return environment;
}

/**
 * Whatever keeps the runtime from starting keeps it from telling its version as well.
 *
 * @param {string} electron
 */
function hearWhy(electron) {
  return spawnSync(electron, ['--version'], { env: appEnvironment(), encoding: 'utf8', timeout: 10_000 }).stderr;
}
