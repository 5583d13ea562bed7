// Each folder is its own project, so that `window` in main and `process` in the renderer do not compile.
import { spawnSync } from 'node:child_process';

let failed = false;
for (const project of ['shared', 'main', 'preload', 'renderer', 'test', 'bench', 'scripts']) {
  // Each checker works out for itself what it shares with the others: several take twice the processor time of one.
  const { status } = spawnSync('tsc', ['--noEmit', '--checkers', '1', '-p', project], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  failed ||= status !== 0;
}
process.exit(failed ? 1 : 0);
