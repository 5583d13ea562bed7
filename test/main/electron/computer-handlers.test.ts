import { expect, it } from 'vitest';
import { createComputerHandlers } from '../../../main/electron/computer-handlers.ts';
import type { ComputerStore } from '../../../main/electron/computer-store.ts';
import { contract } from '../../../shared/ipc/contract.ts';

function setUp() {
  const kept: Record<string, unknown> = { onClose: 'ask', notifications: true };
  const store = {
    get: (name: string) => kept[name],
    set: (name: string, value: unknown) => {
      kept[name] = value;
    },
  } as ComputerStore;
  const vault = { describe: () => ({ isSafe: true, description: 'Encrypted.' }) };
  const handlers = createComputerHandlers({ version: '1.2.3', dataFolder: '/shop', vault, store });
  return { kept, handlers };
}

it('keeps what the merchant chooses, and leaves the rest as it is', async () => {
  const { kept, handlers } = setUp();
  const saved = await handlers['computer.save']({ onClose: 'keep_running' });
  expect(saved).toMatchObject({
    value: { host: 'desktop', desktop: { onClose: 'keep_running', notifications: true } },
  });
  expect(contract['computer.save'].output.safeParse(saved.ok && saved.value).success).toBe(true);
  await handlers['computer.save']({ notifications: false });
  expect(kept).toEqual({ onClose: 'keep_running', notifications: false });
});
