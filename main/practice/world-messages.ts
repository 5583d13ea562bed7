import type { PracticeControl, PracticeOptions, PracticeShop } from './practice-shop-types.ts';

/** What crosses between the process that asked for a practice shop and the one that holds it. Plain data only. */

export const controlCalls = [
  'now',
  'advanceTo',
  'nextEventAt',
  'nextNotable',
  'phones',
  'phone',
  'reply',
  'platformEvents',
  'setCopy',
  'ledger',
  'setFaults',
  'forceFault',
  'keepFault',
] as const satisfies readonly (keyof PracticeControl)[];
export type ControlCall = (typeof controlCalls)[number];

export type ToWorld =
  | Readonly<{ kind: 'start'; options: PracticeOptions }>
  | Readonly<{ kind: 'call'; id: number; call: ControlCall; input: readonly unknown[] }>
  | Readonly<{ kind: 'close' }>;

export type FromWorld =
  | Readonly<{ kind: 'ready'; urls: PracticeShop['urls']; credentials: PracticeShop['credentials'] }>
  | Readonly<{ kind: 'cannot_start'; message: string }>
  | Readonly<{ kind: 'result'; id: number; value: unknown }>
  | Readonly<{ kind: 'failed'; id: number; message: string }>
  | Readonly<{ kind: 'closed' }>;
