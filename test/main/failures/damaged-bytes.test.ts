import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { watchStorage } from '../../../main/engine/storage.ts';
import { openDatabase, OpenProblem } from '../../../main/db/open-database.ts';
import { createRandom } from '../../../main/practice/random.ts';
import { makeFolder } from './open-engine.ts';
import { openShopAtWork } from './shop-at-work.ts';

const IMAGES = 60;
const BLOCK = 512;

/** A shop's database with something in every table, as bytes. */
async function makeImage(): Promise<Buffer> {
  const path = join(makeFolder(), 'heads-up.db');
  const work = await openShopAtWork({ databasePath: path });
  await work.shop().runAll();
  await work.replyFrom('Anna', 'SKIP');
  await work.pass(60_000);
  work.db.pragma('wal_checkpoint(TRUNCATE)');
  return readFileSync(path);
}

it(
  'noise anywhere in the file is refused, or named, or did not hit anything; it is never a crash',
  { timeout: 300_000 },
  async () => {
    const image = await makeImage();
    const path = join(makeFolder(), 'heads-up.db');
    const random = createRandom(7, 'damaged-bytes');
    const outcomes = { refused: 0, named: 0, harmless: 0 };
    for (let number = 0; number < IMAGES; number += 1) {
      const bytes = Buffer.from(image);
      const start = random.between(0, Math.floor(image.length / BLOCK) - 1) * BLOCK;
      for (let place = start; place < start + BLOCK; place += 1) bytes[place] = random.between(0, 255);
      writeFileSync(path, bytes);
      outcomes[await openDamaged(path)] += 1;
    }
    console.log(`${IMAGES} damaged files: ${JSON.stringify(outcomes)}`);
    // Most of a small file is room that nothing uses; were nothing ever found, nothing would have been looked at.
    expect(outcomes.refused + outcomes.named).toBeGreaterThan(5);
  },
);

async function openDamaged(path: string): Promise<'refused' | 'named' | 'harmless'> {
  let db;
  try {
    db = openDatabase({ path });
  } catch (error) {
    // Anything but a sentence for the merchant is a bug, and fails the test.
    if (error instanceof OpenProblem) return 'refused';
    throw error;
  }
  try {
    const storage = watchStorage(
      db,
      () => undefined,
      () => undefined,
    );
    await expect.poll(() => storage.state().state, { interval: 5, timeout: 30_000 }).toMatch(/sound|damaged/);
    return storage.state().state === 'damaged' ? 'named' : 'harmless';
  } finally {
    db.close();
  }
}
