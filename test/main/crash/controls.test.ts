import { expect, it } from 'vitest';
import { crashPaths } from '../../helpers/crash-paths.ts';
import { pointControls, runPointControl } from '../../torture/kill/point-controls.ts';
import { shareHarnesses } from './harnesses.ts';

/** The harness itself is on trial here: a wrong engine must be found out. */

const TIMEOUT_MS = 600_000;

const harnessOf = shareHarnesses();

it.each(pointControls)('a wrong engine is found out: $name', { timeout: TIMEOUT_MS }, async (control) => {
  expect(await runPointControl(await harnessOf(crashPaths[control.on]), control)).toBeGreaterThan(0);
});
