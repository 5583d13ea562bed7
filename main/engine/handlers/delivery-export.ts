import { writeDeliveryCsv } from '../../core/write-delivery-csv.ts';
import { listDeliveryRows } from '../../db/delivery-log.ts';
import type { Handlers } from '../../../shared/ipc/contract.ts';
import { ok } from '../../../shared/result.ts';
import type { EngineContext } from '../context.ts';
import { queryOf, readPosition, toPositionCursor } from './delivery-view.ts';

/** Small enough that the other jobs and screens get their turn between two pages. */
const PAGE = 1000;

export function deliveryExportHandlers({ active }: EngineContext): Pick<Handlers, 'deliveries.exportPage'> {
  return {
    'deliveries.exportPage': ({ filter, cursor, withPhones }) => {
      const shop = active();
      const { timeZone } = shop.store.settings();
      const rows = listDeliveryRows(shop.db, queryOf(shop, filter), readPosition(cursor), PAGE);
      return ok({
        text: writeDeliveryCsv(rows, { timeZone, withPhones, isFirstPage: cursor === null }),
        rows: rows.length,
        nextCursor: toPositionCursor(rows, PAGE),
      });
    },
  };
}
