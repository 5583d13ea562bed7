import { expect, it } from 'vitest';
import { isBroken, runPractice, type PracticeReport } from '../../../main/engine/practice-run.ts';
import { defaultPracticeOptions, defaultSwitches, startPracticeShop } from '../../../main/practice/practice-shop.ts';
import type { PracticeOptions, PracticeSwitches } from '../../../main/practice/practice-shop-types.ts';
import { scratch } from '../../helpers/scratch.ts';

type World = Partial<Omit<PracticeOptions, 'switches'>> & { days: number; switches?: Partial<PracticeSwitches> };

/** Plays a small lively shop through the real engine; the judge looks at the simulators' side only. */
function setUp({ days, switches, ...options }: World): Promise<PracticeReport> {
  return runPractice({
    options: { ...defaultPracticeOptions, customers: 30, ...options, switches: { ...defaultSwitches, ...switches } },
    days,
    start: startPracticeShop,
    onProgress: () => undefined,
    folder: scratch,
    log: (level, message, fields) => {
      if (level === 'error') throw new Error(`${message}: ${JSON.stringify(fields)}`);
    },
  });
}

const worlds: [string, World][] = [
  ['as the references find it likeliest', { days: 6, seed: 7 }],
  [
    'counted from 1, without a filter, where Postscript answers 409 to a known id',
    { days: 5, seed: 8, switches: { pageBase: 1, updatedDateFilter: false, externalId: '409', retryBase: 1 } },
  ],
  [
    'where Postscript drops what it knows, skips are refused twice and logs are oldest first',
    {
      days: 5,
      seed: 9,
      timeZone: 'Europe/London',
      billingTimeZone: 'Europe/London',
      switches: { externalId: 'dedupe', skipTwice: '422', eventsOrder: 'oldest_first' },
    },
  ],
  // Over the change of the clocks in New York on March 14.
  ['over a clock change', { days: 5, seed: 10, startAt: Date.UTC(2027, 2, 11, 15, 0) }],
  ['through faults of every kind', { days: 4, seed: 11, faults: 'mixed' }],
  [
    'through faults, counted from 1 and without a filter',
    { days: 3, seed: 12, faults: 'mixed', switches: { pageBase: 1, updatedDateFilter: false, externalId: 'dedupe' } },
  ],
];

// Days of work for the processor: nothing in it depends on how fast the machine is.
it.each(worlds)('breaks no promise in a shop %s', { timeout: 600_000 }, async (_, world) => {
  const report = await setUp(world);
  expect(report.findings).toEqual([]);
  expect(isBroken(report)).toBe(false);
  // And something happened at all.
  expect(report.deliveriesAccepted['upcoming_order'] ?? 0).toBeGreaterThan(3);
  expect(Object.keys(report.faults).length > 3).toBe(world.faults === 'mixed');
});
