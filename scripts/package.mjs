// npm run package: the installers for this system, into release/. With --dir only what they would install.
import './node-guard.mjs';
import { fileURLToPath } from 'node:url';
import { build, isBuildStale } from './build.mjs';

const { build: pack } = await import('electron-builder');
const { chooseOptions } = await import('./package/choose-options.mjs');

const root = fileURLToPath(new URL('..', import.meta.url));
if (isBuildStale(root) && !build(root)) {
  console.error('The build failed; the lines above say where.');
  process.exit(1);
}
const { config, leftOut } = chooseOptions({ environment: process.env, platform: process.platform });
for (const sentence of leftOut) console.log(sentence);
await pack({ projectDir: root, publish: 'never', dir: process.argv.includes('--dir'), config });
