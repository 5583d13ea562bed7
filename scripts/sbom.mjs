// npm run sbom: the list of everything the release is made of (CycloneDX), into release/.
import './node-guard.mjs';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, isBuildStale } from './build.mjs';
import { markShipped } from './supply/bill-of-materials.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
if (isBuildStale(root) && !build(root)) {
  console.error('The build failed; the lines above say where.');
  process.exit(1);
}
const { status, stdout, stderr } = spawnSync('npm', ['sbom', '--sbom-format=cyclonedx', '--package-lock-only'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
  shell: process.platform === 'win32',
});
if (status !== 0) {
  console.error(stderr);
  process.exit(1);
}
const listed = /** @type {import('./supply/bill-of-materials.mjs').BillOfMaterials} */ (JSON.parse(stdout));
const shipped = /** @type {import('./supply/check-packages.mjs').Shipped[]} */ (
  JSON.parse(readFileSync(join(root, 'dist/shipped.json'), 'utf8'))
);
const bill = markShipped(listed, shipped);
const path = join(root, 'release', `heads-up-${bill.metadata.component.version}.cdx.json`);
mkdirSync(join(root, 'release'), { recursive: true });
writeFileSync(path, `${JSON.stringify(bill, null, 2)}\n`);
const required = bill.components.filter(({ scope }) => scope === 'required').length;
console.log(`${bill.components.length} components, ${required} of them ship: ${path}`);
