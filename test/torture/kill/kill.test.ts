import { expect, it } from 'vitest';
import { controls, runControl } from './controls.ts';
import { killPart, withWorker } from './kill-part.ts';
import { nameReplay, readReplay } from './replay.ts';

const TIMEOUT_MS = 600_000;
/** Fixed, so that chance never decides whether a change is good. */
const seed = 20_271;

it('the engine is killed in a lively shop: nothing twice, nothing lost silently', { timeout: TIMEOUT_MS }, async () => {
  const { findings, figures } = await killPart.run({
    seed,
    sizes: { kills: 15 },
    minutes: null,
    replay: null,
    say: (line) => console.log(line),
  });
  expect(findings).toEqual([]);
  expect(figures[0]).toEqual({ name: 'kills', value: 15 });
});

it.each(controls)('finds out an engine that would $name', { timeout: TIMEOUT_MS }, async (control) => {
  expect(await withWorker((worker) => runControl(worker, control, seed))).toBeGreaterThan(0);
});

it('plays the same kills again by the name that a finding has', () => {
  const lives = [{ killed: 'p120' }, { killed: 'r17a' }, { killed: 'r3' }, { killed: 'r4l' }];
  expect(nameReplay(3, lives)).toBe('3:p120,r17a,r3,r4l');
  expect(readReplay('3:p120,r17a,r3,r4l')).toEqual({
    shop: 3,
    kills: [
      { kind: 'point', number: 120 },
      { kind: 'request', request: 17, fate: 'applied' },
      { kind: 'request', request: 3, fate: 'arrived' },
      { kind: 'request', request: 4, fate: 'late' },
    ],
  });
  expect(() => readReplay('x')).toThrow('--replay');
});
