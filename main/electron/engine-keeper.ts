import type { EngineState } from '../../shared/ipc/computer-contract.ts';
import { fail, toError, type Result } from '../../shared/result.ts';
import { EngineCannotStart, type EngineClient, type EngineStopReason } from '../engine-client.ts';
import type { MainWindow } from './main-window.ts';

/** The engine, whether it runs or not: a window may be open before it is ready, and stays open when it is gone. */
export type EngineKeeper = Pick<EngineClient, 'call' | 'state' | 'sleep' | 'wake' | 'stop'> &
  Readonly<{
    /** Does nothing unless the engine is down for good. */
    startAgain: () => void;
  }>;

type KeeperDeps = Readonly<{
  /** Rejects when the engine cannot start; tells when one that ran is gone for good. `hasRun`: there was one before. */
  start: (onStopped: (reason: EngineStopReason) => void, hasRun: boolean) => Promise<EngineClient>;
  ask: MainWindow['ask'];
  onChange: () => void;
  quit: () => void;
  now: () => number;
}>;

const starting: EngineState = { state: 'starting' };

/** Starts the engine and says in words when that fails, or when it is gone for good; a person then decides. */
export function keepEngine({ start, ask, onChange, quit, now }: KeeperDeps): EngineKeeper {
  let engine: EngineClient | null = null;
  let state = starting;
  let hasRun = false;
  let launching = launch();

  function change(next: EngineState): void {
    state = next;
    onChange();
  }

  /** Null when it did not start. */
  async function launch(): Promise<EngineClient | null> {
    engine = null;
    try {
      engine = await start((reason) => void offer('The engine of Heads Up is down', reason), hasRun);
      hasRun = true;
      onChange();
      return engine;
    } catch (error) {
      const reason = toReason(toError(error));
      change({ state: 'stopped', since: now(), ...reason });
      void offer('The engine of Heads Up cannot start', reason);
      return null;
    }
  }

  async function offer(what: string, { message, nextStep }: EngineStopReason): Promise<void> {
    const { response } = await ask({
      type: 'error',
      message: `${what}. Nothing is sent or read`,
      detail: `${message} ${nextStep}`,
      buttons: ['Start it again', 'Quit Heads Up', 'Later'],
      defaultId: 0,
      cancelId: 2,
    });
    if (response === 0) startAgain();
    if (response === 1) quit();
  }

  const stateNow = (): EngineState => engine?.state() ?? state;

  function startAgain(): void {
    if (stateNow().state !== 'stopped') return;
    launching = launch();
    change(starting);
  }

  return {
    call: async (channel, input) => {
      const current = engine ?? (state.state === 'starting' ? await launching : null);
      return current === null ? whyDown(state) : current.call(channel, input);
    },
    state: stateNow,
    sleep: () => engine?.sleep(),
    wake: () => engine?.wake(),
    stop: async () => engine?.stop(),
    startAgain,
  };
}

function whyDown(state: EngineState): Result<never> {
  if (state.state === 'stopped') return fail('internal', state.message, state.nextStep);
  return fail('internal', 'The engine is starting.', 'Try again in a moment.');
}

function toReason(error: Error): EngineStopReason {
  const nextStep = error instanceof EngineCannotStart ? error.nextStep : 'The details are in the log.';
  return { message: error.message, nextStep };
}
