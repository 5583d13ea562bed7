import { relative, sep } from 'node:path';
import type { TestSequencer, TestSpecification } from 'vitest/node';

/** Where the long ones lie: files of half a minute, among hundreds that take less than a second. */
const long = [
  'test/main/crash/',
  'test/torture/',
  'test/main/engine/',
  'test/browser/',
  'test/desktop/',
  'test/bench/',
];

function rank({ moduleId, project }: TestSpecification): number {
  const path = relative(project.config.root, moduleId).replaceAll(sep, '/');
  const index = long.findIndex((folder) => path.startsWith(folder));
  return index < 0 ? long.length : index;
}

/** The order of the test files: no worker is left with a long one when the others are done. */
export class LongestFirst implements TestSequencer {
  sort(files: TestSpecification[]): TestSpecification[] {
    return files.toSorted((one, other) => rank(one) - rank(other) || (one.moduleId < other.moduleId ? -1 : 1));
  }

  shard(files: TestSpecification[]): TestSpecification[] {
    return files;
  }
}
