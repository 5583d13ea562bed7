import { expect, it } from 'vitest';
import { runTwins, ways } from './twins.ts';

it('of two engines that start at once on one folder one is at work, also after a kill -9, and two copies are caught', async () => {
  const { figures, findings } = await runTwins(ways.length, 7);
  expect(findings).toEqual([]);
  expect(figures).toContainEqual({ name: 'pairs started at once, and again after a kill -9', value: ways.length });
  expect(figures.at(-1)?.value).toMatch(/^Postscript received twice: control:1/);
}, 120_000);
