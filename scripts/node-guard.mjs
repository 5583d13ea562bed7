// Imported first by every script: the rest of it runs on a Node that is new enough, or not at all.
//
// better-sqlite3 does not throw on an older Node: the process dies without a word. The check is on Node-API 10, which is
// what its binary needs; Node 22.12 is the first that has it for good. `npm ci` brings such a Node. npm 11 also puts it
// first on the PATH of scripts; npm 10, which comes with Node 20, does not link it, so it is looked for by hand here.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

if (Number(process.versions['napi']) < 10) {
  const names = { linux: `node-linux-${process.arch}/bin/node`, win32: `node-win-${process.arch}/bin/node.exe` };
  const name = process.platform === 'linux' || process.platform === 'win32' ? names[process.platform] : null;
  const brought = name === null ? null : fileURLToPath(new URL(`../node_modules/${name}`, import.meta.url));
  if (brought === null || !existsSync(brought)) {
    console.error(`Heads Up needs Node 22.12 or newer; this is Node ${process.versions.node}.`);
    console.error('On Linux and Windows `npm ci` brings one; elsewhere install it first.');
    process.exit(1);
  }
  const PATH = [dirname(brought), process.env['PATH']].join(delimiter);
  const child = spawn(brought, process.argv.slice(1), { stdio: 'inherit', env: { ...process.env, PATH } });
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGHUP'));
  // A terminal sends Ctrl+C to the program as well; a second one would be "at once".
  process.on('SIGINT', () => {
    if (!process.stdin.isTTY) child.kill('SIGINT');
  });
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
  // The script that imported this is not to run here.
  await new Promise(() => undefined);
}
