import { kills } from './kills/kills-row.ts';
import { outbox } from './outbox/outbox-row.ts';
import type { BenchRow } from './row.ts';

/** In the order in which they run. */
export const rows: readonly BenchRow[] = [outbox, kills];
