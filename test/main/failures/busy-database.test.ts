import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openShop } from '../practice/open-shop.ts';
import { holdLock } from './hold-lock.ts';
import { openEngine } from './open-engine.ts';

it.each(['BEGIN IMMEDIATE', 'SELECT count(*) FROM marks'] as const)(
  'while Heads Up runs no other program gets at the database (%s), and what is to be sent is sent',
  async (statement) => {
    const world = await openShop();
    const remotes = { postscript: world.urls.postscript, smartrr: world.urls.smartrr };
    const engine = await openEngine({ remotes });
    await engine.value('connections.savePostscriptKey', { key: world.credentials.postscriptKey });
    await expect(holdLock(join(engine.dataFolder, 'heads-up.db'), statement)).rejects.toThrow('SQLITE_BUSY');
    const test = { trigger: 'upcoming_order', subscriptionId: null, phone: '+12125550100' } as const;
    expect(await engine.call('triggers.sendTest', test)).toMatchObject({ ok: true });
    await expect.poll(async () => (await world.control.ledger()).events.length, { timeout: 20_000 }).toBe(1);
  },
);

it('the lock is in the database: a second engine is refused although engine.lock was removed', async () => {
  const first = await openEngine();
  rmSync(join(first.dataFolder, 'engine.lock'));
  await expect(openEngine({ dataFolder: first.dataFolder })).rejects.toMatchObject({
    kind: 'locked',
    message: 'Another program is using the database.',
  });
  // The one that runs has lost nothing by it.
  expect((await first.value('status.get', {})).storage.state).not.toBe('damaged');
  await first.stop();
  await (await openEngine({ dataFolder: first.dataFolder })).stop();
});
