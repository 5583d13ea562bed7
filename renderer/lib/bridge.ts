import type { AppEvent, Channel } from '../../shared/ipc/channels.ts';
import { createHttpBridge } from './http-bridge.ts';
import type { Reach } from './reach.ts';

/** What carries calls to the engine and its events back. The console cannot tell which host is on the other side. */
export type Bridge = Readonly<{
  invoke: (channel: Channel, input: unknown) => Promise<unknown>;
  /** Returns the function that unsubscribes. */
  on: (event: AppEvent, listener: () => void) => () => void;
}>;

type ReachableBridge = Bridge & Readonly<{ reach: Reach }>;

const alwaysReachable: Reach = { get: () => null, subscribe: () => () => undefined };

function chooseBridge(): ReachableBridge {
  // The preload puts it there; in a browser tab there is none. The one place that looks at the window for it.
  const provided = (window as Window & { readonly bridge?: Bridge }).bridge;
  // The desktop window lives and dies with its engine, so it has no "cannot be reached".
  return provided === undefined ? createHttpBridge() : { ...provided, reach: alwaysReachable };
}

export const bridge: ReachableBridge = chooseBridge();
