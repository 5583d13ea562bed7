import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { keepRunning } from './dev-process.mjs';
import { appEnvironment } from './run-desktop.mjs';

/**
 * The desktop app from its builds. Its windows are told to reload by a file that is written, not by a debugger's port,
 * which every user of the computer could reach, nor by a pipe, which Electron's own descriptors collide with.
 *
 * @param {string} root
 * @param {string} electron
 * @param {string[]} flags
 */
export function developDesktop(root, electron, flags) {
  const signal = join(root, 'node_modules', '.cache', 'heads-up', 'renderer-built');
  const reload = () => writeFileSync(signal, String(Date.now()));
  mkdirSync(dirname(signal), { recursive: true });
  // What is not there when the watching begins counts as a change.
  reload();
  const app = keepRunning(() =>
    spawn(electron, ['--require', join(root, 'scripts', 'dev-reload.cjs'), root, ...flags], {
      stdio: 'inherit',
      env: { ...appEnvironment(), HEADS_UP_RELOAD_FILE: signal },
    }),
  );
  return {
    builds: ['client', 'main', 'preload'],
    reload,
    restart: () => app.restart(),
    stop: (/** @type {boolean} */ isToBeTold) => app.stop(isToBeTold),
  };
}
