import type { BillingRun, BillStatus, Frequency } from '../../../shared/domain/platform.ts';

/** One audit row of a bill: what it was at that instant. */
export type BillMoment = Readonly<{
  billId: string;
  status: BillStatus;
  retryCount: number;
  at: number;
  error: string | null;
}>;

/** `ids` are all the ways in which a subscription's `sellingPlanId` may name the plan. */
export type SellingPlan = Readonly<{ ids: readonly string[]; frequency: Frequency | null }>;

export type Organization = Readonly<{
  shopName: string | null;
  shopDomain: string | null;
  /** Null when the answer does not say when the shop bills. */
  billingRun: BillingRun | null;
  billingRetries: number | null;
}>;

/** `page` is Smartrr's own number: whether it starts at 0 or 1 is UNKNOWN and the caller's to find out. */
export type ListOptions = Readonly<{ page: number; pageSize: number; updatedAfter?: number }>;

/** `billedAfter`: only bills of a later billing date, a filter that is known to work on bills (1.2). */
export type BillListOptions = ListOptions & Readonly<{ billedAfter?: number }>;

/** One order of one subscription; `orderIso` to the letter as Smartrr wrote it. */
export type OrderAddress = Readonly<{ customerId: string; subscriptionId: string; orderIso: string }>;

/** What the caller already knows about whose rows these are; used where an answer does not repeat it. */
export type KnownOwner = Readonly<{ subscriptionId: string; customerId: string }>;
