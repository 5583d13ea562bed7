import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createComputerHandlers } from '../../../main/browser/computer-handlers.ts';
import { contract } from '../../../shared/ipc/contract.ts';

const engine = () => ({ state: 'starting' }) as const;
const vault = { describe: () => ({ isSafe: true, description: 'Encrypted.' }) };

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
      secretStore: { isSafe: true, description: 'Encrypted.' },
      desktop: null,
    },
  });
  expect(contract['computer.get'].output.safeParse(result.ok && result.value).success).toBe(true);
});

it('has none of the desktop app settings to save', async () => {
  const handlers = createComputerHandlers({
    version: '1.2.3',
    dataFolder: '/shop',
    engine,
    vault: Promise.resolve(vault),
  });
  expect(await handlers['computer.save']({ notifications: false })).toMatchObject({ error: { code: 'conflict' } });
});
