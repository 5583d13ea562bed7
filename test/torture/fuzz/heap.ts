import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
// The flag gives each new context this function.
const collect = runInNewContext('gc') as () => void;

/** What this process holds on to after everything that nobody holds is gone, in MB. */
export function heapInMegabytes(): number {
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return Math.round((heapUsed + external) / 1e5) / 10;
}
