import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { MissingPeer } from './peer.ts';

const require = createRequire(new URL('../package.json', import.meta.url));

/**
 * A package of bench/package.json, which is installed by itself and knows nothing of the app's packages.
 *
 * @throws MissingPeer
 */
export async function loadPeer(name: string): Promise<unknown> {
  let path: string;
  try {
    path = require.resolve(name);
  } catch (error) {
    throw new MissingPeer(`${name} is not installed: npm ci --prefix bench`, { cause: error });
  }
  return import(pathToFileURL(path).href);
}
