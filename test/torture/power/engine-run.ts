import { createEngine, type Engine } from '../../../main/engine/engine.ts';
import type { EngineStart, SecretVault } from '../../../main/engine/port.ts';
import type { EngineChannel, Input, Output } from '../../../shared/ipc/contract.ts';
import type { Result } from '../../../shared/result.ts';

export type EngineRunOptions = Readonly<{
  dataFolder: string;
  vault: SecretVault;
  remotes: NonNullable<EngineStart['remotes']>;
  /** Epoch ms. */
  now: number;
  /** Called when a request is about to leave: what it stands for must be on the disk by now. */
  onRequest?: (url: string) => void;
  log?: (level: string, message: string, fields: string) => void;
}>;

export type EngineRun = Readonly<{
  /** What its clock says; waiting for a turn takes time. */
  now: () => number;
  call: <C extends EngineChannel>(channel: C, input: Input<C>) => Promise<Result<Output<C>>>;
  /** Sets the engine's clock to that instant, wakes it, and waits until it has nothing to do. */
  wakeAt: (now: number) => Promise<void>;
  /** Waits until no request is under way and nothing waits for its turn. */
  settle: () => Promise<void>;
  stop: () => Promise<void>;
}>;

/**
 * The whole engine in this process, on a clock that moves when it is told to and when the engine waits.
 *
 * @throws OpenProblem as the engine does
 */
export async function startEngineRun(options: EngineRunOptions): Promise<EngineRun> {
  const { dataFolder, vault, remotes, onRequest = () => undefined, log = () => undefined } = options;
  let { now } = options;
  let busy = 0;
  const tracked = async <T>(work: Promise<T>): Promise<T> => {
    busy += 1;
    try {
      return await work;
    } finally {
      busy -= 1;
    }
  };

  const { fetch } = globalThis;
  globalThis.fetch = (input, init) => {
    onRequest(input instanceof Request ? input.url : String(input));
    return tracked(fetch(input, init).then(readWhole));
  };

  let restarting: Promise<void> = Promise.resolve();
  const host = {
    start: { host: 'browser', version: '0.0.0-torture', dataFolder, startInPractice: false, remotes },
    vault,
    emit: () => undefined,
    restart: () => {
      restarting = engine.stop().then(async () => {
        engine = await createEngine(host);
      });
    },
    log: (level: string, message: string, fields: Readonly<Record<string, unknown>> = {}) =>
      log(level, message, JSON.stringify(fields)),
    clock: {
      now: () => now,
      sleep: (ms: number) => {
        now += ms;
        return tracked(new Promise<void>((resolve) => setImmediate(resolve)));
      },
    },
  } as const;
  let engine: Engine;
  try {
    engine = await createEngine(host);
  } catch (error) {
    globalThis.fetch = fetch;
    throw error;
  }

  async function settle(): Promise<void> {
    // What follows an answer begins before the next turn of the event loop.
    for (let quiet = 0; quiet < 3; quiet = busy === 0 ? quiet + 1 : 0)
      await new Promise((resolve) => setImmediate(resolve));
  }

  return {
    now: () => now,
    call: async <C extends EngineChannel>(channel: C, input: Input<C>) => {
      const result = await engine.call(channel, input);
      await restarting;
      await settle();
      // The handlers are typed by the contract; `Engine.call` forgets which one it was.
      return result as Result<Output<C>>;
    },
    wakeAt: async (next) => {
      now = Math.max(now, next);
      await engine.wake();
      await settle();
    },
    settle,
    stop: async () => {
      try {
        await restarting;
        await engine.stop();
      } finally {
        globalThis.fetch = fetch;
      }
    },
  };
}

/** An answer whose body is here already, so that reading it takes no time that nobody counts. */
async function readWhole(response: Response): Promise<Response> {
  const body = await response.arrayBuffer();
  const { status, statusText, headers } = response;
  const whole = new Response(body.byteLength === 0 ? null : body, { status, statusText, headers });
  Object.defineProperty(whole, 'url', { value: response.url });
  return whole;
}
