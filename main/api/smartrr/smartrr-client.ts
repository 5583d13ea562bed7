import { setTimeout as wait } from 'node:timers/promises';
import type { Bill, PlatformEvent, PlatformPage, PlatformSubscription } from '../../../shared/domain/platform.ts';
import type { RemoteResult } from '../../../shared/domain/remote.ts';
import { createHttp } from '../http.ts';
import type { HttpAnswer } from '../http-types.ts';
import { describeIssues } from '../lenient.ts';
import { badAnswer } from '../remote-answers.ts';
import { createRetryReads } from '../retry-reads.ts';
import { guardSmartrr } from './allow-list.ts';
import { readBill, readBillMoment, readEvent } from './bill-row.ts';
import { organizationSchema, toOrganization } from './billing-run.ts';
import { readPage, readPlainList, type RowReading } from './read-page.ts';
import { readSellingPlans } from './selling-plans.ts';
import type {
  BillListOptions,
  BillMoment,
  KnownOwner,
  ListOptions,
  OrderAddress,
  Organization,
  SellingPlan,
} from './smartrr-types.ts';
import { readSubscription, unwrapPurchaseState } from './subscription-row.ts';

/** The only things that Heads Up may do with Smartrr. */
export type SmartrrClient = Readonly<{
  listSubscriptions: (options: ListOptions) => Promise<RemoteResult<PlatformPage<PlatformSubscription>>>;
  /** `customerId` is used when the answer names no customer. */
  getSubscription: (platformNumber: string, customerId?: string) => Promise<RemoteResult<PlatformSubscription>>;
  /** At most the 250 newest, in no promised order. */
  listSubscriptionEvents: (platformNumber: string) => Promise<RemoteResult<PlatformPage<PlatformEvent>>>;
  /** The 100 newest. `known` is used for bills that do not repeat whose they are. */
  listSubscriptionBills: (platformNumber: string, known?: KnownOwner) => Promise<RemoteResult<PlatformPage<Bill>>>;
  /** The first 100; `totalCount` says when there are more. */
  listCustomerSubscriptions: (customerId: string) => Promise<RemoteResult<PlatformPage<PlatformSubscription>>>;
  listBills: (options: BillListOptions) => Promise<RemoteResult<PlatformPage<Bill>>>;
  billHistory: (billId: string) => Promise<RemoteResult<PlatformPage<BillMoment>>>;
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

type Query = readonly (readonly [string, string])[];

const pageSize = 100;

/**
 * Smartrr, as far as Heads Up needs it (subscription-platforms.md 1.3).
 *
 * Reads are tried up to three times. Writes are made once: after an unclear answer the caller reads back what happened
 * (1.8). What is not on the list in `allow-list.ts` cannot be asked at all.
 */
export function createSmartrrClient(options: SmartrrOptions): SmartrrClient {
  const { token, timeoutMs = 30_000, sleep = (ms) => wait(ms), random = Math.random, ...rest } = options;
  const service = 'Smartrr';
  const headers = (): Record<string, string> => ({ 'x-smartrr-access-token': token() });
  const { request } = guardSmartrr(createHttp({ ...rest, timeoutMs, service, headers }));
  const retryReads = createRetryReads({ sleep, random });

  /** Reads a call's answer; what came is judged only after the tries, so a wrong shape is not asked for again. */
  const get = async <T>(
    path: string,
    query: Query,
    read: (answer: HttpAnswer) => RemoteResult<T>,
  ): Promise<RemoteResult<T>> => {
    const answer = await retryReads(() => request({ method: 'GET', path: `/vendor/${path}`, query }));
    return answer.ok ? read(answer.value) : answer;
  };

  const change = async (action: string, order: OrderAddress): Promise<RemoteResult<PlatformSubscription>> => {
    const { customerId, subscriptionId, orderIso } = order;
    const path = `/vendor/customer/${customerId}/purchase-state/${subscriptionId}/${action}`;
    const answer = await request({ method: 'PUT', path, body: { date: orderIso } });
    return answer.ok ? readOne(answer.value, customerId) : answer;
  };

  return {
    listSubscriptions: (list) =>
      get('purchase-state', toQuery(list), (answer) =>
        readPage(answer, list.pageSize, 'subscription', readSubscription),
      ),
    getSubscription: (number, customerId) =>
      get(`purchase-state/${number}`, [], (answer) => readOne(answer, customerId ?? null)),
    listSubscriptionEvents: (number) =>
      get(`purchase-state/${number}/events`, [], (answer) => readPlainList(answer, 'event', readEvent)),
    listSubscriptionBills: (number, known) =>
      get(
        `purchase-state/${number}/bills`,
        [
          ['pageSize', String(pageSize)],
          ['orderBy[createdDate]', 'DESC'],
        ],
        (answer) => readPage(answer, pageSize, 'bill', (row) => readBill(row, known)),
      ),
    listCustomerSubscriptions: (customerId) =>
      // No page number: left out, the first page comes whatever its number is.
      get(`customer/${customerId}/purchase-state/`, [['pageSize', String(pageSize)]], (answer) =>
        readPage(answer, pageSize, 'subscription', (row) => readSubscription(row, customerId)),
      ),
    listBills: (list) =>
      get('bill', toQuery(list), (answer) => readPage(answer, list.pageSize, 'bill', (row) => readBill(row))),
    billHistory: (billId) =>
      get(`bill/${billId}/history`, [], (answer) =>
        readPlainList(answer, 'audit row', (row) => readBillMoment(row, billId)),
      ),
    listSellingPlans: () =>
      get('selling-plan-group', [['cache', 'true']], (answer) => {
        const groups = readPlainList(answer, 'selling plan group', (row): RowReading<unknown> => ({
          ok: true,
          row,
          notes: [],
        }));
        return groups.ok ? { ok: true, value: readSellingPlans(groups.value.rows) } : groups;
      }),
    listOrganizations: () =>
      get('organizations', [], (answer) => {
        const list = readPlainList(answer, 'organization', readOrganization);
        return list.ok ? { ok: true, value: list.value.rows } : list;
      }),
    skip: (order) => change('skip', order),
    unskip: (order) => change('unskip', order),
    setNextBillingDate: (order) => change('next-billing-date', order),
  };
}

/** Bracketed keys for the filter maps; `createdDate ASC` keeps a walk stable while rows change (1.2). */
function toQuery({ page, pageSize: size, updatedAfter, billedAfter }: BillListOptions): Query {
  const after = (field: string, instant: number | undefined): Query =>
    instant === undefined ? [] : [[`filterAfter[${field}]`, new Date(instant).toISOString()]];
  return [
    ['pageSize', String(size)],
    ['pageNumber', String(page)],
    ['orderBy[createdDate]', 'ASC'],
    ...after('updatedDate', updatedAfter),
    ...after('billingDate', billedAfter),
  ];
}

function readOne(answer: HttpAnswer, customerId: string | null): RemoteResult<PlatformSubscription> {
  const reading = readSubscription(unwrapPurchaseState(answer.json), customerId);
  if (reading.ok) return { ok: true, value: reading.row };
  return badAnswer(answer, `Smartrr answered ${answer.status}, but not with a subscription: ${reading.reason}.`);
}

function readOrganization(json: unknown): RowReading<Organization> {
  const parsed = organizationSchema.safeParse(json);
  if (!parsed.success) return { ok: false, reason: describeIssues(parsed.error) };
  return { ok: true, row: toOrganization(parsed.data), notes: [] };
}
