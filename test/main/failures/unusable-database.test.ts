import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { lockDataFolder } from '../../../main/db/engine-lock.ts';
import { OpenProblem } from '../../../main/db/open-database.ts';
import { openShop } from '../practice/open-shop.ts';
import { holdLock } from './hold-lock.ts';
import { makeFolder, openEngine } from './open-engine.ts';
import { canMount, mountSmallDisk } from './small-disk.ts';

const restore =
  'Move the file away and put a backup in its place; see docs/failure-handling.md. Without one Heads Up begins anew, and may announce again what it has announced before.';

/** A data folder as an earlier day left it. */
async function makeUsedFolder(): Promise<string> {
  const engine = await openEngine();
  await engine.value('settings.save', {
    ...(await settingsOf(engine)),
    shopName: 'Fern & Fable',
  });
  await engine.stop();
  return engine.dataFolder;
}

async function settingsOf(engine: Awaited<ReturnType<typeof openEngine>>) {
  const { sendingOn: _sendingOn, enabledTriggers: _enabledTriggers, ...rest } = await engine.value('settings.get', {});
  return rest;
}

async function refusal(dataFolder: string): Promise<Pick<OpenProblem, 'kind' | 'message' | 'nextStep'>> {
  try {
    await (await openEngine({ dataFolder })).stop();
  } catch (error) {
    if (!(error instanceof OpenProblem)) throw error;
    const { kind, message, nextStep } = error;
    return { kind, message, nextStep };
  }
  throw new Error('Expected the engine to refuse this folder');
}

async function expectToStartAgain(dataFolder: string): Promise<void> {
  const engine = await openEngine({ dataFolder });
  expect((await engine.value('status.get', {})).shopName).toBe('Fern & Fable');
  await engine.stop();
}

describe('a database that cannot be used', () => {
  it.each([
    ['empty', (): Buffer => Buffer.alloc(0), 'The database file is empty.'],
    ['cut off within its first bytes', (good: Buffer): Buffer => good.subarray(0, 60), 'The database file is damaged.'],
    ['cut off after a page', (good: Buffer): Buffer => good.subarray(0, 4096), 'The database file is damaged.'],
    [
      'cut off in the middle',
      (good: Buffer): Buffer => good.subarray(0, good.length / 2),
      'The database file is damaged.',
    ],
    [
      'cut off at its end',
      (good: Buffer): Buffer => good.subarray(0, good.length - 4096),
      'The database file is damaged.',
    ],
    ['a text', (): Buffer => Buffer.from('Dear merchant, '.repeat(5000)), 'The database file is damaged.'],
  ])('because it is %s is named and left as it is', async (_name, spoil, message) => {
    const folder = await makeUsedFolder();
    const path = join(folder, 'heads-up.db');
    const good = readFileSync(path);
    const bad = spoil(good);
    writeFileSync(path, bad);
    expect(await refusal(folder)).toEqual({ kind: 'damaged', message, nextStep: restore });
    expect(readFileSync(path).equals(bad)).toBe(true);

    writeFileSync(path, good);
    await expectToStartAgain(folder);
  });

  it('because it is from a newer Heads Up is named and left as it is', async () => {
    const folder = await makeUsedFolder();
    const path = join(folder, 'heads-up.db');
    const db = new Database(path);
    db.pragma('user_version = 9990');
    db.close();
    const before = readFileSync(path);
    expect(await refusal(folder)).toEqual({
      kind: 'newer',
      message: expect.stringMatching(
        /^The database has version 9990; this Heads Up knows versions up to \d+\.$/,
      ) as unknown,
      nextStep: 'Install the newer version of Heads Up again. Nothing was changed.',
    });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(existsSync(join(folder, 'backups'))).toBe(false);
  });

  it('because a folder lies in its place is named', async () => {
    const folder = await makeUsedFolder();
    const path = join(folder, 'heads-up.db');
    renameSync(path, `${path}.good`);
    mkdirSync(path);
    expect(await refusal(folder)).toEqual({
      kind: 'unreadable',
      message: `There is a folder where a file should be: ${path}`,
      nextStep: 'Move it away, or choose another data folder, and start again.',
    });
  });

  it('because its folder is a file is named', async () => {
    const file = join(makeFolder(), 'data');
    writeFileSync(file, 'not a folder');
    expect(await refusal(file)).toMatchObject({ message: `There is a file where a folder should be: ${file}` });
  });

  it('because another program holds it is named, and it can be used when that ends', { timeout: 60_000 }, async () => {
    const folder = await makeUsedFolder();
    const release = await holdLock(join(folder, 'heads-up.db'), 'BEGIN EXCLUSIVE');
    expect(await refusal(folder)).toEqual({
      kind: 'locked',
      message: 'Another program is using the database.',
      nextStep: 'Close the other Heads Up and start again.',
    });
    await release();
    await expectToStartAgain(folder);
  });

  it('because another Heads Up has the folder is named at once, also when that one was killed since', async () => {
    const folder = await makeUsedFolder();
    const release = await holdLock(join(folder, 'engine.lock'), 'BEGIN EXCLUSIVE');
    expect(await refusal(folder)).toEqual({
      kind: 'locked',
      message: 'Another Heads Up is using this data folder.',
      nextStep: 'Close the other one and start again.',
    });
    await release();
    await expectToStartAgain(folder);
  });

  it('is not taken for damaged when only the lock file holds something', async () => {
    const folder = await makeUsedFolder();
    writeFileSync(join(folder, 'engine.lock'), 'not a lock '.repeat(500));
    await expectToStartAgain(folder);
    expect(lockDataFolder(folder)).toBeTypeOf('function');
  });

  it.skipIf(!canMount)('because the disk is read-only is named, and works when it is not any more', async () => {
    const disk = mountSmallDisk(4096);
    copyFileSync(join(await makeUsedFolder(), 'heads-up.db'), join(disk.folder, 'heads-up.db'));
    disk.makeReadOnly();
    expect(await refusal(disk.folder)).toEqual({
      kind: 'read_only',
      message: 'The database or its folder cannot be written.',
      nextStep: 'Check the permissions of the data folder.',
    });
    disk.makeWritable();
    await expectToStartAgain(disk.folder);
  });

  it.skipIf(!canMount)('because a new one does not fit on the disk leaves nothing half made', async () => {
    const disk = mountSmallDisk(4096);
    disk.fill();
    expect(await refusal(disk.folder)).toEqual({
      kind: 'full',
      message: 'The disk is full.',
      nextStep: 'Free some space and start again. Nothing was lost.',
    });
    expect(readdirSync(disk.folder)).not.toContain('heads-up.db');
    disk.free();
    await (await openEngine({ dataFolder: disk.folder })).stop();
  });
});

describe('a database with a damaged page', () => {
  /** Fills every page of one table with noise. */
  function spoilTable(path: string, table: string): void {
    const db = new Database(path);
    const pageSize = Number(db.pragma('page_size', { simple: true }));
    const root = db.prepare<[string], number>('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table);
    db.close();
    const bytes = readFileSync(path);
    bytes.fill(0xa5, ((root ?? 1) - 1) * pageSize, (root ?? 1) * pageSize);
    writeFileSync(path, bytes);
  }

  it.each(['deliveries', 'attempts', 'skips', 'replies', 'subscriptions', 'decisions'])(
    'of the table %s sends nothing and says so',
    async (table) => {
      const world = await openShop();
      const remotes = { postscript: world.urls.postscript, smartrr: world.urls.smartrr };
      const first = await openEngine({ remotes });
      await first.value('connections.savePostscriptKey', { key: world.credentials.postscriptKey });
      await first.stop();
      spoilTable(join(first.dataFolder, 'heads-up.db'), table);

      const engine = await openEngine({ dataFolder: first.dataFolder, vault: first.vault, remotes });
      await expect
        .poll(async () => (await engine.value('status.get', {})).storage, { timeout: 20_000 })
        .toMatchObject({
          state: 'damaged',
          message: expect.stringMatching(
            new RegExp(`^The table ${table} of the database is damaged. Nothing is sent. Stop Heads Up.`),
          ) as unknown,
        });
      await engine.call('triggers.sendTest', {
        trigger: 'upcoming_order',
        subscriptionId: null,
        phone: '+12125550100',
      });
      void engine.wake();
      await engine.call('sync.run', {});
      expect((await world.control.ledger()).events).toEqual([]);
    },
  );
});
