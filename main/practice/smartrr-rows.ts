import type { Bill, BillState, Card, Customer, LogEntry, Plan, Subscription, World } from './world-types.ts';
import { orderAt, toRule, totalCents } from './intervals.ts';
import { makeUuid } from './random.ts';
import { toIsoDate } from './zone-time.ts';

/** The platform's objects as it writes them (subscription-platforms.md 1.4): money as text, bill ids as numbers. */
export type Json = Record<string, unknown>;

function iso(at: number): string {
  return new Date(at).toISOString();
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at);
}

/** The shop and its billing settings. */
export function toOrganization({ shop, options }: World): Json {
  return {
    id: makeUuid('organization', options.seed, 1),
    orgName: shop.name,
    myShopifyDomain: shop.myShopifyDomain,
    billingTime: shop.billingTime,
    billingTimezone: options.billingTimeZone,
    numBillingRetries: shop.numBillingRetries,
    delayBetweenRetries: shop.delayBetweenRetries,
    numFailedCyclesBeforeCancel: shop.numFailedCyclesBeforeCancel,
  };
}

/** The customer as nested in a purchase state (`custRel`). */
export function toCustomer(world: World, customer: Customer): Json {
  return {
    id: customer.id,
    shopifyId: customer.number,
    createdDate: iso(customer.createdAt),
    updatedDate: iso(customer.updatedAt),
    email: customer.email,
    phone: customer.written.customer,
    inferredPhone: customer.written.inferred,
    firstName: customer.firstName,
    lastName: customer.lastName,
    hasLoggedIn: customer.index % 2 === 0,
    orderCount: customer.subscriptions.reduce((sum, { ordersCount }) => sum + ordersCount, 0),
    customerCurrency: 'USD',
    totalSpent: String(customer.subscriptions.reduce((sum, each) => sum + each.ordersCount * totalCents(each), 0)),
    customAttributes: {},
    sellingOrganization: toOrganization(world),
  };
}

/** A payment method. */
export function toCard(card: Card): Json {
  return {
    id: card.id,
    maskedNumber: `•••• •••• •••• ${card.lastDigits}`,
    cardBrand: card.brand,
    cardExpirationMonth: card.expiresMonth,
    cardExpirationYear: card.expiresYear,
    lastDigits: card.lastDigits,
    shopifyId: card.number,
    paymentMethodName: `${card.brand} ending in ${card.lastDigits}`,
    updatedDate: iso(card.updatedAt),
    shopifyUpdateDate: iso(card.updatedAt),
  };
}

/** A purchase state, with its customer. */
export function toPurchaseState(world: World, subscription: Subscription): Json {
  const { customer, plan } = subscription;
  const total = String(totalCents(subscription));
  const createdDay = world.billingZone.dayOf(subscription.createdAt);
  return {
    id: subscription.id,
    shopifyId: subscription.number,
    createdDate: iso(subscription.createdAt),
    updatedDate: iso(subscription.updatedAt),
    purchaseStateStatus: subscription.status,
    createdViaCustomerPortal: false,
    initialSubmissionDate: iso(subscription.createdAt),
    nextBillingDate: iso(orderAt(world, subscription)),
    pausedAt: isoOrNull(subscription.pausedAt),
    cancelledAt: isoOrNull(subscription.cancelledAt),
    unpauseDate: subscription.unpauseDay === null ? null : iso(world.billingZone.instantOf(subscription.unpauseDay, 0)),
    isRepeatCustomer: subscription.ordersCount > 1,
    sellingPlanId: plan.number,
    currency: 'USD',
    totalFromLineItems: total,
    totalDiscount: '0',
    totalShipping: '0',
    totalEstimatedNet: total,
    shippingAddress: {
      firstName: customer.firstName,
      lastName: customer.lastName,
      phone: customer.written.shipping,
      city: customer.countryCode === 'GB' ? 'Leeds' : 'Springfield',
      countryCode: customer.countryCode,
      zip: customer.countryCode === 'GB' ? 'LS1 1AA' : '10001',
    },
    discounts: [],
    gifts: [],
    schedule: {
      anchor: {},
      deliveryRRuleString: toRule(plan),
      initialSequenceStartDate: toIsoDate(createdDay),
      deliveryFrequencyMultiple: 1,
      paymentFrequencyMultiple: plan.billing.count / plan.delivery.count,
      skips: subscription.skips.map(({ isByCustomer }) => ({
        userSkipped: isByCustomer,
        hiddenSkipped: !isByCustomer,
      })),
      extendOnUserSkip: true,
      extendOnHiddenSkip: false,
      ignorePastIndicesWhenExtending: false,
      billedCycleStartDate: toIsoDate(createdDay),
      billedDeliveriesCount: subscription.ordersCount,
      totalOrdersCount: subscription.ordersCount,
      totalBillingCycles: subscription.ordersCount,
    },
    pmtMth: toCard(subscription.card),
    stLineItems: toLineItems(world, subscription),
    ...(subscription.isMigrated
      ? { externalSubscriptionId: `legacy-${subscription.number}`, externalSubscriptionType: 'recharge' }
      : {}),
    custRel: toCustomer(world, customer),
  };
}

/** The lines of a subscription. */
export function toLineItems({ options }: World, { index, items, plan }: Subscription): Json[] {
  return items.map(({ product, quantity }, line) => ({
    id: makeUuid('line', options.seed, index * 10 + line),
    quantity,
    basePrice: String(product.priceCents),
    priceAfterDiscounts: String(product.priceCents * quantity),
    isAddOn: line > 0,
    sellingPlanId: plan.number,
    skdIdx: 0,
    vnt: { purchasableVariantName: product.title, sku: product.sku, shopifyId: product.number },
  }));
}

/** An entry of the event log. */
export function toEvent(entry: LogEntry): Json {
  return { id: entry.id, eventDate: iso(entry.at), eventType: entry.type, createdBy: entry.by, eventData: entry.data };
}

/** The log of a subscription, oldest first. The entry about its creation is not stored: every one has the same. */
export function toEvents(world: World, { number, createdAt, log }: Subscription): Json[] {
  const created: LogEntry = {
    id: makeUuid(`event/${number}`, world.options.seed, 0),
    at: createdAt,
    type: 'NOTIFICATION_SUBS_CREATED_NEW',
    by: 'SMARTRR',
    data: {},
  };
  return [created, ...log].map(toEvent);
}

function toBillFields(bill: Bill, { status, retryCount, error }: Omit<BillState, 'at'>): Json {
  return {
    uniqueId: `bill-${bill.id}`,
    billAmount: String(bill.amountCents),
    billCurrency: 'USD',
    status,
    billingDate: iso(bill.billingAt),
    retryCount,
    error,
    metadata: {},
    billPaymentExternalId: status === 'succeeded' ? `pay-${bill.id}` : null,
    createdDate: iso(bill.createdAt),
  };
}

/** A bill with the subscription it belongs to. */
export function toBill(world: World, bill: Bill): Json {
  return {
    id: bill.id,
    ...toBillFields(bill, bill),
    updatedDate: iso(bill.updatedAt),
    st: toPurchaseState(world, bill.subscription),
  };
}

/** The audit rows of a bill, newest first. */
export function toBillHistory(bill: Bill): Json[] {
  return bill.history
    .map((state, index) => ({
      id: bill.id * 100 + index,
      billId: bill.id,
      ...toBillFields(bill, state),
      createdDate: iso(state.at),
    }))
    .toReversed();
}

/** All selling plans, in one group. */
export function toSellingPlanGroups({ shop, subscriptions }: World): Json[] {
  return [
    {
      shopifyNumericId: '680001',
      shopifyId: 'gid://shopify/SellingPlanGroup/680001',
      name: 'Subscribe and save',
      productIds: shop.products.map(({ number }) => number),
      variantIds: [],
      subscriptionCount: subscriptions.rows.length,
      sellingPlans: shop.plans.map(toSellingPlan),
    },
  ];
}

function toSellingPlan(plan: Plan): Json {
  return {
    shopifyNumericId: plan.number,
    shopifyId: `gid://shopify/SellingPlan/${plan.number}`,
    name: plan.name,
    billingPolicy: { interval: plan.billing.unit, intervalCount: plan.billing.count },
    deliveryPolicy: { interval: plan.delivery.unit, intervalCount: plan.delivery.count },
    recurringDeliveries: true,
  };
}
