import { describe, expect, it } from 'vitest';
import { sendJson } from '../loopback-server.ts';
import { makePurchaseState } from './purchase-state.ts';
import { customerId, order, orderIso, page, reads, setUp, subscriptionId, token, valueOf } from './smartrr-set-up.ts';

describe('what is asked', () => {
  it('asks for pages with bracketed filters and a stable order', async () => {
    const { server, client } = await setUp((_seen, response) => sendJson(response, 200, page([])));
    await client.listSubscriptions({ page: 3, pageSize: 50, updatedAfter: Date.UTC(2026, 10, 1) });
    await client.listBills({ page: 0, pageSize: 100, billedAfter: Date.UTC(2026, 10, 1) });
    expect(server.seen).toMatchObject([
      {
        method: 'GET',
        path: '/vendor/purchase-state',
        query: [
          'pageSize=50',
          'pageNumber=3',
          'orderBy[createdDate]=ASC',
          'filterAfter[updatedDate]=2026-11-01T00:00:00.000Z',
        ],
        headers: { 'x-smartrr-access-token': token },
      },
      {
        path: '/vendor/bill',
        query: [
          'pageSize=100',
          'pageNumber=0',
          'orderBy[createdDate]=ASC',
          'filterAfter[billingDate]=2026-11-01T00:00:00.000Z',
        ],
      },
    ]);
  });

  it('asks for single things by the path the vendor documents', async () => {
    const { server, client } = await setUp((_seen, response) => sendJson(response, 200, page([])));
    for (const [, read] of reads) await read(client);
    expect(server.seen.map(({ path }) => path)).toEqual([
      '/vendor/purchase-state',
      '/vendor/purchase-state/1234567890',
      '/vendor/purchase-state/1234567890/events',
      '/vendor/purchase-state/1234567890/bills',
      `/vendor/customer/${customerId}/purchase-state/`,
      '/vendor/bill',
      '/vendor/bill/4711/history',
      '/vendor/selling-plan-group',
      '/vendor/organizations',
    ]);
  });

  it('writes with the date to the letter', async () => {
    const { server, client } = await setUp((_seen, response) => sendJson(response, 200, makePurchaseState()));
    const odd = { ...order, orderIso: '2026-11-05T09:30:00-05:00' };
    expect(valueOf(await client.skip(odd)).subscription.id).toBe(subscriptionId);
    await client.unskip(odd);
    await client.setNextBillingDate(odd);
    const path = `/vendor/customer/${customerId}/purchase-state/${subscriptionId}`;
    expect(server.seen.map(({ method, path: to, query, body }) => [method, to, query, body])).toEqual([
      ['PUT', `${path}/skip`, [], { date: odd.orderIso }],
      ['PUT', `${path}/unskip`, [], { date: odd.orderIso }],
      ['PUT', `${path}/next-billing-date`, [], { date: odd.orderIso }],
    ]);
  });

  it('sends nothing for ids that would lead elsewhere', async () => {
    const { server, client } = await setUp((_seen, response) => sendJson(response, 200, {}));
    const results = [
      await client.listCustomerSubscriptions('x/ccpa?'),
      await client.listCustomerSubscriptions('../../ccpa'),
      await client.getSubscription('1/../../integrations'),
      await client.getSubscription(''),
      await client.billHistory('..'),
      await client.skip({ ...order, subscriptionId: '../bulk-cancel' }),
      await client.skip({ ...order, orderIso: '' }),
    ];
    for (const result of results) expect(result).toMatchObject({ ok: false, error: { kind: 'rejected' } });
    expect(server.seen).toEqual([]);
  });
});

describe('pages', () => {
  async function list(answer: unknown, pageSize = 100) {
    const { client } = await setUp((_seen, response) => sendJson(response, 200, answer));
    return client.listSubscriptions({ page: 0, pageSize });
  }

  it('keeps readable rows and names the others', async () => {
    const rows = [
      makePurchaseState(),
      makePurchaseState({ id: 'broken-1', createdDate: 'yesterday', initialSubmissionDate: null }),
      null,
      makePurchaseState({ id: undefined }),
      makePurchaseState({ id: 'odd-status', purchaseStateStatus: 'FROZEN' }),
    ];
    const result = valueOf(await list(page(rows, { totalCount: '7' })));
    expect(result.rows.map(({ subscription }) => [subscription.id, subscription.status])).toEqual([
      [subscriptionId, 'ACTIVE'],
      ['odd-status', null],
    ]);
    expect(result.unreadable).toEqual([
      'subscription broken-1: createdDate is missing or unreadable',
      expect.stringMatching(/^subscription number 3 of the page, without an id: /),
      'subscription number 4 of the page, without an id: id is missing or unreadable',
    ]);
    expect(result.notes).toEqual(['subscription odd-status: purchaseStateStatus "FROZEN" is unknown']);
    expect([result.received, result.size, result.totalCount]).toEqual([5, 100, 7]);
  });

  it.each([
    [{ pageSize: 250 }, 40],
    [{ pageSize: '25' }, 25],
    [{ pageSize: 0 }, 40],
    [{ pageSize: null }, 40],
    [{ pageSize: undefined }, 40],
  ])('takes the page size that the answer echoes, as far as it can be one: %j', async (fields, size) => {
    expect(valueOf(await list(page([], fields), 40)).size).toBe(size);
  });

  it.each([{}, null, [], 'text', { data: null }, { data: {} }, { data: 'rows' }])(
    'does not take %j for an empty page, which would end a walk',
    async (answer) => {
      expect(await list(answer)).toMatchObject({ ok: false, error: { kind: 'bad_answer' } });
    },
  );

  it('reads lists that come as plain arrays, and refuses what is no list', async () => {
    const { client } = await setUp((seen, response) =>
      sendJson(
        response,
        200,
        seen.path.endsWith('/events') ? [{ id: 1, eventDate: orderIso, eventType: 'SKIP' }, {}] : {},
      ),
    );
    expect(valueOf(await client.listSubscriptionEvents('1'))).toMatchObject({
      rows: [{ id: '1', type: 'SKIP' }],
      unreadable: [expect.stringContaining('event number 2')],
      received: 2,
    });
    expect(await client.billHistory('1')).toMatchObject({ ok: false, error: { kind: 'bad_answer' } });
    expect(await client.listSellingPlans()).toMatchObject({ ok: false, error: { kind: 'bad_answer' } });
  });
});

describe('single answers', () => {
  it('reads one subscription, with the customer that the caller knows', async () => {
    const { client } = await setUp((_seen, response) =>
      sendJson(response, 200, makePurchaseState({ custRel: undefined })),
    );
    expect(await client.getSubscription('1234567890')).toMatchObject({ ok: false, error: { kind: 'bad_answer' } });
    expect(valueOf(await client.getSubscription('1234567890', customerId)).customer.id).toBe(customerId);
  });

  it('reads the answer to a skip bare or wrapped, with or without its customer', async () => {
    const row = makePurchaseState({ custRel: undefined, nextBillingDate: '2026-11-19T14:30:00.000Z' });
    for (const answer of [row, { newCustomerPurchaseState: row }]) {
      const { client } = await setUp((_seen, response) => sendJson(response, 200, answer));
      expect(valueOf(await client.skip(order)).subscription).toMatchObject({
        customerId,
        nextOrderIso: '2026-11-19T14:30:00.000Z',
      });
    }
  });

  it('does not take an empty 2xx to a skip for a success', async () => {
    const { client } = await setUp((_seen, response) => void response.writeHead(200).end());
    expect(await client.skip(order)).toMatchObject({ ok: false, error: { kind: 'bad_answer', status: 200 } });
  });

  it("passes on Smartrr's words when it refuses a skip", async () => {
    const body = {
      message: 'Unprocessable',
      status: 422,
      error: { code: 'NO_ORDER', message: 'No order on that date' },
    };
    const { client } = await setUp((_seen, response) => sendJson(response, 422, body));
    expect(await client.skip(order)).toMatchObject({
      ok: false,
      error: { kind: 'rejected', message: 'Smartrr answered 422: No order on that date (NO_ORDER); Unprocessable' },
    });
  });

  it('reads the shop', async () => {
    const organization = {
      orgName: 'Fern',
      myShopifyDomain: 'fern.myshopify.com',
      billingTime: '09:30:00',
      billingTimezone: 'Europe/London',
      numBillingRetries: '3',
    };
    const { client } = await setUp((_seen, response) => sendJson(response, 200, [organization, { orgName: 'New' }]));
    expect(valueOf(await client.listOrganizations())).toEqual([
      {
        shopName: 'Fern',
        shopDomain: 'fern.myshopify.com',
        billingRun: { time: '09:30:00', timeZone: 'Europe/London', shopName: 'Fern', shopDomain: 'fern.myshopify.com' },
        billingRetries: 3,
      },
      { shopName: 'New', shopDomain: null, billingRun: null, billingRetries: null },
    ]);
  });

  it('never puts the token into an error', async () => {
    const { client } = await setUp((_seen, response) =>
      sendJson(response, 401, { message: `Unknown ${token}`, status: 401 }),
    );
    const result = await client.listOrganizations();
    expect(result).toMatchObject({ ok: false, error: { kind: 'key_refused' } });
    expect(JSON.stringify(result)).not.toContain(token);
  });
});
