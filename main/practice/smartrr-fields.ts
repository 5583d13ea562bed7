import type { Bill, Customer, Subscription, World } from './world-types.ts';
import type { Field } from './smartrr-lists.ts';
import { orderAt, totalCents } from './intervals.ts';

/** The scalar fields of each list, read from the world without writing out whole rows. */

function date<T>(read: (row: T) => number | null): Field<T> {
  return { isDate: true, read };
}

function text<T>(read: (row: T) => string | number | null): Field<T> {
  return { isDate: false, read };
}

/** Fields of `GET /vendor/purchase-state`. */
export function subscriptionFields(world: World): Record<string, Field<Subscription>> {
  return {
    id: text(({ id }) => id),
    shopifyId: text(({ number }) => number),
    createdDate: date(({ createdAt }) => createdAt),
    updatedDate: date(({ updatedAt }) => updatedAt),
    initialSubmissionDate: date(({ createdAt }) => createdAt),
    purchaseStateStatus: text(({ status }) => status),
    nextBillingDate: date((row) => orderAt(world, row)),
    pausedAt: date(({ pausedAt }) => pausedAt),
    cancelledAt: date(({ cancelledAt }) => cancelledAt),
    sellingPlanId: text(({ plan }) => plan.number),
    currency: text(() => 'USD'),
    totalFromLineItems: text(totalCents),
    totalEstimatedNet: text(totalCents),
    externalSubscriptionId: text((row) => (row.isMigrated ? `legacy-${row.number}` : null)),
  };
}

/** Fields of `GET /vendor/bill`. */
export function billFields(): Record<string, Field<Bill>> {
  return {
    id: text(({ id }) => id),
    status: text(({ status }) => status),
    billAmount: text(({ amountCents }) => amountCents),
    billingDate: date(({ billingAt }) => billingAt),
    createdDate: date(({ createdAt }) => createdAt),
    updatedDate: date(({ updatedAt }) => updatedAt),
    retryCount: text(({ retryCount }) => retryCount),
  };
}

/** Fields of `GET /vendor/customer-relationship`. */
export function customerFields(): Record<string, Field<Customer>> {
  return {
    id: text(({ id }) => id),
    shopifyId: text(({ number }) => number),
    email: text(({ email }) => email),
    phone: text(({ written }) => written.customer),
    firstName: text(({ firstName }) => firstName),
    lastName: text(({ lastName }) => lastName),
    createdDate: date(({ createdAt }) => createdAt),
    updatedDate: date(({ updatedAt }) => updatedAt),
  };
}
