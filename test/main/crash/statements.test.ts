import { describe, expect, it } from 'vitest';
import { openHarness } from '../../helpers/crash-harness.ts';
import { killsBeforeEveryStatement, statementsToKill } from '../../helpers/crash-job.ts';
import { crashPaths } from '../../helpers/crash-paths.ts';

// Hundreds of processes start here, and a machine may be slow: nothing in these tests depends on how fast it is.
const TIMEOUT_MS = 600_000;

describe(`SIGKILL before every ${killsBeforeEveryStatement ? 'statement' : 'begin, commit and single write'}`, () => {
  it.each(Object.values(crashPaths))(
    'of $name: nothing is doubled, nothing is lost, at most what was under way is unknown',
    { timeout: TIMEOUT_MS },
    async (path) => {
      const harness = await openHarness(path);
      try {
        const cuts = statementsToKill(harness).map((statement) => ({ statement }));
        const { findings, kills, unknown, unknownButDelivered } = await harness.cut(cuts);
        console.log(`${path.name}: ${kills} kills, ${unknown} unknown, ${unknownButDelivered} of them delivered`);
        expect(findings).toEqual([]);
        expect(kills).toBe(cuts.length);
      } finally {
        harness.close();
      }
    },
  );
});
