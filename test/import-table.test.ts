import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** Who may not import whom (docs/architecture.md), held against the lint that enforces it. */
const forbidden = [
  ['shared/result.ts', './domain/phone.ts'],
  ['shared/domain/probe.ts', '../ipc/contract.ts'],
  ['shared/domain/probe.ts', '../../main/core/probe.ts'],
  ['shared/domain/probe.ts', 'node:fs'],
  ['shared/ipc/probe.ts', '../../main/engine/port.ts'],
  ['shared/ipc/probe.ts', 'react'],
  ['main/core/probe.ts', '../db/probe.ts'],
  ['main/core/probe.ts', '../api/probe.ts'],
  ['main/core/probe.ts', '../engine/probe.ts'],
  ['main/core/probe.ts', 'better-sqlite3'],
  ['main/core/probe.ts', 'node:fs'],
  ['main/core/probe.ts', 'electron'],
  ['main/db/probe.ts', '../core/probe.ts'],
  ['main/db/probe.ts', '../api/probe.ts'],
  ['main/db/probe.ts', 'electron'],
  ['main/api/probe.ts', '../db/probe.ts'],
  ['main/api/postscript/probe.ts', '../../core/probe.ts'],
  ['main/log/probe.ts', '../core/probe.ts'],
  ['main/inbox/probe.ts', '../engine/probe.ts'],
  ['main/practice/probe.ts', '../core/probe.ts'],
  ['main/practice/probe.ts', '../api/probe.ts'],
  ['main/engine/probe.ts', '../electron/probe.ts'],
  ['main/engine/probe.ts', '../browser/probe.ts'],
  ['main/engine/probe.ts', 'electron'],
  ['main/engine/probe.ts', 'electron-store'],
  ['main/probe.ts', 'electron-updater'],
  ['main/engine/probe.ts', 'hono'],
  ['main/browser/probe.ts', '../core/probe.ts'],
  ['main/browser/probe.ts', '../db/probe.ts'],
  ['main/browser/probe.ts', 'electron'],
  ['main/electron/probe.ts', '../db/probe.ts'],
  ['main/electron/probe.ts', '../api/probe.ts'],
  ['preload/probe.ts', '../shared/ipc/contract.ts'],
  ['preload/probe.ts', 'node:fs'],
  ['renderer/lib/probe.ts', '../features/triggers/probe.ts'],
  ['renderer/components/probe.ts', '../app/probe.ts'],
  ['renderer/features/triggers/probe.ts', '../deliveries/probe.ts'],
  ['renderer/features/triggers/probe.ts', '../../app/probe.ts'],
  ['renderer/features/triggers/probe.ts', '../../../main/core/probe.ts'],
  ['renderer/app/probe.ts', 'node:fs'],
  ['renderer/app/probe.ts', 'electron'],
  ['renderer/app/probe.ts', 'electron-store'],
] as const;

const allowed = [
  ['shared/domain/probe.ts', './phone.ts'],
  ['shared/ipc/probe.ts', '../domain/phone.ts'],
  ['main/core/probe.ts', '../../shared/domain/phone.ts'],
  ['main/db/probe.ts', 'better-sqlite3'],
  ['main/api/postscript/probe.ts', '../http.ts'],
  ['main/engine/probe.ts', '../core/probe.ts'],
  ['main/electron/probe.ts', 'electron'],
  ['main/electron/probe.ts', 'electron-updater'],
  ['preload/probe.ts', 'electron'],
  ['preload/probe.ts', '../shared/ipc/channels.ts'],
  ['renderer/features/triggers/probe.ts', '../../components/probe.tsx'],
  ['renderer/features/triggers/probe.ts', './queries.ts'],
  ['renderer/app/probe.ts', '../features/triggers/probe.tsx'],
] as const;

const root = fileURLToPath(new URL('..', import.meta.url));
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'heads-up-lint-'));
  copyFileSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** The places that the lint refuses, as "file imports target". */
function lint(imports: readonly (readonly [string, string])[]): string[] {
  const probes = imports.map(([file, target], index) => {
    const path = file.replace(/probe\.ts$/, `probe-${index}.ts`);
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `import type { Probe } from '${target}';\nexport type Same = Probe;\n`);
    return { path, name: `${file} imports ${target}` };
  });
  const { stdout } = spawnSync(
    join(root, 'node_modules/.bin/oxlint'),
    ['--format=unix', ...probes.map(({ path }) => path)],
    {
      cwd: folder,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    },
  );
  const refused = stdout.split('\n').filter((line) => line.includes('no-restricted-imports'));
  return probes.filter(({ path }) => refused.some((line) => line.includes(path))).map(({ name }) => name);
}

it('refuses every import that the table forbids', () => {
  const names = forbidden.map(([file, target]) => `${file} imports ${target}`);
  expect(forbidden.flatMap((one) => lint([one])).toSorted()).toEqual(names.toSorted());
});

it('lets pass what the table allows', () => {
  expect(allowed.flatMap((one) => lint([one]))).toEqual([]);
});
