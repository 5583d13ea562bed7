import { bundleProcess } from '../../helpers/process-bundle.ts';
import { startCalled, type CalledProcess } from './remote-calls.ts';
import type { Seen } from './gate.ts';
import type { Reached, WorldCalls } from './world-process.ts';

export type WorldProcess = CalledProcess<WorldCalls>;

/** What the errors of the harness call it. */
export const worldName = 'the simulators';

/** Starts the process that holds the simulators. `onReached`: a request came in at which the engine is to die. */
export async function startWorldProcess(onReached: (seen: Seen) => void = () => undefined): Promise<WorldProcess> {
  const { entry, compileCache } = await bundleProcess(new URL('world-process.ts', import.meta.url));
  return startCalled<WorldCalls>({ name: worldName, entry }, { NODE_COMPILE_CACHE: compileCache }, (notice) => {
    // The world's process sends this notice and no other.
    onReached((notice as Reached).reached);
  });
}
