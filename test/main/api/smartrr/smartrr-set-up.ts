import { createSmartrrClient, type SmartrrClient } from '../../../../main/api/smartrr/smartrr-client.ts';
import type { RemoteResult } from '../../../../shared/domain/remote.ts';
import { serve, type Answerer, type LoopbackServer } from '../loopback-server.ts';

export const token = 'practice-token-not-real';
export const customerId = '5b0c1f0a-0000-4000-8000-0000000000c1';
export const subscriptionId = '5b0c1f0a-0000-4000-8000-000000000001';
export const orderIso = '2026-11-05T14:30:00.000Z';
export const order = { customerId, subscriptionId, orderIso };

/** A client whose waits take no time and are written down. */
export function clientTo(baseUrl: string, slept: number[] = [], timeoutMs = 20_000): SmartrrClient {
  const sleep = (ms: number): Promise<void> => Promise.resolve(void slept.push(ms));
  return createSmartrrClient({ baseUrl, token: () => token, timeoutMs, sleep, random: () => 0.5 });
}

export async function setUp(
  answer: Answerer,
): Promise<{ server: LoopbackServer; slept: number[]; client: SmartrrClient }> {
  const server = await serve(answer);
  const slept: number[] = [];
  return { server, slept, client: clientTo(server.url, slept) };
}

/** A page as subscription-platforms.md 1.2 shows it. */
export function page(data: unknown, fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { totalCount: 1, totalPages: 1, pageSize: 100, pageNumber: 0, data, ...fields };
}

export function valueOf<T>(result: RemoteResult<T>): T {
  if (!result.ok) throw new Error(`Expected an answer: ${result.error.message}`);
  return result.value;
}

type Call = readonly [name: string, call: (client: SmartrrClient) => Promise<RemoteResult<unknown>>];

export const reads: readonly Call[] = [
  ['listSubscriptions', (client) => client.listSubscriptions({ page: 0, pageSize: 100 })],
  ['getSubscription', (client) => client.getSubscription('1234567890')],
  ['listSubscriptionEvents', (client) => client.listSubscriptionEvents('1234567890')],
  ['listSubscriptionBills', (client) => client.listSubscriptionBills('1234567890')],
  ['listCustomerSubscriptions', (client) => client.listCustomerSubscriptions(customerId)],
  ['listBills', (client) => client.listBills({ page: 0, pageSize: 100 })],
  ['billHistory', (client) => client.billHistory('4711')],
  ['listSellingPlans', (client) => client.listSellingPlans()],
  ['listOrganizations', (client) => client.listOrganizations()],
];

export const writes: readonly Call[] = [
  ['skip', (client) => client.skip(order)],
  ['unskip', (client) => client.unskip(order)],
  ['setNextBillingDate', (client) => client.setNextBillingDate(order)],
];
