/** Why the console gets no answers from its own program, and since when (real time, epoch ms). */
export type Outage = Readonly<{ reason: 'no_answer' | 'signed_out'; since: number }>;

export type Reach = Readonly<{
  get: () => Outage | null;
  subscribe: (listener: () => void) => () => void;
}>;

export type ReachKeeper = Reach & Readonly<{ lost: (reason: Outage['reason']) => void; found: () => void }>;

/** Remembers the first failure of an outage, so that the banner says since when, not when it last tried. */
export function createReach(now: () => number): ReachKeeper {
  let outage: Outage | null = null;
  const listeners = new Set<() => void>();

  function change(next: Outage | null): void {
    outage = next;
    for (const listener of listeners) listener();
  }

  return {
    get: () => outage,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    lost(reason) {
      if (outage?.reason !== reason) change({ reason, since: outage?.since ?? now() });
    },
    found() {
      if (outage !== null) change(null);
    },
  };
}
