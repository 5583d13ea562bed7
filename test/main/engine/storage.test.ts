import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase } from '../../../main/db/open-database.ts';
import type { WriteDb } from '../../../main/db/types.ts';
import { watchStorage } from '../../../main/engine/storage.ts';
import { createStore } from '../../../main/engine/store.ts';
import { makeCustomer, makeDraft, noon, openTestStore, type TestStore } from '../../helpers/core-shop.ts';
import { makeDataFolder, startTestEngine } from '../../helpers/engine.ts';
import { openShopAtWork } from '../failures/shop-at-work.ts';

const ignore = (): void => undefined;

/** More deliveries than are read in one go. */
function fillShop({ db, store }: TestStore): WriteDb {
  store.saveCustomer(makeCustomer(), noon);
  for (let number = 0; number < 120; number += 1)
    store.insertDelivery({ ...makeDraft(), key: `upcoming_order:${number}`, phone: null, email: null }, noon);
  return db;
}

it('nothing works before the durable tables were read, and calls are answered meanwhile', async () => {
  const db = fillShop(openTestStore());
  const storage = watchStorage(db, ignore, ignore);
  expect([storage.state().state, storage.mayWork()]).toEqual(['checking', false]);
  let answers = 0;
  const answer = (): void => {
    if (storage.mayWork()) return;
    answers += 1;
    setImmediate(answer);
  };
  answer();
  await storage.looked;
  expect(storage.mayWork()).toBe(true);
  expect(answers).toBeGreaterThan(1);
  await expect.poll(() => storage.state().state, { interval: 5 }).toBe('sound');
});

it('a check that is stopped lets go of whoever waits for it, and nothing works', async () => {
  const db = fillShop(openTestStore());
  const storage = watchStorage(db, ignore, ignore);
  storage.stop();
  await storage.looked;
  expect([storage.state().state, storage.mayWork()]).toEqual(['checking', false]);
});

it('an engine works on no delivery before all of them were read', async () => {
  const dataFolder = makeDataFolder();
  const db = openDatabase({ path: join(dataFolder, 'heads-up.db') });
  fillShop({ db, store: createStore(db) }).close();
  const ran: string[] = [];
  const { ask } = await startTestEngine({ dataFolder, onStatement: (sql) => void ran.push(String(sql)) });
  await expect.poll(async () => (await ask('status.get', {})).storage.state, { interval: 5 }).toBe('sound');
  const steps = ran.flatMap((sql, at) => (/typeof.* FROM deliveries AS row/s.test(sql) ? [at] : []));
  const firstWork = ran.findIndex(
    (sql) => sql.startsWith('SELECT * FROM deliveries') && sql.includes("state = 'sending'"),
  );
  expect(steps).toHaveLength(3);
  expect(firstWork).toBeGreaterThan(steps.at(-1) ?? 0);
});

it('no job asks or sends anything before the check lets it', async () => {
  const { promise: ready, resolve: letGo } = Promise.withResolvers<void>();
  const work = await openShopAtWork({ ready });
  const run = work.shop().runAll();
  for (let turn = 0; turn < 20; turn += 1) await new Promise((next) => setImmediate(next));
  expect(work.smartrr.asked).toEqual([]);
  letGo();
  await run;
  expect(work.smartrr.asked).not.toEqual([]);
});
