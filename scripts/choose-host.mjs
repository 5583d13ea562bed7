import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What only the browser host understands: the desktop app would open the usual shop and not say so. */
const browserFlags = ['--browser', '--data', '--help', '--no-open', '--port'];

/**
 * The first flag that asks for the browser host.
 *
 * @param {readonly string[]} flags
 * @returns {string | undefined}
 */
export function findBrowserFlag(flags) {
  return browserFlags.find((name) => flags.some((flag) => flag === name || flag.startsWith(`${name}=`)));
}

/**
 * Where the Electron runtime is, or null. Looks only: `require('electron')` would start to download it.
 *
 * @param {string} root
 * @param {Record<string, string | undefined>} environment
 * @returns {string | null}
 */
export function findElectron(root, environment) {
  const folder = join(root, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  const executable = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : '';
  const override = environment['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override) {
    const overridden = join(override, executable || 'electron');
    return existsSync(overridden) ? overridden : null;
  }
  const installed = join(folder, 'dist', executable);
  return executable !== '' && existsSync(installed) ? installed : null;
}

/**
 * Which host `npm start` runs, or that the runtime is to be fetched first; in one sentence why it is not the desktop app.
 *
 * @param {object} machine
 * @param {string | null} machine.electron
 * @param {string | null} machine.noFetch why the runtime cannot be fetched, after "The desktop runtime"; null when it can
 * @param {Record<string, string | undefined>} machine.environment
 * @param {NodeJS.Platform} machine.platform
 * @param {boolean} machine.isRoot
 * @param {string | undefined} machine.browserFlag
 * @returns {{ kind: 'desktop', electron: string } | { kind: 'fetch' } | { kind: 'browser', reason: string }}
 */
export function chooseHost({ electron, noFetch, environment, platform, isRoot, browserFlag }) {
  if (browserFlag === '--browser') return { kind: 'browser', reason: 'Heads Up runs in your browser, as asked.' };
  if (browserFlag) return toBrowser(`${browserFlag} is a flag of the browser host`);
  const obstacle = findObstacle({ environment, platform, isRoot });
  if (obstacle !== null) return toBrowser(obstacle);
  if (electron !== null) return { kind: 'desktop', electron };
  return noFetch === null ? { kind: 'fetch' } : toBrowser(`The desktop runtime ${noFetch}`);
}

/**
 * Why the desktop app cannot open on this machine, whether its runtime is there or not.
 *
 * @param {object} machine
 * @param {Record<string, string | undefined>} machine.environment
 * @param {NodeJS.Platform} machine.platform
 * @param {boolean} machine.isRoot
 * @returns {string | null}
 */
export function findObstacle({ environment, platform, isRoot }) {
  if (platform !== 'linux') return null;
  if (!environment['DISPLAY'] && !environment['WAYLAND_DISPLAY']) return 'There is no screen for the desktop app';
  // Chromium's sandbox does not work as root, and Electron refuses to run without it.
  return isRoot ? 'The desktop app does not run as root' : null;
}

/**
 * @param {string} why
 * @returns {{ kind: 'browser', reason: string }}
 */
export function toBrowser(why) {
  return { kind: 'browser', reason: `${why}, so Heads Up runs in your browser.` };
}
