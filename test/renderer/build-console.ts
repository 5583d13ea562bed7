import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export type BuiltConsole = Readonly<{ folder: string; remove: () => Promise<void> }>;

const script = fileURLToPath(new URL('build-console-process.ts', import.meta.url));

/**
 * Builds only the renderer, into a folder of its own, so that nobody else's build is disturbed.
 *
 * In a process of its own: inside the test runner, Vite writes the runner's own rewritten `import.meta` and React's
 * development version into what it builds.
 */
export async function buildConsole(): Promise<BuiltConsole> {
  const folder = await mkdtemp(join(tmpdir(), 'heads-up-console-'));
  await promisify(execFile)(process.execPath, [script, folder], {
    env: { ...process.env, NODE_ENV: 'production', VITEST: undefined },
  });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
