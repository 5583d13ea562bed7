import { renderCopy } from '../../core/send-test.ts';
import { listDecisions, listDecisionsOfDelivery } from '../../db/decision-log.ts';
import { findDeliveryRow, listAttempts, listDeliveryRows } from '../../db/delivery-log.ts';
import type { Handlers } from '../../../shared/ipc/contract.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { EngineContext } from '../context.ts';
import { waitBriefly } from '../wait-briefly.ts';
import { readCursor, toCursor } from './cursor.ts';

type Channels =
  'deliveries.list' | 'deliveries.get' | 'deliveries.resend' | 'deliveries.markAccepted' | 'decisions.list';

const PAGE = 50;
const gone = fail('not_found', 'This delivery is no longer there.');

export function deliveryHandlers({ active, changed }: EngineContext): Pick<Handlers, Channels> {
  return {
    'deliveries.list': ({ cursor, state, trigger }) => {
      const rows = listDeliveryRows(active().db, { state, trigger }, readCursor(cursor), PAGE);
      return ok({ rows, nextCursor: toCursor(rows, PAGE, ({ id }) => id) });
    },
    'deliveries.get': ({ id }) => {
      const { db, store } = active();
      const row = findDeliveryRow(db, id);
      const delivery = store.findDelivery(id);
      if (row === undefined || delivery === undefined) return gone;
      const customer = delivery.customerId === null ? undefined : { customerId: delivery.customerId };
      return ok({
        delivery: row,
        attempts: listAttempts(db, id),
        decisions: listDecisionsOfDelivery(db, id),
        renderedCopy: renderCopy(store, delivery.trigger, customer, delivery.properties),
        properties: { ...delivery.properties },
      });
    },
    'deliveries.resend': async ({ id }) => {
      const { store, clock, deliver } = active();
      const delivery = store.findDelivery(id);
      if (delivery === undefined) return gone;
      const isOpen = store.transaction(() => {
        if (!store.reopenDelivery(id, clock.now())) return false;
        store.decide({ ...about(delivery), reason: 'resent_by_person', fact: null }, clock.now());
        return true;
      });
      if (!isOpen) return fail('conflict', 'Only a failed delivery, or one without a clear answer, can be sent again.');
      await waitBriefly(deliver());
      changed();
      return ok({});
    },
    'deliveries.markAccepted': ({ id }) => {
      const { store, clock } = active();
      const delivery = store.findDelivery(id);
      if (delivery === undefined) return gone;
      const isMarked = store.transaction(() => {
        if (!store.markDeliveryAccepted(id, clock.now())) return false;
        store.decide({ ...about(delivery), reason: 'marked_accepted', fact: null }, clock.now());
        return true;
      });
      changed();
      return isMarked ? ok({}) : fail('conflict', 'Only a delivery without a clear answer can be marked as accepted.');
    },
    'decisions.list': ({ cursor, customerId }) => {
      const rows = listDecisions(active().db, customerId, readCursor(cursor), PAGE);
      return ok({ rows, nextCursor: toCursor(rows, PAGE, ({ id }) => id) });
    },
  };
}

function about(delivery: {
  id: number;
  trigger: Parameters<typeof renderCopy>[1];
  customerId: string | null;
  subscriptionId: string | null;
  orderDate: string | null;
}) {
  const { id, trigger, customerId, subscriptionId, orderDate } = delivery;
  return { deliveryId: id, trigger, customerId, subscriptionId, orderDate };
}
