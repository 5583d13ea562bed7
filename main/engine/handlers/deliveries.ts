import { drawVolume } from '../../core/delivery-period.ts';
import { renderCopy } from '../../core/send-test.ts';
import { listDecisions, listDecisionsOfDelivery } from '../../db/decision-log.ts';
import { findDeliveryRow, listAttempts, listDeliveryRows } from '../../db/delivery-log.ts';
import { countNewer } from '../../db/delivery-pages.ts';
import { listHours } from '../../db/shop.ts';
import type { Handlers } from '../../../shared/ipc/contract.ts';
import type { AttemptView } from '../../../shared/ipc/schemas.ts';
import { maskPhone } from '../../../shared/domain/phone.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { EngineContext } from '../context.ts';
import { waitBriefly } from '../wait-briefly.ts';
import { readCursor, toCursor } from './cursor.ts';
import { lineOf, queryOf, readPosition, toDeliveryView, toPositionCursor } from './delivery-view.ts';

type Channels =
  | 'deliveries.list'
  | 'deliveries.follow'
  | 'deliveries.volume'
  | 'deliveries.get'
  | 'deliveries.resend'
  | 'deliveries.markAccepted'
  | 'decisions.list';

const PAGE = 50;
const MOST_NEWER = 100;
const gone = fail('not_found', 'This delivery is no longer there.');

export function deliveryHandlers({ active, changed }: EngineContext): Pick<Handlers, Channels> {
  return {
    'deliveries.list': ({ cursor, filter }) => {
      const shop = active();
      const query = queryOf(shop, filter);
      const rows = listDeliveryRows(shop.db, query, readPosition(cursor), PAGE);
      const line = lineOf(shop);
      return ok({
        rows: rows.map((row) => toDeliveryView(row, line)),
        nextCursor: toPositionCursor(rows, PAGE),
        isSearchCut: query.isSearchCut,
      });
    },
    'deliveries.follow': ({ filter, newest, ids }) => {
      const shop = active();
      const line = lineOf(shop);
      return ok({
        newer: countNewer(shop.db, queryOf(shop, filter), newest ?? { createdAt: 0, id: 0 }, MOST_NEWER),
        rows: ids.flatMap((id) => {
          const row = findDeliveryRow(shop.db, id);
          return row === undefined ? [] : [toDeliveryView(row, line)];
        }),
      });
    },
    'deliveries.volume': (period) => {
      const { db, store, clock } = active();
      const { timeZone } = store.settings();
      const hours = (from: number, until: number) => listHours(db, 'queued', from, until);
      return ok(drawVolume(period, timeZone, clock.now(), hours));
    },
    'deliveries.get': ({ id, withPhone = false }) => {
      const shop = active();
      const { db, store } = shop;
      const row = findDeliveryRow(db, id);
      const delivery = store.findDelivery(id);
      if (row === undefined || delivery === undefined) return gone;
      const customer = delivery.customerId === null ? undefined : { customerId: delivery.customerId };
      const attempts = listAttempts(db, id);
      return ok({
        delivery: toDeliveryView(row, lineOf(shop), withPhone),
        deadlineAt: delivery.deadlineAt,
        attempts: withPhone ? attempts : attempts.map((attempt) => hidePhone(attempt, row.phone)),
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

/** The number is in the request, and Postscript may repeat it in its answer. */
function hidePhone(attempt: AttemptView, phone: string | null): AttemptView {
  if (phone === null) return attempt;
  const masked = maskPhone(phone);
  const hide = (text: string | null): string | null =>
    text === null ? null : text.replaceAll(phone, masked).replaceAll(phone.replace('+', ''), masked);
  const { message, request, response } = attempt;
  return { ...attempt, message: hide(message), request: hide(request), response: hide(response) };
}
