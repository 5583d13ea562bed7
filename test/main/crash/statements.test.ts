import { describe, expect, it } from 'vitest';
import { openHarness } from '../../helpers/crash-harness.ts';
import { crashPaths } from '../../helpers/crash-paths.ts';

// Hundreds of processes start here, and a machine may be slow: nothing in these tests depends on how fast it is.
const TIMEOUT_MS = 600_000;

/** A sync sends nothing and asks for nothing: a sample of its turns, another part of them for each change of its code. */
const SYNC_EVERY = 3;
/** Where answers come at once their order decides the last few statements. */
const MOST_OVER = 3;

describe('SIGKILL before every begin, commit and single write', () => {
  it.each(Object.values(crashPaths))(
    'of $name: nothing is doubled, nothing is lost, at most what was under way is unknown',
    { timeout: TIMEOUT_MS },
    async (path) => {
      const harness = await openHarness(path);
      try {
        const turns =
          path === crashPaths.sync ? harness.turns.filter((turn) => turn % SYNC_EVERY === 0) : harness.turns;
        const cuts = turns.map((statement) => ({ statement }));
        const { findings, kills, over, unknown, unknownButDelivered } = await harness.cut(cuts);
        console.log(`${path.name}: ${kills} kills, ${unknown} unknown, ${unknownButDelivered} of them delivered`);
        expect(findings).toEqual([]);
        expect(kills + over).toBe(cuts.length);
        expect(over).toBeLessThanOrEqual(path === crashPaths.sendThree ? MOST_OVER : 0);
      } finally {
        harness.close();
      }
    },
  );
});
