import { describe, expect, it } from 'vitest';
import { guardSmartrr, isAllowedOfSmartrr } from '../../../../main/api/smartrr/allow-list.ts';
import { createHttp } from '../../../../main/api/http.ts';
import type { HttpRequest } from '../../../../main/api/http-types.ts';
import { sendJson, serve } from '../loopback-server.ts';

const customer = '5b0c1f0a-0000-4000-8000-0000000000c1';
const subscription = '5b0c1f0a-0000-4000-8000-000000000001';
const order = `/vendor/customer/${customer}/purchase-state/${subscription}`;
const date = '2026-11-05T14:30:00.000Z';

function get(path: string, ...query: [string, string][]): HttpRequest {
  return { method: 'GET', path, query };
}

function put(path: string, body: unknown = { date }, ...query: [string, string][]): HttpRequest {
  return { method: 'PUT', path, query, body };
}

const dangerous: HttpRequest[] = [
  // A GET that erases a customer, and ways to smuggle it in through an id.
  get(`/vendor/customer/${customer}/ccpa`),
  get('/vendor/customer/x/../ccpa/purchase-state/'),
  get('/vendor/purchase-state/1/../../customer/x/ccpa'),
  get('/vendor/purchase-state/%2e%2e'),
  get('/vendor/bill/1%2Fretry/history'),
  put('/vendor/customer/purchase-state/bulk-pause'),
  put('/vendor/customer/purchase-state/bulk-unpause'),
  put('/vendor/customer/purchase-state/bulk-cancel', { customerPurchaseStateIds: 'all' }),
  put('/vendor/customer/purchase-state/bulk-set-nextBillingDate'),
  put(`${order}/bulk-skip`, { dates: [date] }),
  put(`${order}/bulk-unskip`, { dates: [date] }),
  put(`${order}/cancel`, { reasonId: 'x' }),
  put(`${order}/pause`, { unpauseDate: date }),
  put(`${order}/activate`, { nextBillingDate: date }),
  put(`${order}/selling-plan`, { sellingPlanId: '1' }),
  { method: 'POST', path: '/vendor/bill/1/retry' },
  put('/vendor/bill/1/retry'),
  get('/vendor/integrations'),
  get('/vendor/customer-relationship'),
  get(`/vendor/customer-relationship/${customer}/payment-methods`),
  { method: 'POST', path: '/vendor/customer-relationship/payment-methods/import' },
  get('/vendor/webhook'),
  { method: 'DELETE', path: '/vendor/webhook/1' },
  { method: 'DELETE', path: '/vendor/purchase-state/1' },
  { method: 'POST', path: `${order}/skip`, body: { date } },
  { method: 'PATCH', path: `${order}/skip`, body: { date } },
  get(`${order}/skip`),
  get('/vendor/purchase-state/'),
  get('/vendor/purchase-state/1/orders'),
  get('/VENDOR/purchase-state'),
  get('/x/vendor/purchase-state'),
  get('/vendor/purchase-state\n'),
  get('/vendor/purchase-state', ['customerId', 'x']),
  { ...get('/vendor/purchase-state'), body: {} },
  // Charges the order.
  put(`${order}/next-billing-date`, { date }, ['sendNow', 'true']),
  // Without a date a repeat skips one order more.
  { method: 'PUT', path: `${order}/skip` },
  put(`${order}/skip`, {}),
  put(`${order}/skip`, { date: '' }),
  put(`${order}/skip`, { date: 'tomorrow' }),
  put(`${order}/skip`, { date: null }),
  put(`${order}/skip`, { date, more: 1 }),
  put(`${order}/skip`, [date]),
];

describe('the allow-list of Smartrr', () => {
  it.each([
    get('/vendor/purchase-state', ['pageSize', '100'], ['pageNumber', '0'], ['orderBy[createdDate]', 'ASC']),
    get('/vendor/purchase-state', ['filterAfter[updatedDate]', date]),
    get('/vendor/purchase-state/1234567890'),
    get('/vendor/purchase-state/1234567890/events'),
    get('/vendor/purchase-state/1234567890/bills', ['pageSize', '100']),
    get(`/vendor/customer/${customer}/purchase-state/`, ['pageSize', '100']),
    get('/vendor/bill', ['pageNumber', '1']),
    get('/vendor/bill/4711/history'),
    get('/vendor/selling-plan-group', ['cache', 'true']),
    get('/vendor/organizations'),
    put(`${order}/skip`),
    put(`${order}/unskip`),
    put(`${order}/next-billing-date`),
  ])('lets $method $path pass', (request) => {
    expect(isAllowedOfSmartrr(request)).toBe(true);
  });

  it.each(dangerous)('refuses $method $path $body', (request) => {
    expect(isAllowedOfSmartrr(request)).toBe(false);
  });

  it('refuses before anything leaves', async () => {
    const server = await serve((_seen, response) => sendJson(response, 200, {}));
    const http = guardSmartrr(createHttp({ baseUrl: server.url, headers: () => ({}), timeoutMs: 20_000 }));
    for (const request of dangerous)
      expect(await http.request(request)).toMatchObject({ ok: false, error: { kind: 'rejected', status: null } });
    expect(server.seen).toEqual([]);
  });
});
