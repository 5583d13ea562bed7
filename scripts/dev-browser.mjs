import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { openFront } from './dev-front.mjs';
import { keepRunning } from './dev-process.mjs';

/**
 * The browser host from its sources, behind a front that outlives it: the tab keeps its address and its session.
 *
 * @param {string} root
 * @param {string[]} flags
 */
export async function developBrowser(root, flags) {
  const options = /** @type {const} */ ({ port: { type: 'string', default: '4300' } });
  const { values } = parseArgs({ args: flags, options, strict: false });
  const front = await openFront(Number(values.port)).catch((/** @type {NodeJS.ErrnoException} */ error) => {
    console.error(`The address of the console cannot be had: ${error.message}. Add --port N for another one.`);
    process.exit(1);
  });

  const host = keepRunning(() => {
    const child = spawn(process.execPath, ['main/browser.ts', ...flags, '--no-open', '--port', '0'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    createInterface(child.stdout).on('line', (line) => {
      const link = /^Heads Up is ready: (\S+)$/.exec(line)?.[1];
      if (link === undefined) console.log(line);
      else void front.connect(link).then(() => console.log(`Heads Up is ready: ${front.link}`));
    });
    child.once('exit', () => front.disconnect());
    return child;
  });

  let hasStarted = false;
  for (const name of ['main', 'shared']) {
    watch(join(root, name), { recursive: true }, () => {
      if (hasStarted) host.restart();
    });
  }
  return {
    builds: ['client'],
    reload: () => front.reload(),
    restart() {
      hasStarted = true;
      host.restart();
    },
    stop: (/** @type {boolean} */ isToBeTold) => host.stop(isToBeTold),
  };
}
