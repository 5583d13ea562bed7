// Not in test/, because whoever builds needs vite.config.ts to load without the tests.
import { relative, sep } from 'node:path';

/** @typedef {{ moduleId: string, project: { config: { root: string } } }} TestFile */

/** Where the long ones lie: files of half a minute, among hundreds that take less than a second. */
const long = [
  'test/main/crash/',
  'test/torture/',
  'test/main/engine/',
  'test/browser/',
  'test/desktop/',
  'test/bench/',
];

/** @param {TestFile} file */
function rank({ moduleId, project }) {
  const path = relative(project.config.root, moduleId).replaceAll(sep, '/');
  const index = long.findIndex((folder) => path.startsWith(folder));
  return index < 0 ? long.length : index;
}

/** The order of the test files: no worker is left with a long one when the others are done. */
export class LongestFirst {
  /**
   * @template {TestFile} File
   * @param {File[]} files
   */
  sort(files) {
    return files.toSorted((one, other) => rank(one) - rank(other) || (one.moduleId < other.moduleId ? -1 : 1));
  }

  /**
   * @template {TestFile} File
   * @param {File[]} files
   */
  shard(files) {
    return files;
  }
}
