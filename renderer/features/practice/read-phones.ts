import { useSyncExternalStore } from 'react';
import type { PracticePhone } from '../../../shared/ipc/schemas.ts';

/** How far each phone was read, practice time. Lives as long as the page: practice is not worth keeping. */
let readUntil: ReadonlyMap<string, number> = new Map();
const listeners = new Set<() => void>();

function change(next: ReadonlyMap<string, number>): void {
  readUntil = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function markRead({ customerId, messages }: PracticePhone): void {
  const newest = messages.at(-1)?.at ?? 0;
  if ((readUntil.get(customerId) ?? 0) < newest) change(new Map(readUntil).set(customerId, newest));
}

/** A practice that begins again, earlier, has nothing that was read. */
export function forgetReadAfter(now: number): void {
  if ([...readUntil.values()].some((at) => at > now)) change(new Map());
}

/** How many texts of a phone nobody has looked at. */
export function useUnread(): (phone: PracticePhone) => number {
  const read = useSyncExternalStore(subscribe, () => readUntil);
  return ({ customerId, messages }) => {
    const until = read.get(customerId) ?? 0;
    return messages.filter(({ at, direction }) => direction === 'to_customer' && at > until).length;
  };
}
