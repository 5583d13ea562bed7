import { backupsFolder, DAILY_KEPT, listBackups, removeBackup, type BackupFile } from '../../db/backup-files.ts';
import { stageRestore } from '../../db/restore.ts';
import { readRestored } from '../../core/restored.ts';
import type { ChannelsOf } from '../../../shared/ipc/contract-part.ts';
import type { Handlers } from '../../../shared/ipc/contract.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { EngineContext } from '../context.ts';

const notThere = fail('not_found', 'There is no such backup.', 'Look at the list again.');

export function backupHandlers(context: EngineContext): Pick<Handlers, ChannelsOf<'backups'>> {
  const { active, changed, log } = context;
  const path = (): string => active().db.name;
  const find = (name: string): BackupFile | undefined => listBackups(path()).find((file) => file.name === name);
  return {
    'backups.list': () => {
      const restored = readRestored(active().store);
      return ok({
        folder: backupsFolder(path()),
        backups: [...listBackups(path())],
        dailyKept: DAILY_KEPT,
        restored: restored === undefined ? null : { madeAt: restored.madeAt, restoredAt: restored.restoredAt },
      });
    },
    'backups.create': async () => {
      const made = find(await context.backUp('asked'));
      return made === undefined ? notThere : ok(made);
    },
    'backups.remove': ({ name }) => {
      if (!removeBackup(path(), name)) return notThere;
      log('info', 'A backup was removed', { backup: name });
      changed();
      return ok({});
    },
    'backups.restore': async ({ name }) => {
      const { clock, store } = active();
      const staged = stageRestore(path(), name, clock.now(), store.settings());
      if (!staged.ok) return staged;
      log('warn', 'A backup is restored', { backup: name });
      await context.restartActive();
      return ok({});
    },
  };
}
