import { expect, it } from 'vitest';
import { controls } from './controls.ts';
import { killPart } from './kill-part.ts';
import { nameReplay, readReplay } from './replay.ts';

const TIMEOUT_MS = 600_000;
/** Fixed, so that chance never decides whether a change is good. */
const seed = 20_271;

it('the engine is killed in a lively shop: nothing twice, nothing lost silently', { timeout: TIMEOUT_MS }, async () => {
  const { findings, figures } = await killPart.run({
    seed,
    sizes: { kills: 10 },
    minutes: null,
    replay: null,
    say: (line) => console.log(line),
  });
  expect(findings).toEqual([]);
  expect(figures[0]).toEqual({ name: 'kills', value: 10 });
  // A control that is not caught is a finding; each says how often it was.
  expect(figures.filter(({ name }) => name.startsWith('control'))).toHaveLength(controls.length);
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
