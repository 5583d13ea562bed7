import { strToU8, zipSync } from 'fflate';
import type { BackupView } from '../../shared/ipc/backups-contract.ts';
import type { ChannelsOf } from '../../shared/ipc/contract-part.ts';
import type { Handlers } from '../../shared/ipc/contract.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { DAY, HOUR, NOW } from './fake-data.ts';

type Channels = ChannelsOf<'backups' | 'diagnostics' | 'privacy'>;
type Changed = <T>(value: T) => Result<T>;

const notThere = fail('not_found', 'There is no such backup.', 'Look at the list again.');

function makeBackups(): BackupView[] {
  const daily = Array.from({ length: 7 }, (_, day) => ({
    name: `heads-up-${new Date(NOW - day * DAY).toISOString().replace(/[-:.]/g, '')}-daily.db`,
    kind: 'daily' as const,
    madeAt: NOW - 3 * HOUR - day * DAY,
    bytes: 18_400_000 - day * 91_000,
  }));
  const update = { name: 'heads-up.db.v40', kind: 'before_update' as const, madeAt: NOW - 12 * DAY, bytes: 15_000_000 };
  return [...daily, update];
}

/** Backups, diagnostics and privacy of a shop in memory. */
export function upkeepHandlers(hasData: () => boolean, changed: Changed): Pick<Handlers, Channels> {
  let backups: BackupView[] = hasData() ? makeBackups() : [];
  let erasable = hasData() ? 1_204 : 0;
  let restored: { madeAt: number; restoredAt: number } | null = null;
  const find = (name: string): BackupView | undefined => backups.find((backup) => backup.name === name);

  return {
    'backups.list': () => ok({ folder: '/home/dana/.local/share/heads-up/backups', backups, dailyKept: 7, restored }),
    'backups.create': () => {
      const made = {
        name: `heads-up-${backups.length}-asked.db`,
        kind: 'asked' as const,
        madeAt: NOW,
        bytes: 18_500_000,
      };
      backups = [made, ...backups];
      return changed(made);
    },
    'backups.remove': ({ name }) => {
      if (find(name) === undefined) return notThere;
      backups = backups.filter((backup) => backup.name !== name);
      return changed({});
    },
    'backups.restore': ({ name }) => {
      const backup = find(name);
      if (backup === undefined) return notThere;
      if (backup.kind === 'before_update')
        return fail('invalid_input', 'This backup is damaged.', 'Choose another backup. Nothing was changed.');
      restored = { madeAt: backup.madeAt, restoredAt: NOW };
      return changed({});
    },
    'diagnostics.collect': () => {
      const files = [
        { name: 'about.json', about: 'Versions of Heads Up and of what it runs on', text: '{ "version": "0.1.0" }\n' },
        {
          name: 'log.txt',
          about: 'The last 2,000 lines of the log',
          text: '{"level":"info","message":"ready"}\n'.repeat(200),
        },
      ];
      const zip = zipSync(Object.fromEntries(files.map(({ name, text }) => [name, strToU8(text)])));
      return ok({ id: 'HU-5C0FFEE5', madeAt: NOW, files, zip: Buffer.from(zip).toString('base64') });
    },
    'privacy.get': () => ok({ retentionDays: 90, erasable, erasedAt: NOW - 5 * HOUR }),
    'privacy.eraseOldContents': () => {
      const erased = erasable;
      erasable = 0;
      return changed({ erased });
    },
    'privacy.exportCustomer': ({ id }) =>
      ok({ fileName: `heads-up-customer-${id}.json`, json: JSON.stringify({ customer: { id } }) }),
    'privacy.eraseCustomer': () => changed({ backups: backups.length }),
  };
}
