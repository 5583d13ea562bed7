import { defaultPracticeOptions } from '../../../main/practice/practice-shop.ts';
import type { VictimServer } from './victim.ts';
import { startWorldProcess } from './world.ts';

/** So late at most does an answer come, half of it before the effect: kills fall before, into and after the effect. */
const LATENCY_MS = 40;

/** The simulated Postscript in a process of its own, for one victim. It knows no `external_id` again. */
export async function startVictimServer(
  seed: number,
): Promise<Readonly<{ server: VictimServer; close: () => Promise<void> }>> {
  const world = await startWorldProcess();
  const { urls, credentials } = await world.call.start({ ...defaultPracticeOptions, seed, isLively: false });
  await world.call.setLatency(LATENCY_MS);
  return {
    server: {
      url: `${urls.postscript}/api/v2/events`,
      key: credentials.postscriptKey,
      countRequests: () => world.call.countRequests(),
      countEffects: async () => {
        const counts = new Map<string, number>();
        for (const { externalId } of (await world.call.ledger()).events)
          if (externalId !== null) counts.set(externalId, (counts.get(externalId) ?? 0) + 1);
        return counts;
      },
    },
    close: async () => {
      world.process.kill();
      await world.ended;
    },
  };
}
