import type { Seen } from './gate.ts';
import type { Worker } from './shop-history.ts';
import { startWorldProcess } from './world.ts';

/** One process with simulators at a time, for one shop after the other. */
export type Workers = Readonly<{
  /** The one that is there, or a new one. */
  current: () => Promise<Worker>;
  /** Ends it; the next shop gets a new one. */
  end: () => Promise<void>;
}>;

export function createWorkers(): Workers {
  let worker: Worker | undefined;

  async function start(): Promise<Worker> {
    let handle: (seen: Seen) => void = () => undefined;
    const world = await startWorldProcess((seen) => handle(seen));
    return {
      world,
      onReached: (next) => {
        handle = next;
      },
    };
  }

  return {
    current: async () => (worker ??= await start()),
    end: async () => {
      const ending = worker?.world;
      worker = undefined;
      ending?.process.kill('SIGKILL');
      await ending?.ended;
    },
  };
}
