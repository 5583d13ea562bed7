import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../main/core/store.ts';
import { openShop } from '../practice/open-shop.ts';
import { openEngine } from './open-engine.ts';
import { minute, openShopAtWork, repeated, type ShopAtWork } from './shop-at-work.ts';
import { canMount, mountSmallDisk, type SmallDisk } from './small-disk.ts';

const isEvent = (path: string): boolean => path === '/api/v2/events';

async function openOnSmallDisk(): Promise<ShopAtWork & { disk: SmallDisk }> {
  const disk = mountSmallDisk(2048);
  const work = await openShopAtWork({ databasePath: join(disk.folder, 'heads-up.db') });
  return { ...work, disk };
}

/** The computer's clock, but that the pauses of a rate limit cost nothing. */
function createImpatientClock(): Clock {
  let skipped = 0;
  return {
    now: () => Date.now() + skipped,
    sleep: (ms) => {
      skipped += ms;
      return new Promise((resolve) => setImmediate(resolve));
    },
  };
}

/** Postscript's side against ours: nothing twice, nothing there that is not on record here as sent or in doubt. */
async function expectEventsOnRecord({ events, texts }: ShopAtWork): Promise<void> {
  const received = await events();
  expect(repeated(received)).toEqual([]);
  const onRecord = texts("SELECT key FROM deliveries WHERE state IN ('accepted','unknown')");
  expect(onRecord).toEqual(expect.arrayContaining(received.map(({ externalId }) => externalId)));
}

describe.skipIf(!canMount)('a disk that is full', () => {
  it('in the middle of a sync loses nothing: what changed is found and announced once there is space', async () => {
    const work = await openOnSmallDisk();
    const { world, shop, pass, disk, failureOf, texts, events } = work;
    await shop().runAll();
    for (const name of ['Anna', 'Petra', 'Mona'])
      await world.change(await world.stateOf(name), 'cancel', { reasonId: 'x' });
    const before = texts('SELECT id || status FROM subscriptions ORDER BY id');
    disk.fill();
    await pass(5 * minute);
    expect(failureOf('sync')).toMatchObject({ code: 'SQLITE_FULL' });
    expect(shop().syncState().problem).toBe('The sync stopped because of an error in Heads Up. It is tried again.');
    expect(texts('SELECT id || status FROM subscriptions ORDER BY id')).toEqual(before);

    disk.free();
    await pass(5 * minute);
    expect([failureOf('sync'), shop().syncState().problem]).toEqual([null, null]);
    const gone = (await events()).filter(({ eventType }) => eventType === 'smartrr_customer_deactivated');
    expect(gone).toHaveLength(3);
    await expectEventsOnRecord(work);
  });

  it('before a text is claimed sends nothing, and sends it once there is space', async () => {
    const work = await openOnSmallDisk();
    const { shop, pass, disk, failureOf, texts, events, postscript } = work;
    // Nothing may leave before the disk is full.
    postscript.twist(() => ({ status: 429, type: 'application/json', body: '{}', headers: { 'retry-after': '60' } }));
    await shop().runAll();
    expect(texts('SELECT state FROM deliveries')).toEqual(['retrying', 'retrying']);
    postscript.twist(undefined);
    postscript.asked.length = 0;
    disk.fill();
    await pass(2 * minute);
    expect(failureOf('deliver')).toMatchObject({ code: 'SQLITE_FULL' });
    expect(postscript.asked).toEqual([]);

    disk.free();
    await pass(2 * minute);
    expect(texts('SELECT state FROM deliveries')).toEqual(['accepted', 'accepted']);
    expect(await events()).toHaveLength(2);
    await expectEventsOnRecord(work);
  });

  it('between a request and its answer leaves what was under way in doubt, visibly, and sends nothing more meanwhile', async () => {
    const work = await openOnSmallDisk();
    const { shop, pass, disk, texts, events, postscript, count } = work;
    postscript.twist(({ path }) => {
      if (isEvent(path)) disk.fill();
      return undefined;
    });
    await shop().runAll();
    postscript.twist(undefined);
    const asked = postscript.asked.filter(({ path }) => isEvent(path)).length;
    expect(asked).toBeGreaterThan(0);
    for (let again = 0; again < 3; again += 1) await pass(minute);
    expect(postscript.asked.filter(({ path }) => isEvent(path))).toHaveLength(asked);
    expect(count("SELECT count(*) FROM deliveries WHERE state = 'sending'")).toBe(asked);

    disk.free();
    await pass(minute);
    expect(texts("SELECT DISTINCT reason FROM deliveries WHERE state = 'unknown'")).toEqual(['unknown_outcome']);
    expect(count("SELECT count(*) FROM deliveries WHERE state = 'sending'")).toBe(0);
    await pass(10 * minute);
    expect(await events()).toHaveLength(2);
    await expectEventsOnRecord(work);
  });

  it('while a customer asks to skip neither loses the reply nor skips without a record', async () => {
    const work = await openOnSmallDisk();
    const { shop, pass, disk, texts, ourSkips, replyFrom, failureOf, smartrr } = work;
    await shop().runAll();
    await replyFrom('Anna', 'SKIP');
    disk.fill();
    await pass(minute);
    expect(failureOf('replies')).toMatchObject({ code: 'SQLITE_FULL' });
    expect(await ourSkips()).toEqual([]);
    disk.free();
    // Full again at the very moment at which the platform is asked.
    smartrr.twist(({ method }) => {
      if (method === 'PUT') disk.fill();
      return undefined;
    });
    await pass(minute);
    smartrr.twist(undefined);
    expect(await ourSkips()).toHaveLength(1);
    disk.free();
    for (let again = 0; again < 4; again += 1) await pass(minute);
    expect(texts('SELECT reason FROM replies')).toEqual(['skipped']);
    expect(await ourSkips()).toHaveLength(1);
    expect(texts("SELECT state FROM deliveries WHERE trigger = 'skipped_order'")).toEqual(['accepted']);
    await expectEventsOnRecord(work);
  });

  it('is named to the merchant while Heads Up runs, and so is its end', { timeout: 120_000 }, async () => {
    const world = await openShop();
    const disk = mountSmallDisk(2048);
    const engine = await openEngine({
      dataFolder: disk.folder,
      remotes: { postscript: world.urls.postscript, smartrr: world.urls.smartrr },
      clock: createImpatientClock(),
    });
    await engine.value('connections.savePostscriptKey', { key: world.credentials.postscriptKey });
    await engine.value('connections.saveSmartrrToken', { token: world.credentials.smartrrToken });
    const status = () => engine.value('status.get', {});
    await expect.poll(async () => (await status()).lastSyncAt, { timeout: 60_000 }).not.toBeNull();
    await expect.poll(async () => (await status()).storage.state, { timeout: 60_000 }).toBe('sound');

    for (const name of ['Anna', 'Petra', 'Mona'])
      await world.change(await world.stateOf(name), 'cancel', { reasonId: 'x' });
    disk.fill();
    void engine.call('sync.run', {});
    await expect
      .poll(async () => (await status()).storage, { timeout: 60_000 })
      .toEqual({
        state: 'failing',
        message:
          'The disk is full. Free some space: Heads Up goes on by itself. Nothing is sent that cannot be written down.',
      });
    expect(await engine.call('triggers.setEnabled', { trigger: 'upcoming_order', isEnabled: false })).toEqual({
      ok: false,
      error: {
        code: 'storage',
        message: 'The disk is full.',
        nextStep: 'Free some space and start again. Nothing was lost.',
      },
    });
    // Reading goes on.
    expect((await engine.value('customers.search', { text: 'Anna' })).length).toBeGreaterThan(0);

    disk.free();
    void engine.call('sync.run', {});
    await expect.poll(async () => (await status()).storage.state, { timeout: 60_000 }).toBe('sound');
    const [anna] = await engine.value('customers.search', { text: 'Anna' });
    expect(anna?.subscriptions.map((one) => one.status)).toEqual(['CANCELLED']);
  });
});
