import { describe, expect, it } from 'vitest';
import { startTestEngine } from '../../helpers/engine.ts';
import { startRealShop } from '../../helpers/real-shop.ts';

describe('the first run', () => {
  it('follows the facts, and comes back at the same step after a restart', async () => {
    const { ask, savePostscript, saveSmartrr, until, stop, vault, dataFolder, remotes, shop } = await startRealShop();
    const doneSteps = async () => (await ask('setup.get', {})).doneSteps;
    expect(await doneSteps()).toEqual([]);
    await ask('setup.confirm', { step: 'welcome' });
    expect(await doneSteps()).toEqual(['welcome']);
    expect((await savePostscript('sk_not_the_right_one_at_all')).ok).toBe(false);
    expect(await doneSteps()).toEqual(['welcome']);
    await savePostscript();
    await saveSmartrr();
    await until(async () => (await ask('setup.get', {})).firstSync.isDone);
    expect(await doneSteps()).toEqual(['welcome', 'postscript', 'smartrr', 'sync']);
    await ask('setup.confirm', { step: 'timing' });
    await stop();

    const again = await startTestEngine({ dataFolder, remotes, secrets: Object.fromEntries(vault) });
    const { doneSteps: after } = await again.ask('setup.get', {});
    expect(after).toEqual(['welcome', 'postscript', 'smartrr', 'timing', 'sync']);
    // So far nobody was texted.
    expect((await shop.control.ledger()).events).toEqual([]);

    await again.ask('sending.setOn', { on: true });
    expect((await again.ask('setup.get', {})).doneSteps).toHaveLength(7);
    await again.ask('connections.remove', { name: 'postscript' });
    expect((await again.ask('setup.get', {})).doneSteps).not.toContain('postscript');
  });

  it('counts the rows of the first sync against what the platform says it has', async () => {
    const { ask, saveSmartrr, until, shop } = await startRealShop();
    await saveSmartrr();
    await until(async () => (await ask('setup.get', {})).firstSync.isDone);
    const { firstSync } = await ask('setup.get', {});
    expect(firstSync.rowsTotal).toBe((await shop.everyState()).length);
    expect(firstSync.rowsRead).toBeGreaterThanOrEqual(firstSync.rowsTotal ?? Number.POSITIVE_INFINITY);
  });

  it('ends on the first trigger that Postscript accepted', async () => {
    const { ask, savePostscript, until } = await startRealShop();
    await savePostscript();
    const { deliveryId } = await ask('triggers.sendTest', {
      trigger: 'upcoming_order',
      subscriptionId: null,
      phone: null,
    });
    await until(async () => (await ask('setup.get', {})).newestAccepted !== null);
    expect((await ask('setup.get', {})).newestAccepted).toEqual({ deliveryId, isTest: true });
  });
});
