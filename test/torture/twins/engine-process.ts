import { createInterface } from 'node:readline';
import { everyDelivery } from '../../../shared/domain/delivery-filter.ts';
import { openDeliveryStates, type DeliveryState } from '../../../shared/domain/deliveries.ts';
import { contract } from '../../../shared/ipc/contract.ts';
import { OpenProblem } from '../../../main/db/open-database.ts';
import { createEngine, type Engine } from '../../../main/engine/engine.ts';
import type { TwinOrder, TwinWord } from './twin.ts';

/**
 * One engine in a process of its own: entry of a twin. It opens the data folder when it is told to, says whether it could,
 * and says so when nothing is left in line.
 */

const order = JSON.parse(process.argv[2] ?? '') as TwinOrder;
const unfinished: readonly DeliveryState[] = [...openDeliveryStates, 'sending'];

function say(word: TwinWord): void {
  process.stdout.write(`${JSON.stringify(word)}\n`);
}

async function open(): Promise<Engine | undefined> {
  const { dataFolder, postscriptUrl, postscriptKey } = order;
  try {
    return await createEngine({
      // Nothing listens at the platform's address: what is in line here needs no look at it.
      start: {
        host: 'browser',
        version: '0.0.0-test',
        dataFolder,
        startInPractice: false,
        remotes: { postscript: postscriptUrl, smartrr: 'http://127.0.0.1:9' },
      },
      vault: {
        read: async (name) => (name === 'postscript_key' ? postscriptKey : null),
        write: async () => undefined,
        remove: async () => undefined,
      },
      emit: () => undefined,
      restart: () => undefined,
      log: () => undefined,
    });
  } catch (error) {
    if (!(error instanceof OpenProblem)) throw error;
    say({ kind: 'refused', message: error.message });
    return undefined;
  }
}

/** Looked at as the window looks at it. */
async function waitUntilNothingIsInLine({ call }: Engine): Promise<void> {
  for (;;) {
    const answer = await call('deliveries.list', { cursor: null, filter: everyDelivery });
    const { rows } = contract['deliveries.list'].output.parse(answer.ok ? answer.value : undefined);
    if (rows.every(({ state }) => !unfinished.includes(state))) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const lines = createInterface({ input: process.stdin });
say({ kind: 'loaded' });
await new Promise<void>((resolve) => lines.once('line', () => resolve()));
const engine = await open();
if (engine !== undefined) {
  const told = new Promise<void>((resolve) => lines.once('line', () => resolve()));
  say({ kind: 'holds' });
  await Promise.race([told, waitUntilNothingIsInLine(engine).then(() => say({ kind: 'done' }))]);
  await told;
  await engine.stop();
}
process.exit(0);
