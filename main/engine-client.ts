import { Worker } from 'node:worker_threads';
import type { AppEvent } from '../shared/ipc/channels.ts';
import type { EngineState } from '../shared/ipc/computer-contract.ts';
import type { EngineChannel } from '../shared/ipc/contract.ts';
import { assertNever, fail, toError, type Result } from '../shared/result.ts';
import {
  engineHeapLimits,
  type EngineStart,
  type EngineToHost,
  type HostToEngine,
  type SecretVault,
} from './engine/port.ts';

export type EngineStopReason = Readonly<{ message: string; nextStep: string }>;

export type EngineClient = Readonly<{
  /** Never rejects: an engine that is gone is a failed Result. */
  call: (channel: EngineChannel, input: unknown) => Promise<Result<unknown>>;
  /** Every change of it is announced as `changed`. */
  state: () => EngineState;
  /** The computer is about to sleep. */
  sleep: () => void;
  /** The computer woke up. */
  wake: () => void;
  /** Lets the engine finish what it must and ends its thread. May be called twice. */
  stop: () => Promise<void>;
}>;

export type EngineOptions = Readonly<{
  workerUrl: URL;
  /** Reaches the worker as its `workerData`. */
  start: EngineStart;
  vault: SecretVault;
  onEvent: (event: AppEvent) => void;
  onLog: (level: 'info' | 'warn' | 'error', message: string, fields: Readonly<Record<string, unknown>>) => void;
  /** The engine is gone for good, though nobody stopped it: it crashed too often, or could not start again. */
  onStopped: (reason: EngineStopReason) => void;
  now?: () => number;
  restartDelaysMs?: readonly [number, ...number[]];
  stopDeadlineMs?: number;
}>;

/** The engine said why it cannot run (database newer, locked, unreadable), in words for the merchant. */
export class EngineCannotStart extends Error {
  override readonly name = 'EngineCannotStart';
  readonly nextStep: string;

  constructor({ message, nextStep }: EngineStopReason) {
    super(message);
    this.nextStep = nextStep;
  }
}

const maxRestarts = 5;
const restartWindowMs = 300_000;
/** A request for a delivery ends after 15 s at the latest: what came of it is then known and written down. */
const longerThanAnyDeliveryMs = 20_000;
const looksDown: EngineStopReason = {
  message: 'The engine stopped unexpectedly, several times in a few minutes. Nothing is being sent.',
  nextStep: 'Quit Heads Up and start it again. The details are in the log.',
};
const crashedOnce = fail(
  'internal',
  'The engine stopped before it answered and is starting again.',
  'Look at what the screen shows then before you try again.',
);
const restarting = fail(
  'internal',
  'The engine starts again, on the restored database.',
  'Wait a moment, then look again.',
);
const closing = fail('internal', 'Heads Up is closing.');

/**
 * Runs the engine's worker thread and carries calls to it. Resolves when the engine is ready.
 *
 * A crash of the thread fails the calls under way and starts it anew with growing pauses; the engine finds in its
 * database what it was doing. Rejects with EngineCannotStart when the first start fails.
 */
export async function startEngine(options: EngineOptions): Promise<EngineClient> {
  const { workerUrl, start, vault, onEvent, onLog, onStopped, now = Date.now } = options;
  const { restartDelaysMs = [200, 1000, 3000, 10_000, 30_000], stopDeadlineMs = longerThanAnyDeliveryMs } = options;

  const pending = new Map<number, (result: Result<unknown>) => void>();
  let nextId = 1;
  let worker: Worker | null = null;
  let isReady = false;
  let state: EngineState = { state: 'running', restartedAt: null };
  let restarts: number[] = [];
  /** Under way while the engine starts anew because it asked to; calls wait for it. */
  let renewal: Promise<void> | null = null;
  let restartTimer: NodeJS.Timeout | null = null;
  let stopping: Promise<void> | null = null;

  const post = (target: Worker, message: HostToEngine): void => target.postMessage(message);

  const failPending = (result: Result<never>): void => {
    for (const resolve of pending.values()) resolve(result);
    pending.clear();
  };

  const change = (next: EngineState): void => {
    state = next;
    onEvent('changed');
  };

  const downSince = (): number => ('since' in state ? state.since : now());

  const giveUp = ({ message, nextStep }: EngineStopReason): void => {
    change({ state: 'stopped', since: downSince(), message, nextStep });
    onStopped({ message, nextStep });
  };

  const restartLater = (exitCode: number): void => {
    restarts = restarts.filter((at) => at > now() - restartWindowMs);
    if (restarts.length >= maxRestarts) {
      giveUp(looksDown);
      return;
    }
    onLog('error', 'The engine ended and is started again.', { exitCode });
    change({ state: 'restarting', since: downSince() });
    const delay = restartDelaysMs[Math.min(restarts.length, restartDelaysMs.length - 1)];
    restarts.push(now());
    restartTimer = setTimeout(() => {
      restartTimer = null;
      launch().then(
        () => change({ state: 'running', restartedAt: now() }),
        // Only a refusal ends here: a crash has already planned the next start.
        (error: unknown) => {
          if (error instanceof EngineCannotStart) giveUp(error);
        },
      );
    }, delay);
  };

  /** Calls wait from now on: the thread that has asked for it ends, and the next one answers them. */
  const renew = (current: Worker): void => {
    const deadline = setTimeout(() => void current.terminate(), stopDeadlineMs);
    const ended = new Promise<void>((resolve) => void current.once('exit', () => resolve()));
    renewal = ended
      .then(() => {
        clearTimeout(deadline);
        return stopping === null ? launch() : undefined;
      })
      .catch((error: unknown) => {
        // A crash has already planned the next start.
        if (error instanceof EngineCannotStart) giveUp(error);
      })
      .then(() => {
        renewal = null;
        onEvent('changed');
      });
  };

  /** Resolves when the new thread is ready. Its end is handled here for as long as it lives. */
  function launch(): Promise<void> {
    return new Promise((resolve, reject) => {
      // Whoever left the practice shop must not find it open again, and their own shop at rest, after a crash.
      const workerData: EngineStart = isFirstStart ? start : { ...start, startInPractice: false };
      const current = new Worker(workerUrl, { workerData, resourceLimits: engineHeapLimits });
      let refusal: EngineCannotStart | null = null;
      let saidStopped = false;
      let isRenewed = false;
      worker = current;
      current.on('message', (message: EngineToHost) => {
        switch (message.kind) {
          case 'ready':
            isReady = true;
            resolve();
            break;
          case 'cannot-start':
            refusal = new EngineCannotStart(message);
            void current.terminate();
            break;
          case 'result':
            pending.get(message.id)?.(message.result);
            pending.delete(message.id);
            break;
          case 'event':
            onEvent(message.event);
            break;
          case 'secret-ask':
            void answerSecret(vault, message).then((answer) => post(current, answer));
            break;
          case 'log':
            onLog(message.level, message.message, message.fields);
            break;
          case 'restart':
            isRenewed = true;
            renew(current);
            break;
          case 'stopped':
            saidStopped = true;
            void current.terminate();
            break;
          default:
            assertNever(message);
        }
      });
      current.on('error', (error) => onLog('error', 'The engine crashed.', { error: toError(error) }));
      current.on('exit', (exitCode) => {
        worker = null;
        isReady = false;
        const why = isRenewed ? restarting : crashedOnce;
        failPending(stopping === null ? why : closing);
        reject(refusal ?? new Error(`The engine ended with code ${exitCode} before it was ready`));
        if (stopping !== null || refusal !== null || isFirstStart || isRenewed) return;
        if (saidStopped) giveUp({ message: 'The engine stopped.', nextStep: 'Start Heads Up again.' });
        else restartLater(exitCode);
      });
    });
  }

  async function end(): Promise<void> {
    if (restartTimer !== null) clearTimeout(restartTimer);
    const current = worker;
    if (current === null) return;
    await new Promise<void>((resolve) => {
      const deadline = setTimeout(() => {
        onLog('warn', 'The engine did not stop in time and was ended.', {});
        void current.terminate();
      }, stopDeadlineMs);
      current.once('exit', () => {
        clearTimeout(deadline);
        resolve();
      });
      post(current, { kind: 'stop' });
    });
  }

  let isFirstStart = true;
  try {
    await launch();
  } catch (error) {
    if (error instanceof EngineCannotStart) throw error;
    throw new EngineCannotStart({
      message: 'The engine ended while it was starting.',
      nextStep: `The details are in the log. (${toError(error).message})`,
    });
  }
  isFirstStart = false;

  const call: EngineClient['call'] = (channel, input) => {
    const current = worker;
    if (stopping !== null) return Promise.resolve(closing);
    if (renewal !== null) return renewal.then(() => call(channel, input));
    if (current === null || !isReady) return Promise.resolve(whyDown(state));
    return new Promise((resolve) => {
      const id = nextId++;
      pending.set(id, resolve);
      post(current, { kind: 'call', id, channel, input });
    });
  };

  const tell = (kind: 'sleep' | 'wake'): void => {
    if (worker !== null && isReady) post(worker, { kind });
  };

  return {
    call,
    state: () => state,
    sleep: () => tell('sleep'),
    wake: () => tell('wake'),
    stop: () => (stopping ??= end()),
  };
}

function whyDown(state: EngineState): Result<never> {
  return state.state === 'stopped' ? fail('internal', state.message, state.nextStep) : crashedOnce;
}

type SecretAsk = Extract<EngineToHost, { kind: 'secret-ask' }>;

async function answerSecret(vault: SecretVault, { id, ask, name, value }: SecretAsk): Promise<HostToEngine> {
  try {
    if (ask === 'read') return { kind: 'secret-answer', id, ok: true, value: await vault.read(name), message: '' };
    if (ask === 'remove') await vault.remove(name);
    else await vault.write(name, value ?? '');
    return { kind: 'secret-answer', id, ok: true, value: null, message: '' };
  } catch (error) {
    return { kind: 'secret-answer', id, ok: false, value: null, message: toError(error).message };
  }
}
