import { expect, it } from 'vitest';
import { io } from './io.ts';

// Nothing here depends on how fast the machine is.
const TIMEOUT_MS = 600_000;

it(
  'loses, doubles and damages nothing when the disk fails at one change or from it on, and says so',
  { timeout: TIMEOUT_MS },
  async () => {
    const report = await io.run({
      seed: 7,
      sizes: { 'io-step': 97 },
      minutes: null,
      replay: null,
      say: () => undefined,
    });
    if (report.skipped !== null) {
      console.log(`SKIPPED: the disk does not fail, because ${report.skipped}`);
      return;
    }
    console.log(report.figures.map(({ name, value }) => `${name}: ${value}`).join('; '));
    // The control is in it: a disk that swallows writes and is not found out is a finding.
    expect(report.findings).toEqual([]);
  },
);
