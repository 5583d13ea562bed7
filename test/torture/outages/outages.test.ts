import { expect, it } from 'vitest';
import { outageControls } from './controls.ts';

const TIMEOUT_MS = 300_000;
/** Fixed, so that chance never decides whether a change is good. */
const seed = 20_271;

// What is found is what the engine does wrong and nothing else: so the same runs show that a right one passes.
it.each(outageControls)('a wrong engine is found out: $name', { timeout: TIMEOUT_MS }, async ({ play, finds }) => {
  const { findings } = await play(seed);
  expect(findings.filter((what) => finds.test(what))).not.toEqual([]);
  expect(findings.filter((what) => !finds.test(what))).toEqual([]);
});
