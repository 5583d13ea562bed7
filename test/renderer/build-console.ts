import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createBuilder } from 'vite';

export type BuiltConsole = Readonly<{ folder: string; remove: () => Promise<void> }>;

/** Builds only the renderer, into a folder of its own, so that nobody else's build is disturbed. */
export async function buildConsole(): Promise<BuiltConsole> {
  const folder = await mkdtemp(join(tmpdir(), 'heads-up-console-'));
  const builder = await createBuilder({
    configFile: fileURLToPath(new URL('../../vite.config.ts', import.meta.url)),
    logLevel: 'warn',
    build: { outDir: folder },
  });
  const client = builder.environments['client'];
  if (client === undefined) throw new Error('Expected vite.config.ts to have a client environment');
  // Under a test runner NODE_ENV is `test`, which would build React's development version.
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  await builder.build(client).finally(() => (process.env['NODE_ENV'] = before));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
