import { toError } from '../../shared/result.ts';
import type { PracticeShop } from './practice-shop-types.ts';
import { startPracticeShop } from './practice-shop.ts';
import type { FromWorld, ToWorld } from './world-messages.ts';

/** Entry of the process that holds a practice shop: a world of any size then costs its owner no memory and no time. */

let shop: PracticeShop | undefined;

function answer(message: FromWorld): void {
  process.send?.(message);
}

async function handle(message: ToWorld): Promise<void> {
  switch (message.kind) {
    case 'start':
      try {
        shop = await startPracticeShop(message.options);
        answer({ kind: 'ready', urls: shop.urls, credentials: shop.credentials });
      } catch (error) {
        answer({ kind: 'cannot_start', message: toError(error).message });
      }
      return;
    case 'call': {
      const { id, call, input } = message;
      try {
        if (shop === undefined) throw new Error('The practice shop has not been started');
        // The parent's stub has the same types; here only the names are left.
        const run = shop.control[call] as (...input: readonly unknown[]) => Promise<unknown>;
        answer({ kind: 'result', id, value: await run(...input) });
      } catch (error) {
        answer({ kind: 'failed', id, message: toError(error).message });
      }
      return;
    }
    case 'close':
      await shop?.close();
      answer({ kind: 'closed' });
      process.disconnect();
  }
}

process.on('message', (message: ToWorld) => void handle(message));
// A parent that was killed cannot say goodbye; without it nobody would ever stop this process.
process.on('disconnect', () => process.exit(0));
