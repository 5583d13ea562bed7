import { listBackups } from '../../db/backup-files.ts';
import { exportCustomer } from '../../db/customer-export.ts';
import { eraseCustomer } from '../../db/erase-customer.ts';
import { countOldContents } from '../../db/retention.ts';
import { assertNever, fail, ok } from '../../../shared/result.ts';
import type { ChannelsOf } from '../../../shared/ipc/contract-part.ts';
import type { Handlers } from '../../../shared/ipc/contract.ts';
import type { EngineContext } from '../context.ts';
import type { Shop } from '../shop.ts';

const DAY_MS = 86_400_000;
const notKnown = fail('not_found', 'This customer is not known.');

/** What is older than this may be erased. */
function retentionEnd({ store, clock }: Shop): number {
  return clock.now() - store.settings().retentionDays * DAY_MS;
}

export function privacyHandlers({ active, changed, log }: EngineContext): Pick<Handlers, ChannelsOf<'privacy'>> {
  return {
    'privacy.get': () => {
      const shop = active();
      const erasedAt = shop.store.mark('erased_at');
      return ok({
        retentionDays: shop.store.settings().retentionDays,
        erasable: countOldContents(shop.db, retentionEnd(shop)),
        erasedAt: erasedAt === undefined ? null : Number(erasedAt),
      });
    },
    'privacy.eraseOldContents': () => {
      const erased = active().eraseOldContents();
      changed();
      return ok({ erased });
    },
    'privacy.exportCustomer': ({ id }) => {
      const { db, clock } = active();
      const held = exportCustomer(db, id);
      if (held === undefined) return notKnown;
      const exportedAt = new Date(clock.now()).toISOString();
      return ok({
        // Not the name: a file's name is seen by whoever passes the folder.
        fileName: `heads-up-customer-${id.replace(/[^\w-]/g, '')}.json`,
        json: JSON.stringify({ exportedAt, ...held }, null, 2),
      });
    },
    'privacy.eraseCustomer': ({ id }) => {
      const { db, clock } = active();
      const erasure = eraseCustomer(db, id, clock.now());
      switch (erasure) {
        case 'unknown':
          return notKnown;
        case 'under_way':
          return fail(
            'conflict',
            'A request about this customer is under way.',
            'Try again in a minute; nothing was erased yet.',
          );
        case 'erased':
          log('info', 'A customer was erased', { customerId: id });
          changed();
          return ok({ backups: listBackups(db.name).length });
        default:
          return assertNever(erasure);
      }
    },
  };
}
