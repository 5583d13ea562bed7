// npm start: builds when it must, then opens the desktop app where that can run, else the same console in a browser.
import './node-guard.mjs';
import { fileURLToPath } from 'node:url';
import { build, isBuildStale } from './build.mjs';
import { chooseHost, findBrowserFlag, findElectron, toBrowser } from './choose-host.mjs';
import {
  describeFetchFailure,
  fetchRuntime,
  findFetchObstacle,
  forgetFailure,
  rememberFailure,
  toFetchCause,
} from './fetch-runtime.mjs';
import { createProgressLine } from './progress-line.mjs';
import { runDesktop } from './run-desktop.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const flags = process.argv.slice(2);
const hostFlags = flags.filter((flag) => flag !== '--browser' && flag !== '--fetch');

if (isBuildStale(root)) {
  console.log('Building Heads Up, because it is new or its sources have changed …');
  if (!build(root)) {
    console.error('The build failed; the lines above say where.');
    process.exit(1);
  }
}
if (flags.includes('--fetch')) forgetFailure(root);

let choice = choose();
if (choice.kind === 'fetch') {
  const failure = await fetchDesktop();
  choice = failure === null ? choose() : toBrowser(`The desktop runtime ${failure}`);
}
if (choice.kind === 'desktop') {
  process.exitCode = await runDesktop(choice.electron, [root, ...hostFlags]);
} else if (choice.kind === 'browser') {
  if (!flags.includes('--help')) console.log(choice.reason);
  // In this process, so that Ctrl+C and the exit code are its own.
  process.argv.splice(2, flags.length, ...hostFlags);
  await import(new URL('../dist/main/browser.js', import.meta.url).href);
}

function choose() {
  return chooseHost({
    electron: findElectron(root, process.env),
    noFetch: findFetchObstacle(root, process.env, Date.now()),
    environment: process.env,
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    browserFlag: findBrowserFlag(flags),
  });
}

/** @returns {Promise<string | null>} why not, after "The desktop runtime", when it could not be fetched */
async function fetchDesktop() {
  console.log('The desktop app needs its runtime, which is fetched once. Ctrl+C stops that.');
  const progress = createProgressLine('Fetching the desktop runtime', process.stdout);
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    await fetchRuntime({ root, signal: interruption.signal, onProgress: (bytes) => progress.show(bytes) });
    progress.end();
    return null;
  } catch (error) {
    progress.end();
    if (interruption.signal.aborted) process.exit(130);
    const cause = toFetchCause(error);
    rememberFailure(root, cause, Date.now());
    return describeFetchFailure(cause);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}
