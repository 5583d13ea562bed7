import { expect, it } from 'vitest';
import { judgeSoak, type SoakLimits } from './judge-soak.ts';
import type { Sample } from './soak-messages.ts';

const limits: SoakLimits = { warmHours: 12, rssMbPerHour: 1, keptMbPerHour: 0.25, walMb: 64, handles: 8 };

/** 72 hours, with so much more of something at each hour. */
const samples = (perHour: Partial<Sample>): Sample[] =>
  Array.from({ length: 73 }, (_, hour) => ({
    hour,
    // Noise that no line follows, and a start that is not looked at.
    rssMb: 150 + (hour % 7) + (hour < 12 ? hour * 10 : 0) + (perHour.rssMb ?? 0) * hour,
    keptMb: 30 + (hour % 3) / 10 + (perHour.keptMb ?? 0) * hour,
    handles: 3 + Math.floor((perHour.handles ?? 0) * hour),
    descriptors: 35 + (hour % 5) + Math.floor((perHour.descriptors ?? 0) * hour),
    walMb: 4,
    databaseMb: 10,
  }));

it('lets what goes up and down pass', () => {
  expect(judgeSoak(samples({}), 64, limits).findings).toEqual([]);
});

it.each([
  ['resident memory', { rssMb: 1.2 }, 4, /^Resident memory grows/],
  ['what is kept', { keptMb: 0.3 }, 4, /^What is kept grows/],
  ['handles', { handles: 0.5 }, 4, /more handles/],
  ['descriptors', { descriptors: 0.5 }, 4, /more file descriptors/],
  ['the WAL', {}, 65, /^The WAL grew/],
] as const)('finds that there is more and more of %s', (_what, perHour, walMb, finding) => {
  expect(judgeSoak(samples(perHour), walMb, limits).findings).toEqual([expect.stringMatching(finding)]);
});
