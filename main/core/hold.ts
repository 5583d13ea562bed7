import type { Store } from './store.ts';

/** What stops the whole queue until a person has looked at it. */
export type Hold = Readonly<{ kind: 'storm' | 'key_refused' | 'plan_refused'; since: number; message: string }>;

const kinds: ReadonlySet<unknown> = new Set(['storm', 'key_refused', 'plan_refused'] satisfies Hold['kind'][]);

export function readHold(store: Pick<Store, 'mark'>): Hold | undefined {
  const text = store.mark('hold');
  if (text === undefined) return undefined;
  const value: unknown = JSON.parse(text);
  return isHold(value) ? value : undefined;
}

/** The first reason stands: a storm that also meets a refused key is still a storm. */
export function setHold(store: Store, hold: Hold): void {
  if (readHold(store) === undefined) store.setMark('hold', JSON.stringify(hold));
}

export function clearHold(store: Store, kind: Hold['kind']): void {
  if (readHold(store)?.kind === kind) store.setMark('hold', null);
}

function isHold(value: unknown): value is Hold {
  return typeof value === 'object' && value !== null && 'kind' in value && kinds.has(value.kind);
}
