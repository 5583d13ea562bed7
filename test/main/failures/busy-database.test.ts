import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openShop } from '../practice/open-shop.ts';
import { holdLock } from './hold-lock.ts';
import { openEngine } from './open-engine.ts';

// Each refused write waits five seconds for the lock.
const TIMEOUT_MS = 120_000;

it(
  'a database that another program locks while Heads Up runs is named, nothing is sent, and all goes on after it',
  { timeout: TIMEOUT_MS },
  async () => {
    const world = await openShop();
    const remotes = { postscript: world.urls.postscript, smartrr: world.urls.smartrr };
    const engine = await openEngine({ remotes });
    await engine.value('connections.savePostscriptKey', { key: world.credentials.postscriptKey });
    const sendTest = () =>
      engine.call('triggers.sendTest', { trigger: 'upcoming_order', subscriptionId: null, phone: '+12125550100' });
    await sendTest();
    expect((await world.control.ledger()).events).toHaveLength(1);

    const release = await holdLock(join(engine.dataFolder, 'heads-up.db'), 'BEGIN IMMEDIATE');
    expect(await sendTest()).toEqual({
      ok: false,
      error: {
        code: 'storage',
        message: 'Another program is using the database.',
        nextStep: 'Close the other Heads Up and start again.',
      },
    });
    // Reading is no matter of the lock.
    expect((await engine.value('status.get', {})).storage.state).not.toBe('damaged');
    expect((await world.control.ledger()).events).toHaveLength(1);

    await release();
    expect(await sendTest()).toMatchObject({ ok: true });
    await expect.poll(async () => (await world.control.ledger()).events.length, { timeout: 20_000 }).toBe(2);
  },
);
