import type { QueryClient } from '@tanstack/react-query';
import { bridge } from '../lib/bridge.ts';
import { refreshQuietly } from '../lib/query-client.ts';

const GATHER_MS = 250;

/**
 * Asks again for what is on screen whenever the engine says that something changed.
 *
 * One round at a time: a busy engine announces many changes a second, and starting over on each of them would mean
 * that no round ever ends.
 */
export function startLiveUpdates(client: QueryClient): void {
  let isRunning = false;
  let hasChangedAgain = false;

  async function run(): Promise<void> {
    isRunning = true;
    do {
      await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
      hasChangedAgain = false;
      await refreshQuietly(client);
    } while (hasChangedAgain);
    isRunning = false;
  }

  bridge.on('changed', () => {
    hasChangedAgain = true;
    if (!isRunning) void run();
  });
}
