import { expect, it } from 'vitest';
import { describeUsage, readOptions, UsageError } from './options.ts';
import type { Part } from './part.ts';

const part = (name: string, sizes: Record<string, number>): Part => ({
  name,
  title: name,
  sizes,
  run: () => Promise.resolve({ figures: [], findings: [], skipped: null }),
});
const all = [part('kill', { kills: 1000 }), part('power', { images: 10_000 })];
const read = (...args: string[]) => readOptions(args, all, 7);
const names = (...args: string[]) => read(...args).parts.map(({ name }) => name);

it('runs all parts in their long form, with a seed of its own', () => {
  expect(names()).toEqual(['kill', 'power']);
  expect(read()).toMatchObject({ seed: 7, minutes: null, replay: null, isJson: false });
  expect(read().sizes).toEqual({ kills: 1000, images: 10_000 });
});

it('runs the parts that are named', () => {
  expect(names('power')).toEqual(['power']);
  expect(names('power', 'kill')).toEqual(['kill', 'power']);
});

it('takes a size for the choice of its part, unless one is named', () => {
  expect(names('--kills', '5')).toEqual(['kill']);
  expect(names('power', '--kills', '5')).toEqual(['power']);
  expect(read('--kills', '5', '--seed', '3', '--minutes', '2', '--json')).toMatchObject({
    sizes: { kills: 5, images: 10_000 },
    seed: 3,
    minutes: 2,
    isJson: true,
  });
});

it('says what there is to run when it is asked', () => {
  expect(read('--help').isHelp).toBe(true);
  expect(read().isHelp).toBe(false);
  expect(describeUsage(all)).toContain('[--kills 1000]');
  expect(describeUsage(all)).toMatch(/^ {2}power +power$/m);
});

it.each([['--kills', 'many'], ['--kills', '0'], ['--seed', '1.5'], ['--no-such-flag'], ['nothing']])(
  'refuses %s %s',
  (...args) => {
    expect(() => read(...args)).toThrow(UsageError);
  },
);
