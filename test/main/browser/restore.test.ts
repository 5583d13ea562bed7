import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import type { EngineChannel, Input, Output } from '../../../shared/ipc/contract.ts';
import type { Result } from '../../../shared/result.ts';
import { toSignedIn } from '../../helpers/browser-app.ts';
import { startConsoleProcess } from '../../helpers/console-process.ts';
import { rawRequest } from '../../helpers/raw-request.ts';
import { scratch } from '../../helpers/scratch.ts';
import { makeDataFolder } from '../../torture/twins/folder.ts';
import { openShop } from '../practice/open-shop.ts';

const IN_LINE = 5;

/** The built host as a user starts it, with the simulators behind it and deliveries in line. */
async function startHost() {
  const shop = await openShop({ startAt: Date.now() });
  const dataFolder = mkdtempSync(join(scratch, 'heads-up-restore-'));
  onTestFinished(() => rmSync(dataFolder, { recursive: true, force: true }));
  makeDataFolder(dataFolder, 'line', IN_LINE);
  const host = await startConsoleProcess(['--data', dataFolder], {
    HEADS_UP_POSTSCRIPT_URL: shop.urls.postscript,
    HEADS_UP_SMARTRR_URL: shop.urls.smartrr,
  });
  onTestFinished(async () => {
    await host.interrupt();
    host.remove();
  });
  const { port, origin, pathname, search } = new URL(host.link);
  const headers = { ...toSignedIn(await rawRequest(Number(port), { path: `${pathname}${search}` })), origin };
  return {
    shop,
    ask: async <C extends EngineChannel>(channel: C, input: Input<C>): Promise<Output<C>> => {
      const body = JSON.stringify({ channel, input });
      const response = await rawRequest(Number(port), { method: 'POST', path: '/api/call', headers, body });
      // The host has held it against the contract.
      const answer = JSON.parse(response.body) as Result<Output<C>>;
      if (!answer.ok) throw new Error(`${channel}: ${answer.error.message}`);
      return answer.value;
    },
    received: async () => (await shop.control.ledger()).events.length,
  };
}

async function until(isThere: () => Promise<boolean>): Promise<void> {
  while (!(await isThere())) await wait(10);
}

it('a backup of before the deliveries left, restored through the built host: its new engine lets nothing leave again', async () => {
  const { shop, ask, received } = await startHost();
  const { name } = await ask('backups.create', {});
  await ask('connections.savePostscriptKey', { key: shop.credentials.postscriptKey });
  await until(async () => (await received()) === IN_LINE);
  await ask('backups.restore', { name });
  expect((await ask('status.get', {})).sendingOn).toBe(false);
  await ask('sending.setOn', { on: true });
  // A test is behind them in the line: when it has left, so would they have.
  await ask('triggers.sendTest', { trigger: 'upcoming_order', subscriptionId: null, phone: '+12125550100' });
  await until(async () => (await received()) > IN_LINE);
  expect(await received()).toBe(IN_LINE + 1);
}, 60_000);
