import type { BenchRow } from './row.ts';

/** In the order in which they run. */
export const rows: readonly BenchRow[] = [];
