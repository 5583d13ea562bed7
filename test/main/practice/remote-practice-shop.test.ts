import { expect, it } from 'vitest';
import { defaultPracticeOptions } from '../../../main/practice/practice-shop.ts';
import { forkPracticeShop } from '../../../main/practice/remote-practice-shop.ts';
import { clientsOf } from './open-shop.ts';

const entry = new URL('../../../main/practice/world-process.ts', import.meta.url);

it('runs a practice shop in a process of its own', async () => {
  const shop = await forkPracticeShop({ ...defaultPracticeOptions, customers: 40 }, entry);
  const { page, replies } = clientsOf(shop);
  expect((await page()).totalCount).toBeGreaterThan(40);
  await shop.control.advanceTo(defaultPracticeOptions.startAt + 86_400_000);
  expect(await shop.control.now()).toBe(defaultPracticeOptions.startAt + 86_400_000);
  const [phone] = await shop.control.phones('Sybil', 5);
  await shop.control.reply(phone?.customerId ?? '', 'SKIP');
  expect(await replies()).toContainEqual(expect.objectContaining({ body: 'SKIP' }));
  expect((await shop.control.ledger()).replies.at(-1)).toMatchObject({ body: 'SKIP', meant: 'skip' });
  await expect(shop.control.reply('nobody', 'SKIP')).rejects.toThrow('No phone is known');
  await shop.close();
  await expect(shop.control.now()).rejects.toThrow('has ended');
});

it('tells why a process could not become a practice shop', async () => {
  const options = { ...defaultPracticeOptions, customers: 5, timeZone: 'Nowhere/Atlantis' };
  await expect(forkPracticeShop(options, entry)).rejects.toThrow('Nowhere/Atlantis');
  // A script that is no practice shop ends at once.
  const other = new URL('../../../main/practice/token-bucket.ts', import.meta.url);
  await expect(forkPracticeShop(defaultPracticeOptions, other)).rejects.toThrow('before it was ready');
});
