import { expect, it } from 'vitest';
import type { PartOrder } from '../part.ts';
import { compareTicks, playMoments, runControls } from './clock-part.ts';

const order = {
  seed: 7,
  sizes: { 'shop-years': 0, 'minute-days': 1 },
  minutes: null,
  replay: null,
  say: () => undefined,
} satisfies PartOrder<'shop-years' | 'minute-days'>;

it('each order gets one notice at its local hour, in zones with odd rules, on a computer that sleeps or has its clock set', async () => {
  const { figures, findings } = await playMoments(order);
  expect(findings).toEqual([]);
  const value = (name: string) => Number(figures.find((figure) => figure.name === name)?.value);
  expect(value('announced once, at the right local hour')).toBeGreaterThan(100);
});

it('catches a planner that works in UTC, one that adds 24 hours a day, and one that announces again after the clock was set back', async () => {
  const { figures, findings } = await runControls(order.seed);
  expect(findings).toEqual([]);
  expect(figures.map(({ value }) => value)).toEqual([
    expect.stringMatching(/^caught/),
    expect.stringMatching(/^caught/),
    expect.stringMatching(/^caught/),
  ]);
});

it('gives the same notices with a tick every minute over HTTP as with the ticks at which something may be due', async () => {
  expect((await compareTicks(order)).findings).toEqual([]);
});
