import { describe, expect, it } from 'vitest';
import type { CrashHarness, Cut } from '../../helpers/crash-harness.ts';
import { runToEnd } from '../../helpers/crash-job.ts';
import { crashPaths } from '../../helpers/crash-paths.ts';
import { judgeEnd, readDatabase } from '../../helpers/crash-verdict.ts';
import { startAt } from '../../helpers/crash-world.ts';
import { shareHarnesses } from './harnesses.ts';

const TIMEOUT_MS = 600_000;
const MINUTE_MS = 60_000;

const harnessOf = shareHarnesses();

/** Of a read it makes no difference whether it was applied, so those take turns; a write is killed both ways. */
const everyRequest = ({ requests }: CrashHarness): readonly Cut[] =>
  requests.flatMap((request, index) => {
    const both = ['lost', 'applied'] as const;
    const fates = request.startsWith('GET ') ? [index % 2 === 0 ? both[0] : both[1]] : both;
    return fates.map((fate) => ({ request: index + 1, fate }));
  });

/** The number of the first request that looks like this. */
function requestLike(harness: CrashHarness, pattern: RegExp): number {
  const number = harness.requests.findIndex((request) => pattern.test(request)) + 1;
  if (number === 0) throw new Error(`Expected a request like ${String(pattern)}: ${harness.requests.join(', ')}`);
  return number;
}

describe('SIGKILL between the arrival of a request and its answer', () => {
  it.each(Object.values(crashPaths))(
    'for every request of $name, every write applied or not',
    { timeout: TIMEOUT_MS },
    async (path) => {
      const harness = await harnessOf(path);
      const cuts = everyRequest(harness);
      const { findings, kills } = await harness.cut(cuts);
      console.log(`${path.name}: ${kills} kills at ${harness.requests.length} requests`);
      expect(findings).toEqual([]);
      expect(kills).toBe(cuts.length);
    },
  );

  it('leaves exactly the texts unknown whose requests were under way', { timeout: TIMEOUT_MS }, async () => {
    const harness = await harnessOf(crashPaths.send);
    const request = requestLike(harness, /^POST .*\/events$/);
    const reports = [await harness.cut([{ request, fate: 'lost' }]), await harness.cut([{ request, fate: 'applied' }])];
    expect(reports).toEqual([
      { kills: 1, over: 0, unknown: 1, unknownButDelivered: 0, findings: [], found: [] },
      { kills: 1, over: 0, unknown: 1, unknownButDelivered: 1, findings: [], found: [] },
    ]);
  });

  it.each([
    { action: 'a skip', path: crashPaths.skip, pattern: /^PUT .*\/skip$/, askedAt: 12 },
    { action: 'an undo', path: crashPaths.undo, pattern: /^PUT .*\/unskip$/, askedAt: 14 },
  ])(
    'does not ask again while the platform may still apply $action that outlived its sender',
    { timeout: TIMEOUT_MS },
    async ({ path, pattern, askedAt }) => {
      const harness = await harnessOf(path);
      const request = requestLike(harness, pattern);
      await harness.cutOne({ request, fate: 'late' }, async ({ world, databasePath, job }) => {
        const recover = async (minutes: number): Promise<void> => {
          const steps = [{ at: startAt + (askedAt + minutes) * MINUTE_MS, run: 'runAll' }] as const;
          await runToEnd([job({ connected: ['smartrr', 'postscript', 'inbox'], steps })]);
        };
        const puts = (): number => world.requests().filter((one) => one.startsWith('PUT ')).length;
        // Within the pause, as often as somebody starts it.
        await recover(0.2);
        await recover(0.5);
        expect(puts()).toBe(0);
        await world.applyLate();
        await recover(1.5);
        await recover(3);
        expect(puts()).toBe(0);
        expect(judgeEnd(world, readDatabase(databasePath), path.expected(world.world))).toEqual({
          problems: [],
          unknown: 0,
          unknownButDelivered: 0,
        });
      });
    },
  );

  it('bears a second kill in the start after the first', { timeout: TIMEOUT_MS }, async () => {
    const harness = await harnessOf(crashPaths.skip);
    const request = requestLike(harness, /^PUT .*\/skip$/);
    const step = 32;
    const cuts = Array.from({ length: Math.floor(harness.recoveryStatements / step) }, (_, index): Cut => ({
      request,
      fate: index % 2 === 0 ? 'applied' : 'lost',
      again: 1 + index * step,
    }));
    const { findings, kills } = await harness.cut(cuts);
    console.log(`killed twice: ${kills} pairs`);
    expect(findings).toEqual([]);
    expect(kills).toBe(cuts.length);
  });
});
