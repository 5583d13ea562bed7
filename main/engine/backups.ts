import { removeOldDailyBackups } from '../db/backup-files.ts';
import { backUp } from '../db/back-up.ts';
import { toError } from '../../shared/result.ts';
import type { EngineHost } from './context.ts';
import type { Shop } from './shop.ts';

export type BackupKeeper = Readonly<{
  /** Copies this shop's database, after the copy that is being made, and answers with the copy's name. */
  backUp: (shop: Shop, kind: 'daily' | 'asked') => Promise<string>;
  /** Makes the day's copy when it is due. Never fails: it is tried again later. */
  knock: (shop: Shop) => Promise<void>;
  /** Gives up what is under way, and waits for that. */
  stop: () => Promise<void>;
}>;

const DAY_MS = 86_400_000;
/** After a copy that could not be made, for want of room for one. */
const TRY_AGAIN_MS = 3_600_000;

/** Makes the copies of the database, one at a time, between the jobs. */
export function createBackupKeeper(log: EngineHost['log'], onChange: () => void): BackupKeeper {
  let isStopping = false;
  let turn: Promise<unknown> = Promise.resolve();
  let notBefore = Number.NEGATIVE_INFINITY;

  function copy({ db, store, clock }: Shop, kind: 'daily' | 'asked'): Promise<string> {
    const done = turn.then(async () => {
      const now = clock.now();
      const name = await backUp(db, { path: db.name, kind, now, mayGoOn: () => !isStopping && db.open });
      store.setMark('backed_up_at', String(now));
      removeOldDailyBackups(db.name);
      log('info', 'The database was copied', { kind, backup: name });
      onChange();
      return name;
    });
    turn = done.catch(() => undefined);
    return done;
  }

  return {
    backUp: copy,
    knock: async (shop) => {
      const now = shop.clock.now();
      const last = Number(shop.store.mark('backed_up_at') ?? 0);
      const isDue = now - last >= DAY_MS || now < last;
      if (!isDue || isStopping || (now < notBefore && now > notBefore - TRY_AGAIN_MS)) return;
      notBefore = now + TRY_AGAIN_MS;
      try {
        await copy(shop, 'daily');
      } catch (thrown) {
        log('warn', 'The daily backup could not be made', { why: toError(thrown).message });
      }
    },
    stop: async () => {
      isStopping = true;
      await turn;
    },
  };
}
