import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { PracticeControl, PracticeOptions, PracticeShop } from './practice-shop-types.ts';
import type { ControlCall, FromWorld, ToWorld } from './world-messages.ts';

type Waiting = Readonly<{ resolve: (value: unknown) => void; reject: (error: Error) => void }>;
type Ready = Extract<FromWorld, { kind: 'ready' }>;

/**
 * Starts a practice shop in a process of its own. `entry` is `world-process.ts` or its bundle.
 *
 * The process ends with `close`, and by itself when this one goes away.
 */
export async function forkPracticeShop(options: PracticeOptions, entry: string | URL): Promise<PracticeShop> {
  const path = entry instanceof URL ? fileURLToPath(entry) : entry;
  // Its own arguments only: a debugger port or a loader of the parent is not for it.
  const child = fork(path, [], { execArgv: [], serialization: 'advanced' });
  const waiting = new Map<number, Waiting>();
  let lastId = 0;

  const send = (message: ToWorld): void => {
    child.send(message, (error) => {
      if (error !== null && message.kind === 'call') settle(message.id)?.reject(error);
    });
  };

  function settle(id: number): Waiting | undefined {
    const call = waiting.get(id);
    waiting.delete(id);
    return call;
  }

  const closed = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      const error = new Error(`The practice shop's process has ended (${signal ?? code ?? 'unknown'})`);
      for (const call of waiting.values()) call.reject(error);
      waiting.clear();
      resolve();
    });
  });

  const ready = await new Promise<Ready>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error("The practice shop's process ended before it was ready")));
    child.on('message', (message: FromWorld) => {
      if (message.kind === 'ready') resolve(message);
      if (message.kind === 'cannot_start') reject(new Error(message.message));
      if (message.kind === 'result') settle(message.id)?.resolve(message.value);
      if (message.kind === 'failed') settle(message.id)?.reject(new Error(message.message));
    });
    send({ kind: 'start', options });
  }).catch((error: unknown) => {
    child.kill();
    throw error;
  });

  function call(name: ControlCall, ...input: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (!child.connected) {
        reject(new Error("The practice shop's process has ended"));
        return;
      }
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      send({ kind: 'call', id, call: name, input });
    });
  }

  // The other side runs the very function of that name, so its answer has that type.
  const stub =
    <Name extends ControlCall>(name: Name) =>
    (...input: Parameters<PracticeControl[Name]>) =>
      call(name, ...input) as ReturnType<PracticeControl[Name]>;

  return {
    urls: ready.urls,
    credentials: ready.credentials,
    control: {
      now: stub('now'),
      advanceTo: stub('advanceTo'),
      nextEventAt: stub('nextEventAt'),
      nextNotable: stub('nextNotable'),
      phones: stub('phones'),
      phone: stub('phone'),
      reply: stub('reply'),
      platformEvents: stub('platformEvents'),
      setCopy: stub('setCopy'),
      ledger: stub('ledger'),
      setFaults: stub('setFaults'),
      forceFault: stub('forceFault'),
      keepFault: stub('keepFault'),
    },
    close: async () => {
      if (child.connected) send({ kind: 'close' });
      await closed;
    },
  };
}
