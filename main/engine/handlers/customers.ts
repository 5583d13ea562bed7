import { customerKnownSince, findCustomer, searchCustomers } from '../../db/customers.ts';
import { listDecisions } from '../../db/decision-log.ts';
import type { Customer } from '../../../shared/domain/platform.ts';
import type { Handlers } from '../../../shared/ipc/contract.ts';
import type { CustomerRow } from '../../../shared/ipc/schemas.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { EngineContext } from '../context.ts';
import type { Shop } from '../shop.ts';

const MOST_FOUND = 25;
const MOST_DECISIONS = 200;

export function customerHandlers({ active }: EngineContext): Pick<Handlers, 'customers.search' | 'customers.get'> {
  return {
    'customers.search': ({ text }) => {
      const shop = active();
      return ok(searchCustomers(shop.db, text, MOST_FOUND).map((customer) => toRow(shop, customer)));
    },
    'customers.get': ({ id }) => {
      const shop = active();
      const customer = findCustomer(shop.db, id);
      const knownSince = customerKnownSince(shop.db, id);
      if (customer === undefined || knownSince === undefined) return fail('not_found', 'This customer is not known.');
      const baselineAt = Number(shop.store.mark('baseline_at') ?? 0);
      return ok({
        ...toRow(shop, customer),
        decisions: listDecisions(shop.db, id, Number.MAX_SAFE_INTEGER, MOST_DECISIONS),
        knownSince,
        isBaseline: shop.store.listSubscriptionsOfCustomer(id).some(({ createdAt }) => createdAt <= baselineAt),
      });
    },
  };
}

function toRow({ store }: Shop, customer: Customer): CustomerRow {
  return {
    id: customer.id,
    name: `${customer.firstName ?? ''} ${customer.lastName ?? ''}`.trim(),
    phone: customer.phone,
    email: customer.email,
    subscriptions: store
      .listSubscriptionsOfCustomer(customer.id)
      .map(({ id, platformNumber, status, nextOrderDate, productTitles }) => ({
        id,
        platformNumber,
        status,
        nextOrderDate,
        productTitles: [...productTitles],
      })),
  };
}
