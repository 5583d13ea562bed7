import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The rows of a chapter's table, each as its three cells. */
function rowsOf(chapter: string): readonly string[][] {
  const [, rest = ''] = read('docs/security.md').split(`\n## ${chapter}\n`);
  const [text = ''] = rest.split('\n## ');
  return text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) => line.split(' | ').map((cell) => cell.replaceAll(/^\| | +\|?$/g, '')));
}

const checklist = rowsOf("Electron's checklist");
const beyond = rowsOf('Beyond the list');

it('names all twenty items of the checklist, in order', () => {
  expect(checklist.map(([item = '']) => Number.parseInt(item, 10))).toEqual(
    Array.from({ length: 20 }, (_, place) => place + 1),
  );
  expect(beyond.length).toBeGreaterThanOrEqual(7);
});

it.each([...checklist, ...beyond])(
  'says truly where "%s" is done and what proves it',
  (_item, where = '', proofs = '') => {
    const files = [...where.matchAll(/`([\w/.-]+\/[\w/.-]+|[\w-]+\.(?:json|yml))`/g)].map(([, path = '']) => path);
    expect(files.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const named = proofs.split('; ').map((proof) => {
      const [, path = '', names = ''] = /^`(test\/[\w/.-]+)`: (.+)$/.exec(proof) ?? [];
      return { path, names: [...names.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name) };
    });
    expect(named.length).toBeGreaterThan(0);
    for (const { path, names } of named) {
      expect(existsSync(join(root, path)), `${path} is a test`).toBe(true);
      expect(names.length).toBeGreaterThan(0);
      // A name stands in quotes in its test, and may be the beginning of a longer one.
      expect(
        names.filter((name) => !new RegExp(`it[^]{0,3000}['"\`][^'"\`\\n]*${escape(name)}`).test(read(path))),
      ).toEqual([]);
    }
  },
);

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
