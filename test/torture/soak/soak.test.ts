import { expect, it } from 'vitest';
import { judgeSoak, type SoakLimits } from './judge-soak.ts';
import { runSoak } from './run-soak.ts';
import { findWrong } from './soak-part.ts';

const limits: SoakLimits = { warmHours: 1, rssMbPerHour: null, keptMbPerHour: 1, walMb: 64, handles: 8 };
const short = { subscriptions: 500, seed: 7, hours: 6, stepMinutes: 30, say: () => undefined };

it('keeps memory, WAL and handles where they are while a lively shop goes on', async () => {
  const soaked = await runSoak(short);
  expect([...judgeSoak(soaked.samples, soaked.mostWalMb, limits).findings, ...findWrong(soaked)]).toEqual([]);
});

it('catches an engine that keeps memory and timers', async () => {
  const { samples, mostWalMb } = await runSoak({ ...short, isLeaking: true });
  expect(judgeSoak(samples, mostWalMb, limits).findings).toEqual([
    expect.stringMatching(/^What is kept grows/),
    expect.stringMatching(/handles/),
  ]);
});
