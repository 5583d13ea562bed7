import { cancelBulkResend, startBulkResend } from '../../core/bulk-resend.ts';
import { readHold } from '../../core/hold.ts';
import { listDeliveryIds } from '../../db/delivery-log.ts';
import type { BulkResend } from '../../../shared/domain/bulk-resends.ts';
import type { DeliveryFilter } from '../../../shared/domain/delivery-filter.ts';
import type { BulkResendView } from '../../../shared/ipc/deliveries-contract.ts';
import type { Handlers } from '../../../shared/ipc/contract.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { EngineContext } from '../context.ts';
import type { Shop } from '../shop.ts';
import { queryOf } from './delivery-view.ts';

type Channels =
  'deliveries.planBulkResend' | 'deliveries.startBulkResend' | 'deliveries.cancelBulkResend' | 'deliveries.bulkResend';

const running = fail('conflict', 'Another bulk resend is under way.', 'Wait until it is finished, or stop it.');

export function bulkResendHandlers({ active, changed }: EngineContext): Pick<Handlers, Channels> {
  return {
    'deliveries.planBulkResend': ({ filter }) => {
      const shop = active();
      return ok({
        failed: listResendable(shop, filter, 'failed').length,
        unknown: listResendable(shop, filter, 'unknown').length,
      });
    },
    'deliveries.startBulkResend': ({ filter, includeUnknown, expected }) => {
      const shop = active();
      const { store, clock, bulk } = shop;
      const hold = readHold(store, clock.now());
      if (hold !== undefined) return fail('conflict', `The line is held. ${hold.message}`, 'Release it first.');
      const ids = [
        ...listResendable(shop, filter, 'failed'),
        ...(includeUnknown ? listResendable(shop, filter, 'unknown') : []),
      ];
      if (ids.length === 0) return fail('conflict', 'Nothing here can be sent again.');
      if (ids.length !== expected) {
        return fail('conflict', `Meanwhile it would be ${ids.length}, not ${expected}.`, 'Look at the number again.');
      }
      const started = startBulkResend(store, bulk, ids, clock.now());
      if (started === undefined) return running;
      // Not waited for: it takes as long as the account's rate says, and goes on without this window.
      void shop.resend();
      changed();
      return ok(toView(shop, started));
    },
    'deliveries.cancelBulkResend': ({ id }) => {
      const shop = active();
      const ended = cancelBulkResend(shop.store, shop.bulk, id, shop.clock.now());
      if (ended === undefined) return fail('conflict', 'This bulk resend has ended already.');
      changed();
      return ok(toView(shop, ended));
    },
    'deliveries.bulkResend': () => {
      const shop = active();
      const newest = shop.bulk.findNewest();
      return ok(newest === undefined ? null : toView(shop, newest));
    },
  };
}

/** Only what Postscript refused, and what it may or may not have; the rest of the filter is left alone. */
function listResendable(shop: Shop, filter: DeliveryFilter, state: 'failed' | 'unknown'): number[] {
  if (filter.state !== null && filter.state !== state) return [];
  return listDeliveryIds(shop.db, queryOf(shop, { ...filter, state }));
}

function toView({ store, clock }: Shop, { isCancelled, ...job }: BulkResend): BulkResendView {
  if (job.endedAt !== null) return { ...job, state: isCancelled ? 'cancelled' : 'done' };
  return { ...job, state: readHold(store, clock.now()) === undefined ? 'running' : 'held' };
}
