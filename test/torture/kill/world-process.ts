import { startPracticeShop } from '../../../main/practice/practice-shop.ts';
import type { PracticeOptions, PracticeShop } from '../../../main/practice/practice-shop-types.ts';
import type { FaultLevel, ForcedFault } from '../../../main/practice/faults.ts';
import { createGate, type Gate, type Seen, type Stop } from './gate.ts';
import { layWire, type Wire } from './network.ts';
import { notify, serveCalls } from './remote-calls.ts';

/** Entry of the process that holds the simulators, one shop after the other. */

type Open = Readonly<{ shop: PracticeShop; gate: Gate; wires: readonly Wire[] }>;

let open: Open | undefined;

function current(): Open {
  if (open === undefined) throw new Error('Expected the world to have been started');
  return open;
}

async function closeWorld(): Promise<void> {
  const { shop, wires } = current();
  open = undefined;
  for (const wire of wires) await wire.close();
  await shop.close();
}

const calls = {
  start: async (options: PracticeOptions) => {
    const gate = createGate(options.seed, (seen) => notify({ reached: seen } satisfies Reached));
    const shop = await startPracticeShop(options, gate.watch);
    const { smartrr, postscript, inbox } = shop.urls;
    const [smartrrWire, postscriptWire, inboxWire] = await Promise.all([
      layWire(smartrr),
      layWire(postscript),
      layWire(inbox),
    ]);
    open = { shop, gate, wires: [smartrrWire, postscriptWire, inboxWire] };
    const urls = { smartrr: smartrrWire.url, postscript: postscriptWire.url, inbox: inboxWire.url };
    return { urls, credentials: shop.credentials };
  },
  close: closeWorld,
  now: () => current().shop.control.now(),
  advanceTo: (at: number) => current().shop.control.advanceTo(at),
  reply: (customerId: string, body: string) => current().shop.control.reply(customerId, body),
  ledger: () => current().shop.control.ledger(),
  forceFault: (fault: ForcedFault) => current().shop.control.forceFault(fault),
  setFaults: (level: FaultLevel) => current().shop.control.setFaults(level),
  arm: (stop: Stop | null) => current().gate.arm(stop),
  countRequests: () => current().gate.count(),
  release: () => current().gate.release(),
  takeBroken: () => current().gate.takeBroken(),
  setLatency: (ms: number) => current().gate.setLatency(ms),
  cutNetwork: async () => {
    for (const wire of current().wires) await wire.cut();
  },
  mendNetwork: async () => {
    for (const wire of current().wires) await wire.mend();
  },
};

/** The world's side of the harness, as the parent sees it. */
export type WorldCalls = typeof calls;
/** Told when the request came in at which the engine is to die; its answer is held until the engine is gone. */
export type Reached = Readonly<{ reached: Seen }>;

serveCalls(calls);
