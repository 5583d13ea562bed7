import { copyFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { everyDelivery } from '../../../shared/domain/delivery-filter.ts';
import { makeDataFolder as fillFolder } from '../../torture/twins/folder.ts';
import { makeDataFolder } from '../../helpers/engine.ts';
import { startRealShop } from '../../helpers/real-shop.ts';

const IN_LINE = 5;

/** The whole engine, with a backup of when everything was still in line, and all of it accepted since. */
async function sendAfterBackup() {
  const dataFolder = makeDataFolder();
  fillFolder(dataFolder, 'line', IN_LINE);
  const shop = await startRealShop({ dataFolder });
  const { name } = await shop.ask('backups.create', {});
  await shop.savePostscript();
  const received = async () => (await shop.shop.control.ledger()).events.map(({ externalId }) => externalId);
  await shop.until(async () => (await received()).length === IN_LINE);
  const states = async ({ ask }: Pick<typeof shop, 'ask'>) =>
    (await ask('deliveries.list', { cursor: null, filter: everyDelivery })).rows.map(
      ({ state, reason }) => `${state} ${reason}`,
    );
  await shop.until(async () => (await states(shop)).every((one) => one === 'accepted accepted'));
  return { ...shop, name, received, states };
}

it('a backup of before the deliveries left, restored by the console: nothing leaves again', async () => {
  const { ask, name, received, states, ...shop } = await sendAfterBackup();
  await ask('backups.restore', { name });
  expect((await ask('status.get', {})).sendingOn).toBe(false);
  await ask('sending.setOn', { on: true });
  await shop.wake();
  // A test is behind them in the line: when it has left, so would they have.
  await ask('triggers.sendTest', { trigger: 'upcoming_order', subscriptionId: null, phone: '+12125550100' });
  await shop.until(async () => (await received()).length > IN_LINE);
  expect(await received()).toHaveLength(IN_LINE + 1);
  expect((await states({ ask })).filter((one) => one === 'unknown restored_in_line')).toHaveLength(IN_LINE);
});

it('the same backup, put in the place of the database by hand: nothing leaves again', async () => {
  const { stop, dataFolder, vault, remotes, name, received, states } = await sendAfterBackup();
  await stop();
  for (const file of readdirSync(dataFolder).filter((one) => one.startsWith('heads-up.db')))
    rmSync(join(dataFolder, file));
  copyFileSync(join(dataFolder, 'backups', name), join(dataFolder, 'heads-up.db'));
  const again = await startRealShop({ dataFolder, remotes, secrets: Object.fromEntries(vault) });
  expect((await again.ask('status.get', {})).sendingOn).toBe(false);
  await again.ask('sending.setOn', { on: true });
  await again.ask('triggers.sendTest', { trigger: 'upcoming_order', subscriptionId: null, phone: '+12125550100' });
  await again.until(async () => (await received()).length > IN_LINE);
  expect(await received()).toHaveLength(IN_LINE + 1);
  expect((await states(again)).filter((one) => one === 'unknown restored_in_line')).toHaveLength(IN_LINE);
});
