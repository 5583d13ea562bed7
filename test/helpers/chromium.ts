import { describe } from 'vitest';
import { findChromium } from './find-chromium.ts';

export { findChromium };

/** Skipped where there is no Chromium; `npm test` says so, and fails for it in CI. */
export const describeWithChromium = findChromium() === null ? describe.skip : describe;
