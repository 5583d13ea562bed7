import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../main/practice/random.ts';
import { createDisk, fates, type Fate } from './disk-model.ts';
import type { DiskOperation } from './trace.ts';

const random = createRandom(7, 'disk');
const write = (fd: number, text: string, at = 0): DiskOperation => ({
  kind: 'write',
  fd,
  at,
  bytes: Buffer.from(text),
});
const create = (fd: number, path: string): DiskOperation => ({
  kind: 'open',
  fd,
  path,
  creates: true,
  truncates: false,
});
const openFolder = (fd: number, path: string): DiskOperation =>
  ({ ...create(fd, path), creates: false }) as DiskOperation;
const sync = (fd: number): DiskOperation => ({ kind: 'sync', fd });

function filesAfter(operations: readonly DiskOperation[], fate: Fate): Record<string, string> {
  const disk = createDisk('/r');
  for (const operation of operations) disk.apply(operation);
  return Object.fromEntries(
    [...disk.cut(fate, random).files].map(([path, content]) => [path, content.bytes().toString()]),
  );
}

const savedFile = [openFolder(3, '/r'), create(4, '/r/a'), write(4, 'old'), sync(4), sync(3)];

describe('the model of a disk without power', () => {
  it.each(fates)('keeps what was synced, file and folder, when the rest is %s', (fate) => {
    expect(filesAfter(savedFile, fate)).toEqual({ '/r/a': 'old' });
  });

  it('loses bytes that were not synced, and a name whose folder was not', () => {
    expect(filesAfter([...savedFile, write(4, 'new')], 'dropped')).toEqual({ '/r/a': 'old' });
    expect(filesAfter([...savedFile, write(4, 'new')], 'kept')).toEqual({ '/r/a': 'new' });
    expect(filesAfter([openFolder(3, '/r'), create(4, '/r/a'), write(4, 'old'), sync(4)], 'dropped')).toEqual({});
  });

  it('undoes a rename until the folder is synced, with the bytes that the other file had', () => {
    const replaced = [...savedFile, create(5, '/r/b'), write(5, 'whole'), sync(5)];
    const renamed = [...replaced, { kind: 'rename', from: '/r/b', to: '/r/a' } as const];
    expect(filesAfter(renamed, 'dropped')).toEqual({ '/r/a': 'old' });
    expect(filesAfter([...renamed, sync(3)], 'dropped')).toEqual({ '/r/a': 'whole' });
  });

  it('brings back what was removed, and loses all below a folder whose own name was not synced', () => {
    expect(filesAfter([...savedFile, { kind: 'unlink', path: '/r/a' }], 'dropped')).toEqual({ '/r/a': 'old' });
    const below = [
      { kind: 'mkdir', path: '/r/d' } as const,
      openFolder(3, '/r/d'),
      create(4, '/r/d/a'),
      write(4, 'x'),
      sync(4),
      sync(3),
    ];
    expect(filesAfter(below, 'dropped')).toEqual({});
    expect(filesAfter([...below, openFolder(6, '/r'), sync(6)], 'dropped')).toEqual({ '/r/d/a': 'x' });
  });

  it('tears a write into sectors', () => {
    const torn = new Set(
      Array.from({ length: 40 }, () => filesAfter([...savedFile, write(4, 'n'.repeat(1024))], 'torn')['/r/a'] ?? ''),
    );
    expect([...torn].toSorted()).toEqual(
      ['old', `old${'\0'.repeat(509)}${'n'.repeat(512)}`, 'n'.repeat(512), 'n'.repeat(1024)].toSorted(),
    );
  });
});
