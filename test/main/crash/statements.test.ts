import { describe, expect, it } from 'vitest';
import { openHarness, type Cut } from '../../helpers/crash-harness.ts';
import { crashPaths } from '../../helpers/crash-paths.ts';

// Hundreds of processes start here, and a machine may be slow: nothing in these tests depends on how fast it is.
const TIMEOUT_MS = 600_000;

const everyStatement = (statements: number): readonly Cut[] =>
  Array.from({ length: statements }, (_, index) => ({ statement: index + 1 }));

describe('SIGKILL before every statement', () => {
  it.each(Object.values(crashPaths))(
    'of $name: nothing is doubled, nothing is lost, at most what was under way is unknown',
    { timeout: TIMEOUT_MS },
    async (path) => {
      const harness = await openHarness(path);
      try {
        const { findings, kills, unknown, unknownButDelivered } = await harness.cut(everyStatement(harness.statements));
        console.log(`${path.name}: ${kills} kills, ${unknown} unknown, ${unknownButDelivered} of them delivered`);
        expect(findings).toEqual([]);
        expect(kills).toBe(harness.statements);
      } finally {
        harness.close();
      }
    },
  );
});
