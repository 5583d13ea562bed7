import { toError } from '../../shared/result.ts';
import type { IncomingReply } from '../../shared/domain/replies.ts';
import type { InboxStore } from './store.ts';

/** Takes replies in with as few syncs of the disk as possible, and only so many at once. */
export type Intake = Readonly<{
  /** Runs `handle` while it holds one of the places; undefined when none is free. */
  hold: <Value>(handle: () => Promise<Value>) => Promise<Value> | undefined;
  /** Resolves after the reply is on the disk, rejects when the disk refuses. */
  save: (reply: IncomingReply) => Promise<void>;
}>;

type Waiting = Readonly<{ reply: IncomingReply; resolve: () => void; reject: (error: Error) => void }>;

/**
 * What arrives in the same turn of the event loop shares one commit: a sync of the disk takes as long for a hundred
 * rows as for one. While it runs nothing else does, so the next ones gather by themselves.
 *
 * @param places how many requests may be under way; each holds one body in memory at most
 */
export function createIntake(store: Pick<InboxStore, 'save'>, places: number): Intake {
  let taken = 0;
  let waiting: Waiting[] = [];

  const commit = (): void => {
    const together = waiting;
    waiting = [];
    if (tryToSave(store, together)) return;
    // One reply that does not fit must not refuse its neighbours.
    for (const alone of together) tryToSave(store, [alone], alone.reject);
  };

  return {
    hold: (handle) => {
      if (taken >= places) return undefined;
      taken += 1;
      return handle().finally(() => {
        taken -= 1;
      });
    },
    save: (reply) =>
      new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(commit);
        waiting.push({ reply, resolve, reject });
      }),
  };
}

function tryToSave(
  store: Pick<InboxStore, 'save'>,
  together: readonly Waiting[],
  refuse?: (error: Error) => void,
): boolean {
  try {
    store.save(together.map(({ reply }) => reply));
  } catch (error) {
    refuse?.(toError(error));
    return false;
  }
  for (const { resolve } of together) resolve();
  return true;
}
