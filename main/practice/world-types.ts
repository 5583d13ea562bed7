import type { PracticeOptions } from './practice-shop-types.ts';
import type { Clockwork } from './clockwork.ts';
import type { LedgerBook } from './ledger-book.ts';
import type { Zone } from './zone-time.ts';

/** The world as the simulated platform keeps it. A day is a whole number in the billing zone (zone-time.ts). */

export type IntervalUnit = 'DAY' | 'WEEK' | 'MONTH' | 'YEAR';
export type Interval = Readonly<{ unit: IntervalUnit; count: number }>;

export type Plan = Readonly<{
  /** Shopify's number, as text. */
  number: string;
  name: string;
  delivery: Interval;
  /** A multiple of `delivery` when the plan is prepaid. */
  billing: Interval;
}>;

export type Product = Readonly<{ number: string; title: string; sku: string; priceCents: number }>;

export type Card = {
  id: string;
  number: string;
  lastDigits: string;
  brand: string;
  expiresMonth: number;
  expiresYear: number;
  updatedAt: number;
  /** What the simulator knows about it: whether charges go through. */
  health: 'good' | 'bad';
};

export type Customer = {
  readonly index: number;
  readonly id: string;
  /** Shopify's number, as text. */
  readonly number: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  /** The number that really rings. */
  readonly phone: string | null;
  /** What the platform wrote down, in the three places where a phone may stand. */
  readonly written: Readonly<{ customer: string | null; inferred: string | null; shipping: string | null }>;
  readonly countryCode: string;
  readonly createdAt: number;
  /** Scenario customers are left alone by the lively world, so that their case stays what it is. */
  readonly scenario: string | null;
  readonly subscriptions: Subscription[];
  updatedAt: number;
};

export type SubscriptionStatus = 'ACTIVE' | 'PAUSED' | 'CANCELLED' | 'EXPIRED' | 'FAILED';
export type Actor = 'CUSTOMER' | 'AGENT' | 'SMARTRR' | 'API';

export type LogEntry = Readonly<{
  id: string;
  at: number;
  type: string;
  by: Actor;
  data: Readonly<Record<string, unknown>>;
}>;

export type Subscription = {
  readonly index: number;
  readonly id: string;
  /** The contract's number, as text: single reads are addressed by it. */
  readonly number: string;
  readonly customer: Customer;
  readonly createdAt: number;
  readonly isMigrated: boolean;
  readonly plan: Plan;
  readonly items: readonly Readonly<{ product: Product; quantity: number }>[];
  card: Card;
  status: SubscriptionStatus;
  updatedAt: number;
  /** Grows with every change: tells which entry of the updated-order index is the newest. */
  version: number;
  pausedAt: number | null;
  cancelledAt: number | null;
  unpauseDay: number | null;
  nextDay: number;
  /** Local minute that the platform writes into `nextBillingDate`. */
  minute: number;
  /** Wished day of the month, so that the 31st comes back after a short month. */
  anchor: number;
  ordersCount: number;
  failedCycles: number;
  skips: { day: number; isByCustomer: boolean }[];
  log: LogEntry[];
  openBill: Bill | null;
  openSpan: number | null;
};

export type BillStatus = 'pending' | 'processing' | 'succeeded' | 'failed' | 'canceled';

export type BillState = Readonly<{ at: number; status: BillStatus; retryCount: number; error: string | null }>;

export type Bill = {
  readonly id: number;
  readonly subscription: Subscription;
  readonly day: number;
  readonly billingAt: number;
  readonly amountCents: number;
  readonly createdAt: number;
  readonly history: BillState[];
  status: BillStatus;
  retryCount: number;
  error: string | null;
  updatedAt: number;
  version: number;
};

export type Shop = Readonly<{
  name: string;
  domain: string;
  myShopifyDomain: string;
  billingTime: string;
  billingMinute: number;
  numBillingRetries: number;
  delayBetweenRetries: number;
  numFailedCyclesBeforeCancel: number;
  plans: readonly Plan[];
  products: readonly Product[];
}>;

/** Rows in creation order, and the order in which they last changed: what makes a delta read cheap. */
export type Shelf<T> = Readonly<{
  rows: readonly T[];
  add: (row: T) => void;
  /** Call after every change of a row; sets its `updatedAt` and `version`. */
  touch: (row: T) => void;
  /** Rows changed after that instant, oldest change first. */
  changedAfter: (at: number) => T[];
  /** Grows with every change of any row. */
  revision: () => number;
}>;

export type World = Readonly<{
  options: PracticeOptions;
  shop: Shop;
  clock: Clockwork;
  /** The zone in which orders have their local date, for the ledger. */
  zone: Zone;
  billingZone: Zone;
  ledger: LedgerBook;
  customers: Customer[];
  customersById: Map<string, Customer>;
  customersByNumber: Map<string, Customer>;
  subscriptions: Shelf<Subscription>;
  subscriptionsById: Map<string, Subscription>;
  subscriptionsByNumber: Map<string, Subscription>;
  bills: Shelf<Bill>;
  billsBySubscription: Map<Subscription, Bill[]>;
  /** Active subscriptions by the day of their next order, so that a billing run finds its own at once. */
  due: Map<number, Set<Subscription>>;
  /** Newest last; capped. */
  happenings: { at: number; customerName: string; text: string }[];
}>;
