import type { Clock, Log } from '../core/store.ts';
import { eraseOldContents } from '../db/retention.ts';
import type { WriteDb } from '../db/types.ts';
import type { EngineStore } from './store.ts';

const DAY_MS = 86_400_000;

/** Empties what is older than the merchant wants to keep. */
export type Eraser = Readonly<{
  /** Once a day, however often it is called. */
  eraseDaily: () => void;
  /** Answers with how many rows that were. */
  eraseNow: () => number;
}>;

export function createEraser(db: WriteDb, store: EngineStore, clock: Clock, log: Log): Eraser {
  function eraseNow(): number {
    const now = clock.now();
    const erased = eraseOldContents(db, now - store.settings().retentionDays * DAY_MS);
    store.setMark('erased_at', String(now));
    if (erased > 0) log('info', 'Old texts and requests were erased', { rows: erased });
    return erased;
  }

  return {
    eraseDaily: () => {
      const now = clock.now();
      const erasedAt = Number(store.mark('erased_at') ?? 0);
      if (now >= erasedAt && now - erasedAt < DAY_MS) return;
      eraseNow();
    },
    eraseNow,
  };
}
