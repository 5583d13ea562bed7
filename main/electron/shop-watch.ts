import type { EngineChannel, Output } from '../../shared/ipc/contract.ts';
import type { Result } from '../../shared/result.ts';
import type { ShopFacts } from './needs.ts';

export type EngineCall = (channel: EngineChannel, input: unknown) => Promise<Result<unknown>>;

type WatchDeps = Readonly<{
  call: EngineCall;
  onFacts: (facts: ShopFacts) => void;
  /** A change that comes out of quiet is looked at after this long, so that one that comes in pieces is seen whole. */
  gatherMs?: number;
  /** A busy engine announces many changes a second; nobody reads a tray that often. */
  restMs?: number;
}>;

export type ShopWatch = Readonly<{
  /** The engine said that something changed. Nothing is asked while nothing is said. */
  noteChange: () => void;
  /** Looks without a rest: somebody has just changed something and wants to see it. */
  look: () => void;
  stop: () => void;
}>;

/** Asks the engine for what the tray and the notifications speak of, whenever it changed. */
export function watchShop({ call, onFacts, gatherMs = 250, restMs = 2_000 }: WatchDeps): ShopWatch {
  let timer: NodeJS.Timeout | null = null;
  let isAsking = false;
  let hasChanged = false;
  let hasStopped = false;

  const ask = async (): Promise<void> => {
    hasChanged = false;
    isAsking = true;
    const [status, overview] = await Promise.all([call('status.get', {}), call('overview.get', {})]);
    isAsking = false;
    if (hasStopped) return;
    // An engine that is away says so by itself, and announces its return.
    if (status.ok && overview.ok) {
      // The engine's answers are as the contract says.
      onFacts({ status: status.value as Output<'status.get'>, overview: overview.value as Output<'overview.get'> });
    }
    askIn(restMs);
  };

  /** Unless nothing has changed by then. */
  const askIn = (ms: number): void => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      if (hasChanged) void ask();
    }, ms);
  };

  return {
    noteChange: () => {
      hasChanged = true;
      if (timer === null && !isAsking && !hasStopped) askIn(gatherMs);
    },
    look: () => {
      hasChanged = true;
      if (!isAsking && !hasStopped) askIn(0);
    },
    stop: () => {
      hasStopped = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
