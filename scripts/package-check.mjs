// npm run package:check: what the installers would hold, on any machine; nothing is downloaded.
import './node-guard.mjs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, isBuildStale } from './build.mjs';

const { inspectPackedApp } = await import('./package/inspect.mjs');
const { checkConfiguration, packWithStub } = await import('./package/pack-with-stub.mjs');

const root = fileURLToPath(new URL('..', import.meta.url));
const output = mkdtempSync(join(tmpdir(), 'heads-up-package-'));

async function check() {
  const problems = await checkConfiguration(root);
  if (problems.length > 0) return problems;
  console.log('electron-builder.yml: every option is known');
  for (const app of await packWithStub(root, output)) {
    const seen = inspectPackedApp(app);
    for (const fact of seen.facts) console.log(fact);
    problems.push(...seen.problems);
  }
  return problems;
}

if (isBuildStale(root) && !build(root)) {
  console.error('The build failed; the lines above say where.');
  process.exit(1);
}
const problems = await check();
rmSync(output, { recursive: true });
for (const problem of problems) console.error(problem);
console.log(problems.length === 0 ? 'The packages are as they should be.' : `${problems.length} problems.`);
process.exitCode = problems.length === 0 ? 0 : 1;
