import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { isBuildStale } from '../../scripts/build.mjs';

const built = ['dist/main/browser.js', 'dist/renderer/index.html', 'dist/preload/index.cjs'];
const sources = ['main/browser.ts', 'renderer/app/theme.ts', 'shared/result.ts', 'vite.config.ts'];

/** Files with the times they are told, so that no clock decides. */
function setUp(files: Record<string, number>) {
  const root = mkdtempSync(join(tmpdir(), 'heads-up-build-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const file of Object.keys(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), '');
  }
  // Writing touched the folders, so every time is set afterwards.
  for (const folder of ['main', 'renderer', 'renderer/app', 'shared']) {
    if (Object.keys(files).some((file) => file.startsWith(`${folder}/`))) utimesSync(join(root, folder), 1, 1);
  }
  for (const [file, seconds] of Object.entries(files)) utimesSync(join(root, file), seconds, seconds);
  return root;
}

const at = (files: readonly string[], seconds: number) => Object.fromEntries(files.map((file) => [file, seconds]));

it('is fresh when every output is newer than every source', () => {
  expect(isBuildStale(setUp({ ...at(sources, 100), ...at(built, 200) }))).toBe(false);
});

it.each(sources)('is stale when %s has changed since', (source) => {
  expect(isBuildStale(setUp({ ...at(sources, 100), ...at(built, 200), [source]: 300 }))).toBe(true);
});

it.each(built)('is stale when %s is missing', (output) => {
  const others = built.filter((file) => file !== output);
  expect(isBuildStale(setUp({ ...at(sources, 100), ...at(others, 200) }))).toBe(true);
});

it('is stale when a source file was removed since', () => {
  const root = setUp({ ...at(sources, 100), ...at(built, 200) });
  utimesSync(join(root, 'renderer', 'app'), 300, 300);
  expect(isBuildStale(root)).toBe(true);
});

it('is never stale where there are no sources', () => {
  expect(isBuildStale(setUp(at(built, 200)))).toBe(false);
});
