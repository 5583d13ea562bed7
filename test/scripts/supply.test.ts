import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isBuildStale } from '../../scripts/build.mjs';
import { findUnanswered, readAudit } from '../../scripts/supply/audit.mjs';
import { markShipped, type BillOfMaterials } from '../../scripts/supply/bill-of-materials.mjs';
import {
  checkLock,
  checkShipped,
  type Lock,
  type Manifest,
  type Shipped,
} from '../../scripts/supply/check-packages.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const manifest = JSON.parse(read('package.json')) as Manifest;
const lock = JSON.parse(read('package-lock.json')) as Lock;

describe('what is installed', () => {
  it('is one version of each, known by its hash, and runs nothing at the install', () => {
    expect(checkLock(manifest, lock)).toEqual([]);
    expect(read('.npmrc')).toContain('ignore-scripts=true');
  });

  it.each<[string, Partial<Manifest>, Lock['packages'], string]>([
    ['a range', { devDependencies: { zod: '^4.0.0' } }, {}, 'zod is asked for as ^4.0.0, not as one version.'],
    ['no hash', {}, { 'node_modules/a': {} }, 'node_modules/a has no SHA-512 in the lock file.'],
    [
      'another address',
      {},
      { 'node_modules/a': { integrity: 'sha512-x', resolved: 'git+ssh://somewhere/a.git' } },
      'node_modules/a comes from an address of its own.',
    ],
    [
      'a script that nobody has looked at',
      {},
      { 'node_modules/a/node_modules/@b/c': { integrity: 'sha512-x', hasInstallScript: true } },
      '@b/c has an install script that allowScripts does not list.',
    ],
    [
      'a script that may run',
      { allowScripts: { a: true } },
      { 'node_modules/a': { integrity: 'sha512-x' } },
      'a may run a script at the install.',
    ],
    [
      'a list that is out of date',
      { allowScripts: { gone: false } },
      {},
      'allowScripts lists gone, which is not installed.',
    ],
  ])('is refused with %s', (_, change, packages, problem) => {
    expect(checkLock(change, { packages })).toEqual([problem]);
  });

  it('has its scripts on the list and on the security page, also those that the lock file does not tell of', () => {
    const scripted = findPackages(join(root, 'node_modules')).filter((folder) => {
      const { scripts = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
        scripts?: Record<string, string>;
      };
      return (
        ['preinstall', 'install', 'postinstall'].some((name) => name in scripts) ||
        existsSync(join(folder, 'binding.gyp'))
      );
    });
    const names = scripted.map((folder) => folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length));
    expect(names.toSorted()).toEqual(Object.keys(manifest.allowScripts ?? {}).toSorted());
    const [, rest = ''] = read('docs/security.md').split('\n## What comes from others\n');
    const [chapter = ''] = rest.split('\n## ');
    expect(names.filter((name) => !chapter.includes(`| \`${name}\``))).toEqual([]);
  });
});

// `npm test` builds first; a single run of this file does not build behind the back.
describe.skipIf(isBuildStale(root))('what ships', () => {
  const shipped = isBuildStale(root) ? [] : (JSON.parse(read('dist/shipped.json')) as Shipped[]);

  it('has licences that ask for a notice only, and a notice for each', () => {
    expect(checkShipped(shipped)).toEqual([]);
    const notices = read('dist/third-party-notices.md');
    expect(shipped.map(({ name }) => name)).toEqual(expect.arrayContaining(['better-sqlite3', 'react', 'hono', 'zod']));
    expect(shipped.filter(({ name, version }) => !notices.includes(`\n## ${name} ${version} (`))).toEqual([]);
    expect(notices).toContain('Permission is hereby granted');
  });

  it('is refused with another licence, or with none', () => {
    expect(
      checkShipped([
        { name: 'a', version: '1.0.0', identifier: 'GPL-3.0' },
        { name: 'b', version: '1.0.0', identifier: null },
      ]),
    ).toEqual([
      'a has the licence GPL-3.0, which is not on the list.',
      'b has the licence none, which is not on the list.',
    ]);
  });
});

describe('the bill of materials', () => {
  const listed: BillOfMaterials = {
    metadata: { component: { name: 'checkout', version: '1.0.0', type: 'library' } },
    components: [
      { name: 'zod', version: '4.0.0', scope: 'optional' },
      { name: 'zod', version: '3.0.0', scope: 'optional' },
      { name: 'electron', version: '45.0.0', scope: 'optional' },
    ],
  };

  it('says what ships and what only builds it', () => {
    const { metadata, components } = markShipped(listed, [{ name: 'zod', version: '4.0.0' }]);
    expect(metadata.component).toMatchObject({ name: 'heads-up', type: 'application' });
    expect(components.map(({ scope }) => scope)).toEqual(['required', 'excluded', 'required']);
  });

  it('is not made when something ships that nobody has locked', () => {
    expect(() => markShipped(listed, [{ name: 'stowaway', version: '1.0.0' }])).toThrow('stowaway@1.0.0');
  });
});

describe('advisories', () => {
  const found = JSON.stringify({
    vulnerabilities: {
      a: { via: [{ url: 'https://github.com/advisories/GHSA-aaaa', severity: 'high', title: 'Reads too much' }] },
      b: { via: ['a'] },
    },
  });

  it('need an answer on the security page, each', () => {
    const audit = readAudit(found);
    expect(audit).toEqual({
      kind: 'audited',
      advisories: [{ id: 'GHSA-aaaa', name: 'a', severity: 'high', title: 'Reads too much' }],
    });
    if (audit.kind !== 'audited') return;
    expect(findUnanswered(audit, 'Nothing here.')).toEqual([
      'GHSA-aaaa (high) in a: Reads too much. docs/security.md does not answer it.',
    ]);
    expect(findUnanswered(audit, 'GHSA-aaaa: only the packager uses it.')).toEqual([]);
  });

  it.each([
    [
      '{"message":"405 Method Not Allowed - POST https://registry.example/-/npm/v1/security","statusCode":405}',
      '405 Method Not Allowed',
    ],
    ['', 'no answer'],
  ])('that nobody answers for are said to be unknown, not none', (output, why) => {
    expect(readAudit(output)).toEqual({ kind: 'unavailable', why });
  });
});

function findPackages(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(folder, name)).map((inner) => `${name}/${inner}`) : [name],
    )
    .map((name) => join(folder, name))
    .filter((path) => existsSync(join(path, 'package.json')))
    .flatMap((path) => {
      const inner = join(path, 'node_modules');
      return [path, ...(existsSync(inner) ? findPackages(inner) : [])];
    });
}
