import type {
  Bill,
  Frequency,
  PlatformEvent,
  PlatformPage,
  PlatformSubscription,
} from '../../shared/domain/platform.ts';
import type { RemoteResult } from '../../shared/domain/remote.ts';

/** What the use cases ask of the subscription platform. The Smartrr client is the one implementation. */
export type Platform = Readonly<{
  listSubscriptions: (query: PageQuery) => Promise<RemoteResult<PlatformPage<PlatformSubscription>>>;
  getSubscription: (platformNumber: string, customerId?: string) => Promise<RemoteResult<PlatformSubscription>>;
  /** At most the 250 newest. */
  listSubscriptionEvents: (platformNumber: string) => Promise<RemoteResult<PlatformPage<PlatformEvent>>>;
  /** `known` is whose they are: these answers need not repeat it. */
  listSubscriptionBills: (
    platformNumber: string,
    known: Readonly<{ subscriptionId: string; customerId: string }>,
  ) => Promise<RemoteResult<PlatformPage<Bill>>>;
  listCustomerSubscriptions: (customerId: string) => Promise<RemoteResult<PlatformPage<PlatformSubscription>>>;
  listBills: (query: PageQuery & Readonly<{ billedAfter?: number }>) => Promise<RemoteResult<PlatformPage<Bill>>>;
  billHistory: (billId: string) => Promise<RemoteResult<PlatformPage<Pick<Bill, 'status' | 'retryCount'>>>>;
  listSellingPlans: () => Promise<
    RemoteResult<readonly Readonly<{ ids: readonly string[]; frequency: Frequency | null }>[]>
  >;
  skip: (order: OrderAddress) => Promise<RemoteResult<PlatformSubscription>>;
  unskip: (order: OrderAddress) => Promise<RemoteResult<PlatformSubscription>>;
}>;

/** `page` is the platform's own number: whether it starts at 0 or 1 is UNKNOWN and found out at connect. */
export type PageQuery = Readonly<{ page: number; pageSize: number; updatedAfter?: number }>;

/** `orderIso` is to the letter what the platform last said: a skip without a date would skip the following order too. */
export type OrderAddress = Readonly<{ customerId: string; subscriptionId: string; orderIso: string }>;
