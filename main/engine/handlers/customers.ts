import { whyNoticesRest } from '../../core/decide-notice.ts';
import { createForecaster } from '../../core/forecast-notice.ts';
import { restoredNotices } from '../../core/restored.ts';
import { billingClock } from '../../core/sync-platform.ts';
import { listCustomers, searchCustomers } from '../../db/customer-search.ts';
import { customerKnownSince, findCustomer } from '../../db/customers.ts';
import { listDecisions } from '../../db/decision-log.ts';
import { listNewestSkips } from '../../db/skips.ts';
import { listUpcomingOrdersOfCustomer } from '../../db/upcoming-orders.ts';
import { explainOrder, findOrderInQuestion, type NoticeOutlook } from '../../../shared/domain/explain-order.ts';
import { maskPhone } from '../../../shared/domain/phone.ts';
import type { Customer, StoredSubscription } from '../../../shared/domain/platform.ts';
import type { ChannelsOf } from '../../../shared/ipc/contract-part.ts';
import type { Handlers } from '../../../shared/ipc/contract.ts';
import type { OrderAnswerView } from '../../../shared/ipc/customers-contract.ts';
import type { CustomerRow, DecisionView, SubscriptionView } from '../../../shared/ipc/schemas.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { EngineContext } from '../context.ts';
import type { Shop } from '../shop.ts';
import { readCursor, toCursor } from './cursor.ts';
import { toFailure } from './remote-failure.ts';
import { toSkipView } from './skip-view.ts';

const MOST_FOUND = 25;
const PAGE = 50;
/** What is looked at for the answers, and how many skips are shown: the current orders are among the newest. */
const MOST_DECISIONS = 200;
const MOST_SKIPS = 20;
const MOST_ANSWERS = 5;
const unknown = fail('not_found', 'This customer is not known.');

export function customerHandlers({ active, activeClients }: EngineContext): Pick<Handlers, ChannelsOf<'customers'>> {
  return {
    'customers.search': ({ text }) =>
      ok(searchCustomers(active().db, text, MOST_FOUND).map((customer) => toRow(active(), customer))),
    'customers.list': ({ text, cursor }) => {
      const found = listCustomers(active().db, text, readCursor(cursor), PAGE);
      return ok({
        rows: found.map(({ customer }) => {
          const row = toRow(active(), customer);
          return { ...row, phone: row.phone === null ? null : maskPhone(row.phone) };
        }),
        nextCursor: toCursor(found, PAGE, ({ row }) => row),
      });
    },
    'customers.get': ({ id }) => {
      const shop = active();
      const customer = findCustomer(shop.db, id);
      const knownSince = customerKnownSince(shop.db, id);
      if (customer === undefined || knownSince === undefined) return unknown;
      const baselineAt = Number(shop.store.mark('baseline_at') ?? 0);
      const subscriptions = shop.store.listSubscriptionsOfCustomer(id);
      const decisions = listDecisions(shop.db, id, Number.MAX_SAFE_INTEGER, MOST_DECISIONS);
      const outlooks = foreseeNotices(shop, id);
      const told = subscriptions.map((subscription) => {
        const nextNotice = outlooks.get(subscription.id) ?? null;
        return { subscription, nextNotice, answer: answerFor(subscription, nextNotice, decisions) };
      });
      return ok({
        ...toRow(shop, customer),
        subscriptions: told.map(({ subscription, nextNotice }) => ({ ...toSubscription(subscription), nextNotice })),
        phoneMasked: customer.phone === null ? null : maskPhone(customer.phone),
        knownSince,
        isBaseline: subscriptions.some(({ createdAt }) => createdAt <= baselineAt),
        skips: listNewestSkips(shop.db, id, MOST_SKIPS).map((skip) => toSkipView(shop, skip)),
        answers: told
          .flatMap(({ answer }) => answer ?? [])
          .toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0))
          .slice(0, MOST_ANSWERS),
      });
    },
    'customers.consent': async ({ id }) => {
      const { db, clock } = active();
      const customer = findCustomer(db, id);
      if (customer === undefined) return unknown;
      if (customer.phone === null) {
        return fail('invalid_input', 'This customer has no phone number to ask about.', 'Add one in Smartrr.');
      }
      const { postscript } = activeClients();
      if (postscript === null) return fail('not_connected', 'Postscript is not connected.', 'Connect it in Settings.');
      const found = await postscript.findSubscriber(customer.phone);
      if (!found.ok) return toFailure(found.error);
      const { value } = found;
      return ok({
        askedAt: clock.now(),
        subscriber:
          value === null
            ? null
            : { canSendPromotional: value.canSendPromotional, canSendTransactional: value.canSendTransactional },
      });
    },
  };
}

/** What becomes of the notices of the customer's next orders, by subscription; the same forecast as on Upcoming. */
function foreseeNotices({ db, store, clock }: Shop, customerId: string): ReadonlyMap<string, NoticeOutlook> {
  const settings = store.settings();
  const forecastOf = createForecaster(settings, billingClock(store), clock.now(), restoredNotices(store));
  const rests = whyNoticesRest(settings) ?? null;
  return new Map(
    listUpcomingOrdersOfCustomer(db, customerId).map((order) => {
      const { notice, subscriptionId } = order;
      const { outcome, goesAt, reason } = forecastOf(order);
      const deliveryId = notice?.id ?? null;
      if (outcome === 'noticed')
        return [subscriptionId, { goesAt: null, reason: notice?.reason ?? reason, deliveryId }];
      const isHeldBack = outcome === 'goes' && rests !== null;
      return [subscriptionId, { goesAt: isHeldBack ? null : goesAt, reason: isHeldBack ? rests : reason, deliveryId }];
    }),
  );
}

function answerFor(
  { id, nextOrderDate }: StoredSubscription,
  nextNotice: NoticeOutlook | null,
  decisions: readonly DecisionView[],
): OrderAnswerView | undefined {
  const orderDate = findOrderInQuestion(id, nextOrderDate, decisions);
  if (orderDate === null) return undefined;
  const ofOrder = decisions.filter((one) => one.subscriptionId === id && one.orderDate === orderDate);
  const outlook = orderDate === nextOrderDate ? nextNotice : null;
  return { subscriptionId: id, orderDate, ...explainOrder(orderDate, ofOrder, outlook) };
}

function toRow({ store }: Shop, customer: Customer): CustomerRow {
  return {
    id: customer.id,
    name: `${customer.firstName ?? ''} ${customer.lastName ?? ''}`.trim(),
    phone: customer.phone,
    email: customer.email,
    subscriptions: store.listSubscriptionsOfCustomer(customer.id).map(toSubscription),
  };
}

function toSubscription(subscription: StoredSubscription): SubscriptionView {
  const { id, platformNumber, status, nextOrderDate, productTitles } = subscription;
  return { id, platformNumber, status, nextOrderDate, productTitles: [...productTitles] };
}
