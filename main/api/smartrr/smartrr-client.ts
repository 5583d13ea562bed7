import type {
  Bill,
  BillingRun,
  BillStatus,
  Frequency,
  PlatformEvent,
  PlatformPage,
  PlatformSubscription,
} from '../../../shared/domain/platform.ts';
import type { RemoteResult } from '../../../shared/domain/remote.ts';

/** A page, with remarks about rows that were read but hold something unheard of (an unknown status, for example). */
export type SmartrrPage<T> = PlatformPage<T> & Readonly<{ notes: readonly string[] }>;

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

/** One order of one subscription; `orderIso` to the letter as Smartrr wrote it. */
export type OrderAddress = Readonly<{ customerId: string; subscriptionId: string; orderIso: string }>;

/** The only things that Heads Up may do with Smartrr. */
export type SmartrrClient = Readonly<{
  listSubscriptions: (options: ListOptions) => Promise<RemoteResult<SmartrrPage<PlatformSubscription>>>;
  /** `customerId` is used when the answer names no customer. */
  getSubscription: (platformNumber: string, customerId?: string) => Promise<RemoteResult<PlatformSubscription>>;
  /** At most the 250 newest, in no promised order. */
  listSubscriptionEvents: (platformNumber: string) => Promise<RemoteResult<SmartrrPage<PlatformEvent>>>;
  listSubscriptionBills: (platformNumber: string) => Promise<RemoteResult<SmartrrPage<Bill>>>;
  /** The first 100; `totalCount` says when there are more. */
  listCustomerSubscriptions: (customerId: string) => Promise<RemoteResult<SmartrrPage<PlatformSubscription>>>;
  listBills: (options: ListOptions) => Promise<RemoteResult<SmartrrPage<Bill>>>;
  billHistory: (billId: string) => Promise<RemoteResult<SmartrrPage<BillMoment>>>;
  listSellingPlans: () => Promise<RemoteResult<readonly SellingPlan[]>>;
  listOrganizations: () => Promise<RemoteResult<readonly Organization[]>>;
  skip: (order: OrderAddress) => Promise<RemoteResult<PlatformSubscription>>;
  unskip: (order: OrderAddress) => Promise<RemoteResult<PlatformSubscription>>;
  /** `orderIso` is the new date. */
  setNextBillingDate: (order: OrderAddress) => Promise<RemoteResult<PlatformSubscription>>;
}>;

export type SmartrrOptions = Readonly<{
  baseUrl: string;
  token: () => string;
  timeoutMs?: number;
  limiter?: Readonly<{ take: () => Promise<void> }>;
  fetch?: typeof globalThis.fetch;
  /** Waits between the tries of a read; writes are never tried twice. */
  sleep?: (ms: number) => Promise<void>;
  random?: () => number;
}>;

export function createSmartrrClient(_options: SmartrrOptions): SmartrrClient {
  throw new Error('Not built yet');
}
