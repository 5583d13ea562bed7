/**
 * The one catalogue of triggers and tags. Nothing else lists them.
 *
 * Event types, names, seed tags and sample copy are the seed's (postscript-x-smartrr.md) and design section 2;
 * they never change, because merchants' automations refer to them.
 */
export const triggerNames = [
  'subscription_created',
  'upcoming_order',
  'skipped_order',
  'payment_method_updated',
  'payment_method_failed',
  'customer_deactivated',
] as const;
export type TriggerName = (typeof triggerNames)[number];

export const tagNames = [
  'shop_name',
  'first_name',
  'last_name',
  'shop_link',
  'account_page_link',
  'delivery_frequency',
  'delivery_frequency_unit',
  'new_delivery_date',
  'retry_num',
  'order_date',
  'product_titles',
  'order_total',
  'subscription_id',
] as const;
export type TagName = (typeof tagNames)[number];

export type TagSpec = Readonly<{
  label: string;
  /** postscript: filled by Postscript itself. seed: promised by the seed. extra: ours, beyond the seed. */
  origin: 'postscript' | 'seed' | 'extra';
  /** A short and a long realistic value, for previews and the segment range. */
  samples: Readonly<{ short: string; long: string }>;
}>;

export const tags: Readonly<Record<TagName, TagSpec>> = {
  shop_name: {
    label: 'Shop name',
    origin: 'postscript',
    samples: { short: 'Fern', long: 'Fern & Fable Coffee Roasters' },
  },
  first_name: { label: 'First name', origin: 'postscript', samples: { short: 'Al', long: 'Maximiliana' } },
  last_name: { label: 'Last name', origin: 'postscript', samples: { short: 'Wu', long: 'Featherstonehaugh' } },
  shop_link: {
    label: 'Shop link',
    origin: 'postscript',
    samples: { short: 'https://fern.example', long: 'https://fern-and-fable-coffee.example' },
  },
  account_page_link: {
    label: 'Account page link',
    origin: 'seed',
    samples: { short: 'https://fern.example/account', long: 'https://fern-and-fable-coffee.example/account' },
  },
  delivery_frequency: { label: 'Delivery frequency', origin: 'seed', samples: { short: '1', long: '12' } },
  delivery_frequency_unit: {
    label: 'Delivery frequency unit',
    origin: 'seed',
    samples: { short: 'day', long: 'months' },
  },
  new_delivery_date: {
    label: 'New delivery date',
    origin: 'seed',
    samples: { short: 'May 1, 2027', long: 'September 30, 2027' },
  },
  retry_num: { label: 'Payment retry number', origin: 'seed', samples: { short: '1', long: '10' } },
  order_date: { label: 'Order date', origin: 'extra', samples: { short: 'May 1, 2027', long: 'September 30, 2027' } },
  product_titles: {
    label: 'Products of the order',
    origin: 'extra',
    samples: { short: 'Espresso', long: 'Ethiopia Yirgacheffe 1 kg, House Espresso 500 g, Paper Filters' },
  },
  order_total: { label: 'Order total', origin: 'extra', samples: { short: '$9.00', long: '$1,249.00' } },
  subscription_id: { label: 'Subscription number', origin: 'extra', samples: { short: '1001', long: '12345678901' } },
};

/** Filled by Postscript for every trigger (seed, "default tags scoped to Postscript"). */
export const defaultTags = ['shop_name', 'first_name', 'last_name', 'shop_link'] as const satisfies readonly TagName[];

export type TriggerSpec = Readonly<{
  title: string;
  /** The seed's description of when it is sent. */
  description: string;
  /** `type` of the v2 custom event (postscript-api.md 2.1: letters, digits, underscore). */
  eventType: string;
  /** Name of the v1 trigger, as a merchant finds it under Legacy Automations. */
  legacyName: string;
  seedTags: readonly TagName[];
  extraTags: readonly TagName[];
  sampleCopy: string;
  /** A delivery that could not be handed over within this time has lost its point. Notices use the cut-off instead. */
  usefulForHours: number;
}>;

const orderFacts = ['order_date', 'product_titles', 'order_total', 'subscription_id'] as const;

export const triggers: Readonly<Record<TriggerName, TriggerSpec>> = {
  subscription_created: {
    title: 'Subscription Created',
    description: 'Sent whenever a new subscription is created',
    eventType: 'smartrr_subscription_created',
    legacyName: 'Smartrr: Subscription Created',
    seedTags: ['account_page_link', 'delivery_frequency', 'delivery_frequency_unit'],
    extraTags: orderFacts,
    sampleCopy:
      'Hi {first_name}, thanks for your subscription! Manage your subscription by creating an account here: {account_page_link}',
    usefulForHours: 72,
  },
  upcoming_order: {
    title: 'Upcoming Order',
    description: 'Sent 3 days before upcoming order, customer provided option to skip',
    eventType: 'smartrr_upcoming_order',
    legacyName: 'Smartrr: Upcoming Order',
    seedTags: ['account_page_link'],
    extraTags: orderFacts,
    sampleCopy: 'Heads up: your upcoming subscription will ship in 3 days. Not quite ready? Just reply SKIP',
    usefulForHours: 72,
  },
  skipped_order: {
    title: 'Skipped Order',
    description: 'Sent when a customer skips after receiving the upcoming order notification',
    eventType: 'smartrr_order_skipped',
    legacyName: 'Smartrr: Order Skipped',
    seedTags: ['account_page_link', 'new_delivery_date'],
    extraTags: orderFacts,
    sampleCopy: 'Confirmed! Your upcoming subscription will be skipped. Your next order will be on {new_delivery_date}',
    usefulForHours: 48,
  },
  payment_method_updated: {
    title: 'Payment Method Updated',
    description: 'Sent whenever a customer successfully updates their payment method',
    eventType: 'smartrr_payment_method_updated',
    legacyName: 'Smartrr: Payment Method Updated',
    seedTags: ['account_page_link'],
    extraTags: [],
    sampleCopy: 'Hi {first_name}, your payment method has been successfully updated!',
    usefulForHours: 48,
  },
  payment_method_failed: {
    title: 'Payment Method Failed',
    description: 'Sent whenever a payment method for an upcoming order has failed',
    eventType: 'smartrr_payment_method_failed',
    legacyName: 'Smartrr: Payment Method Failed',
    seedTags: ['account_page_link', 'retry_num'],
    extraTags: orderFacts,
    sampleCopy: "Your recent payment wasn't completed. To update your payment method, click here: {account_page_link}",
    usefulForHours: 72,
  },
  customer_deactivated: {
    title: 'Customer Deactivated',
    description: "Sent when a customer's last subscription has been canceled",
    eventType: 'smartrr_customer_deactivated',
    legacyName: 'Smartrr: Customer Deactivated',
    seedTags: ['account_page_link'],
    extraTags: [],
    sampleCopy: "We're reaching out to confirm your subscription has been canceled. We're sorry to see you go.",
    usefulForHours: 72,
  },
};

/** The seed's copy for its SKIP conversation, longer than its examples: it names the shop and the account page. */
const skipCopies: Readonly<Partial<Record<TriggerName, string>>> = {
  upcoming_order:
    '{shop_name}: Heads up: your upcoming subscription from {shop_name} will ship in 3 days. Not quite ready? ' +
    'Just reply SKIP. To manage your subscription go to {account_page_link}',
  skipped_order:
    '{shop_name}: Confirmed! Your upcoming subscription will be skipped. Your next order will be on ' +
    '{new_delivery_date}. To manage your subscription go to {account_page_link}',
};

/** The template of a trigger that nobody has written one for: the seed's words. */
export function defaultCopyOf(trigger: TriggerName): string {
  return skipCopies[trigger] ?? triggers[trigger].sampleCopy;
}

/** Every tag that copy for this trigger may use: Postscript's defaults, the seed's, then ours. */
export function tagsOf(trigger: TriggerName): readonly TagName[] {
  return [...defaultTags, ...triggers[trigger].seedTags, ...triggers[trigger].extraTags];
}

/** One per fact, never per try: the UNIQUE index on it is what forbids a second text (design section 2). */
export const deliveryKeys = {
  created: (subscriptionId: string): string => `created:${subscriptionId}`,
  upcoming: (subscriptionId: string, orderDate: string, leadDays: number): string =>
    `upcoming:${subscriptionId}:${orderDate}:${leadDays}`,
  skipped: (subscriptionId: string, orderDate: string): string => `skipped:${subscriptionId}:${orderDate}`,
  paymentUpdated: (customerId: string, paymentMethodId: string, updatedAt: string): string =>
    `payment-updated:${customerId}:${paymentMethodId}:${updatedAt}`,
  paymentFailed: (billId: string, retryCount: number): string => `payment-failed:${billId}:${retryCount}`,
  deactivated: (customerId: string, cancelledAt: string): string => `deactivated:${customerId}:${cancelledAt}`,
} as const;
