// npm run dev: the window is rebuilt on every change (reload the tab to see it); the browser host runs from source and
// starts again when main/ or shared/ changes.
import './node-guard.mjs';
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, isBuildStale } from './build.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

// The host needs a window to serve from the first moment on.
if (isBuildStale(root) && !build(root)) process.exit(1);

/** @param {string[]} args */
const run = (args) => spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
const startHost = () => run(['main/browser.ts', '--no-open', '--port', '4300', ...process.argv.slice(2)]);

const builder = run(['node_modules/vite/bin/vite.js', 'build', '--app', '--watch', '--logLevel', 'warn']);
let host = startHost();
/** @type {NodeJS.Timeout | undefined} */
let pause;

for (const folder of ['main', 'shared']) {
  watch(folder, { recursive: true }, () => {
    // An editor writes a file in several steps, and a branch switch many files.
    clearTimeout(pause);
    pause = setTimeout(() => {
      host.once('exit', () => (host = startHost()));
      if (host.exitCode === null) host.kill();
      else host.emit('exit');
    }, 200);
  });
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => {
    builder.kill();
    host.kill();
    process.exit(0);
  });
}
