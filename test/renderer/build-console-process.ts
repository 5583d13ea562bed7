/** Builds the console into the folder that it is given. A process of its own: see build-console.ts. */
import { fileURLToPath } from 'node:url';
import { createBuilder } from 'vite';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Expected the folder to build into');
const builder = await createBuilder({
  configFile: fileURLToPath(new URL('../../vite.config.ts', import.meta.url)),
  logLevel: 'warn',
  build: { outDir: folder },
});
const client = builder.environments['client'];
if (client === undefined) throw new Error('Expected vite.config.ts to have a client environment');
await builder.build(client);
