import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { IncomingReply } from '../../../shared/domain/replies.ts';
import { createInboxStore } from '../../../main/inbox/store.ts';
import { scratch } from '../../helpers/scratch.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function setUp() {
  const folder = mkdtempSync(join(scratch, 'heads-up-inbox-'));
  folders.push(folder);
  return join(folder, 'inbox.sqlite');
}

function makeReply(overrides: Partial<IncomingReply> = {}): IncomingReply {
  return {
    id: 'im_1',
    subscriberId: null,
    shopifyCustomerId: null,
    fromNumber: '+15555550100',
    body: 'SKIP',
    isOptOut: false,
    receivedAt: 1000,
    ...overrides,
  };
}

it('keeps messages and cursors over a restart', () => {
  const path = setUp();
  const first = createInboxStore(path);
  first.save([makeReply()]);
  const cursor = first.listAfter('', 10)?.nextCursor ?? '';
  first.close();
  const second = createInboxStore(path);
  second.save([makeReply({ id: 'im_2' }), makeReply({ body: 'the same message again' })]);
  expect(second.listAfter(cursor, 10)?.replies).toEqual([makeReply({ id: 'im_2' })]);
  second.close();
});

it('removes what is older than the retention and leaves nothing of it in the file', () => {
  const path = setUp();
  const store = createInboxStore(path);
  store.save([makeReply({ id: 'im_old', body: 'an old and private text', receivedAt: 1000 })]);
  store.save([makeReply({ id: 'im_new', receivedAt: 2000 })]);
  expect(store.purgeBefore(2000)).toBe(1);
  expect(store.listAfter('', 10)?.replies.map(({ id }) => id)).toEqual(['im_new']);
  store.close();
  expect(readFileSync(path).includes('an old and private text')).toBe(false);
});

it.skipIf(process.platform === 'win32')('makes its files readable for their owner only', () => {
  const path = setUp();
  const store = createInboxStore(path);
  store.save([makeReply()]);
  expect([path, `${path}-wal`].map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
  store.close();
});

it('throws when the path cannot be a database', () => {
  expect(() => createInboxStore(join(setUp(), 'missing-folder', 'inbox.sqlite'))).toThrow('ENOENT');
});

it('leaves no file behind when it is kept in memory', () => {
  const store = createInboxStore(':memory:');
  store.save([makeReply()]);
  expect(store.listAfter('', 10)?.replies).toEqual([makeReply()]);
  store.close();
  expect(existsSync(':memory:')).toBe(false);
});
