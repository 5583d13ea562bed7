// npm start: builds when it must, then opens the desktop app where that can run, else the same console in a browser.
import './node-guard.mjs';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build, isBuildStale } from './build.mjs';
import { chooseHost, findElectron } from './choose-host.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const flags = process.argv.slice(2);
const ownFlags = flags.filter((flag) => flag !== '--browser');

if (isBuildStale(root)) {
  console.log('Building Heads Up, because it is new or its sources have changed …');
  if (!build(root)) {
    console.error('The build failed; the lines above say where.');
    process.exit(1);
  }
}

const choice = chooseHost({
  electron: findElectron(root, process.env),
  environment: process.env,
  platform: process.platform,
  isRoot: process.getuid?.() === 0,
  wantsBrowser: flags.includes('--browser'),
});

if (choice.kind === 'browser') {
  console.log(choice.reason);
  // In this process, so that Ctrl+C and the exit code are its own.
  process.argv.splice(2, flags.length, ...ownFlags);
  await import(new URL('../dist/main/browser.js', import.meta.url).href);
} else {
  const child = spawn(choice.electron, [root, ...ownFlags], { stdio: 'inherit' });
  // The terminal sends Ctrl+C to the app as well; we only wait for it to end.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('error', (error) => {
    console.error(`The desktop app does not start: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    const isAsked = signal === 'SIGINT' || signal === 'SIGTERM' || signal === 'SIGHUP';
    process.exitCode = isAsked ? 0 : (code ?? 1);
    if (process.exitCode !== 0) console.error('If the desktop app does not open here: npm start -- --browser');
  });
}
