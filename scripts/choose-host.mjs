import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

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
 * Which host `npm start` runs, and in one sentence why it is not the desktop app.
 *
 * @param {object} machine
 * @param {string | null} machine.electron
 * @param {Record<string, string | undefined>} machine.environment
 * @param {NodeJS.Platform} machine.platform
 * @param {boolean} machine.isRoot
 * @param {boolean} machine.wantsBrowser
 * @returns {{ kind: 'desktop', electron: string } | { kind: 'browser', reason: string }}
 */
export function chooseHost({ electron, environment, platform, isRoot, wantsBrowser }) {
  if (wantsBrowser) return { kind: 'browser', reason: 'Heads Up runs in your browser, as asked.' };
  const instead = 'so Heads Up runs in your browser.';
  if (electron === null) {
    return { kind: 'browser', reason: `The desktop runtime is not here (npx install-electron gets it), ${instead}` };
  }
  const hasDisplay = platform !== 'linux' || environment['DISPLAY'] || environment['WAYLAND_DISPLAY'];
  if (!hasDisplay) return { kind: 'browser', reason: `There is no screen for the desktop app, ${instead}` };
  // Chromium's sandbox does not work as root, and Electron refuses to run without it.
  if (platform === 'linux' && isRoot) {
    return { kind: 'browser', reason: `The desktop app does not run as root, ${instead}` };
  }
  return { kind: 'desktop', electron };
}
