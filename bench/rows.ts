import { loopRow } from './host/loop.ts';
import { memoryRow } from './host/memory.ts';
import { kills } from './kills/kills-row.ts';
import { logRow } from './log.ts';
import { outbox } from './outbox/outbox-row.ts';
import { planRow } from './plan.ts';
import type { BenchRow } from './row.ts';
import { searchRow } from './search.ts';
import { sendRow } from './send/send.ts';
import { sizeRow } from './size.ts';
import { startRow } from './start.ts';
import { resyncRow, syncRow } from './sync.ts';

/** In the order in which they run; the first sync is measured while it makes the shop of the others. */
export const rows: readonly BenchRow[] = [
  outbox,
  kills,
  syncRow,
  resyncRow,
  sizeRow,
  logRow,
  searchRow,
  startRow,
  memoryRow,
  loopRow,
  planRow,
  sendRow,
];
