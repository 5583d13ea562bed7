import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createComputerHandlers } from '../../../main/browser/computer-handlers.ts';
import { contract } from '../../../shared/ipc/contract.ts';

const engine = () => ({ state: 'starting' }) as const;
const secretStore = { state: 'protected', description: 'Encrypted.', problem: null } as const;
const vault = { describe: () => Promise.resolve(secretStore) };

it('says where this computer keeps the shop, and waits until the vault is open', async () => {
  const opened = Promise.withResolvers<typeof vault>();
  const handlers = createComputerHandlers({ version: '1.2.3', dataFolder: '/shop', engine, vault: opened.promise });
  const asked = Promise.resolve(handlers['computer.get']({}));
  opened.resolve(vault);
  const result = await asked;
  expect(result).toEqual({
    ok: true,
    value: {
      host: 'browser',
      version: '1.2.3',
      dataFolder: '/shop',
      logFile: join('/shop', 'logs', 'heads-up.log'),
      engine: engine(),
      secretStore,
      desktop: null,
    },
  });
  expect(contract['computer.get'].output.safeParse(result.ok && result.value).success).toBe(true);
});

const open = () =>
  createComputerHandlers({ version: '1.2.3', dataFolder: '/shop', engine, vault: Promise.resolve(vault) });

it('has none of the desktop app settings to save', async () => {
  const handlers = open();
  expect(await handlers['computer.save']({ notifications: false })).toMatchObject({ error: { code: 'conflict' } });
});

it('says how a browser tab is updated instead of updating anything', async () => {
  const handlers = open();
  for (const channel of ['computer.checkForUpdate', 'computer.downloadUpdate', 'computer.installUpdate'] as const) {
    expect(await handlers[channel]({})).toMatchObject({
      error: { nextStep: 'Get the newer version into its folder, stop Heads Up and start it again.' },
    });
  }
});
