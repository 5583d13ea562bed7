import { afterAll } from 'vitest';
import { openHarness, type CrashHarness } from '../../helpers/crash-harness.ts';
import type { CrashPath } from '../../helpers/crash-paths.ts';

/** For the tests of a file: one harness for each path, because preparing it takes longer than a kill. */
export function shareHarnesses(): (path: CrashPath) => Promise<CrashHarness> {
  const opened = new Map<CrashPath, Promise<CrashHarness>>();
  afterAll(async () => {
    for (const harness of opened.values()) (await harness).close();
  });
  return (path) => {
    const harness = opened.get(path) ?? openHarness(path);
    opened.set(path, harness);
    return harness;
  };
}
