// npm run test:desktop: the desktop app on the true Electron runtime; the packed one from release/, else the built one. Where it
// cannot run it says so and ends with 0, with --required with 1.
import './node-guard.mjs';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, isBuildStale } from './build.mjs';
import { findElectron, findObstacle } from './choose-host.mjs';
import { findPackedApp } from './package/layout.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const isPacked = existsSync(findPackedApp(join(root, 'release'), process.platform, process.arch).executable);

function findReason() {
  const isRoot = process.getuid?.() === 0;
  const obstacle = findObstacle({ environment: process.env, platform: process.platform, isRoot });
  if (obstacle !== null) return obstacle;
  if (isPacked || findElectron(root, process.env) !== null) return null;
  return 'There is no Electron runtime (npm run package and npx install-electron bring one)';
}

const reason = findReason();
if (reason !== null) {
  console.log(`${reason}, so the desktop app was not tried on its true runtime.`);
  process.exit(process.argv.includes('--required') ? 1 : 0);
}
if (!isPacked && isBuildStale(root) && !build(root)) {
  console.error('The build failed; the lines above say where.');
  process.exit(1);
}
console.log(`The ${isPacked ? 'packed' : 'built'} desktop app, on its true runtime:`);
const { status } = spawnSync(
  process.execPath,
  [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', 'test/desktop/runtime'],
  { cwd: root, stdio: 'inherit', env: { ...process.env, HEADS_UP_RUNTIME: isPacked ? 'packed' : 'built' } },
);
process.exitCode = status ?? 1;
