/** Looks at the built console without an engine: `node test/renderer/serve-fake.ts [scenario] [port]`. */
import { fileURLToPath } from 'node:url';
import { createFakeBridge } from './fake-bridge.ts';
import { scenarios } from './fake-connections.ts';
import { startFakeHost } from './fake-host.ts';

const [wanted = 'busy', port = '4321'] = process.argv.slice(2);
const scenario = scenarios.find((name) => name === wanted);
if (scenario === undefined) {
  console.error(`Choose one of: ${scenarios.join(', ')}`);
  process.exit(1);
}
const folder = fileURLToPath(new URL('../../dist/renderer', import.meta.url));
const { url } = await startFakeHost(folder, createFakeBridge(scenario), Number(port));
console.log(`${scenario}: ${url}`);
