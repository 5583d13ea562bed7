// npm run dev: the console as the sources are. A change in the window's sources reloads it, one in main/, preload/ or
// shared/ starts the host again. Where the desktop app cannot run it is the browser host, as for npm start.
import './node-guard.mjs';
import { fileURLToPath } from 'node:url';
import { chooseHost, findBrowserFlag, findElectron } from './choose-host.mjs';
import { developBrowser } from './dev-browser.mjs';
import { watchBuilds } from './dev-builds.mjs';
import { developDesktop } from './dev-desktop.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const flags = process.argv.slice(2);
const choice = chooseHost({
  electron: findElectron(root, process.env),
  noFetch: 'is not here (npm start fetches it)',
  environment: process.env,
  platform: process.platform,
  isRoot: process.getuid?.() === 0,
  browserFlag: findBrowserFlag(flags),
});
if (choice.kind === 'browser') console.log(choice.reason);

const hostFlags = flags.filter((flag) => flag !== '--browser');
const host =
  choice.kind === 'desktop' ? developDesktop(root, choice.electron, hostFlags) : await developBrowser(root, hostFlags);

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => {
    // A terminal sends Ctrl+C to the host as well; a second one would end it before the engine has finished.
    void host.stop(signal === 'SIGTERM' || !process.stdin.isTTY).then(() => process.exit(0));
  });
}

/** @type {Set<string>} */
const built = new Set();
await watchBuilds(root, host.builds, (name) => {
  const isFirst = !built.has(name);
  built.add(name);
  if (built.size < host.builds.length) return;
  if (name === 'client' && !isFirst) host.reload();
  else host.restart();
});
