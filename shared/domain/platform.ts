/** What the platform (Smartrr) tells us, in our words. Shapes: subscription-platforms.md 1.4. Instants are epoch ms, UTC. */

export const subscriptionStatuses = ['ACTIVE', 'PAUSED', 'CANCELLED', 'EXPIRED', 'FAILED'] as const;
export type SubscriptionStatus = (typeof subscriptionStatuses)[number];

export const frequencyUnits = ['DAY', 'WEEK', 'MONTH', 'YEAR'] as const;
export type FrequencyUnit = (typeof frequencyUnits)[number];
export type Frequency = Readonly<{ count: number; unit: FrequencyUnit }>;

export type PaymentMethod = Readonly<{
  id: string;
  lastDigits: string | null;
  /** As the platform wrote it; only compared and used in the delivery key. */
  updatedAt: string;
}>;

export type Customer = Readonly<{
  id: string;
  /** Shopify's number for the customer, as text; Postscript knows the customer by it too. */
  platformNumber: string | null;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  /** E.164, or null when no usable number is known. */
  phone: string | null;
}>;

/** Where a delivery to a customer goes. Nothing goes to one who was erased on demand. */
export type Recipient = Pick<Customer, 'phone' | 'email'> & Readonly<{ isErased: boolean }>;

export type Subscription = Readonly<{
  id: string;
  /** The contract number that single reads of the platform are addressed by. */
  platformNumber: string;
  customerId: string;
  status: SubscriptionStatus;
  createdAt: number;
  updatedAt: number;
  cancelledAt: number | null;
  /** The next order's instant exactly as the platform wrote it: a skip must repeat it to the letter. */
  nextOrderIso: string | null;
  nextOrderAt: number | null;
  isMigrated: boolean;
  sellingPlanId: string | null;
  frequency: Frequency | null;
  productTitles: readonly string[];
  /** Minor units of `currency`. */
  totalCents: number | null;
  currency: string | null;
  paymentMethod: PaymentMethod | null;
}>;

/** The shop's billing run: the order of a day is charged from this local time on (subscription-platforms.md 1.6). */
export type BillingRun = Readonly<{
  time: string;
  timeZone: string;
  shopName: string | null;
  shopDomain: string | null;
}>;

/**
 * One purchase state as read. Null fields were absent in the answer: absent is not the same as changed.
 * `phones` are raw candidates in order of preference; normalising needs the shop's country.
 */
export type PlatformSubscription = Readonly<{
  subscription: Omit<Subscription, 'status'> & { readonly status: SubscriptionStatus | null };
  customer: Omit<Customer, 'phone'>;
  phones: readonly string[];
  billingRun: BillingRun | null;
}>;

export const billStatuses = ['pending', 'processing', 'succeeded', 'failed', 'canceled'] as const;
export type BillStatus = (typeof billStatuses)[number];

export type Bill = Readonly<{
  id: string;
  subscriptionId: string;
  customerId: string;
  status: BillStatus;
  retryCount: number;
  billingAt: number | null;
  updatedAt: number;
  error: string | null;
}>;

export const eventAuthors = ['CUSTOMER', 'AGENT', 'SCRIPT', 'SEQUENTIAL', 'SMARTRR', 'API'] as const;

/** One entry of a subscription's event log. `type` and `createdBy` are open lists: unknown values pass through. */
export type PlatformEvent = Readonly<{
  id: string;
  type: string;
  at: number;
  createdBy: string;
  /** The order the event is about: an instant in ISO form with its zone; null when none, or none that can be read. */
  orderIso: string | null;
}>;

/** One page of a walk. `size` is the page size the answer echoed. */
export type PlatformPage<T> = Readonly<{
  rows: readonly T[];
  /** Rows that could not be read at all, each with the reason; they are never silently dropped. */
  unreadable: readonly string[];
  /** Rows that were read although a field of theirs means nothing, each with the field. */
  notes: readonly string[];
  /** Rows in the answer, readable or not: the stop rule counts these. */
  received: number;
  size: number;
  totalCount: number | null;
  /** When the platform wrote the answer, by its own clock; null where it does not say. */
  answeredAt: number | null;
}>;

/** A subscription as this computer keeps it. */
export type StoredSubscription = Subscription &
  Readonly<{
    nextOrderDate: string | null;
    /** The order the planner has dealt with. */
    noticeOrderDate: string | null;
    /** The platform's time of change up to which the subscription's event log was read. */
    eventsThrough: number;
  }>;

/** By what the answer of a sync is seen to bring something new. */
export type Standing = Pick<StoredSubscription, 'status' | 'updatedAt' | 'nextOrderAt' | 'eventsThrough'>;

/** A bill as this computer keeps it; `orderDate` is its day in the shop's zone. */
export type StoredBill = Bill & Readonly<{ orderDate: string | null }>;
