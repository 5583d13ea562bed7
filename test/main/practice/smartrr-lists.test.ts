import { expect, it } from 'vitest';
import { hour, openShop } from './open-shop.ts';

it('refuses a request without the token, with the token of somebody else and to an unknown address', async () => {
  const { urls, credentials } = await openShop();
  const ask = async (path: string, headers: Record<string, string>): Promise<number> =>
    (await fetch(`${urls.smartrr}${path}`, { headers })).status;
  const token = { 'x-smartrr-access-token': credentials.smartrrToken };
  expect(await ask('/vendor/purchase-state', {})).toBe(401);
  expect(await ask('/vendor/purchase-state', { 'x-smartrr-access-token': 'other' })).toBe(401);
  expect(await ask('/vendor/purchase-state', { Authorization: `Bearer ${credentials.smartrrToken}` })).toBe(401);
  expect(await ask('/vendor/integrations', token)).toBe(404);
  expect(await ask('/vendor/customer/x/ccpa', token)).toBe(404);
  expect(await ask('/_sim/anything', token)).toBe(404);
});

it('writes the time of its world on every answer', async () => {
  const { urls, advance, control } = await openShop();
  for (const service of [urls.smartrr, urls.postscript, urls.inbox]) {
    await advance(hour);
    const { headers } = await fetch(service);
    const aheadMs = Date.parse(headers.get('date') ?? '') - (await control.now());
    // Whole seconds, and its clock goes on.
    expect(aheadMs).toBeGreaterThan(-1000);
    expect(aheadMs).toBeLessThan(hour);
  }
});

it.each([0, 1] as const)('counts its pages from %i', async (pageBase) => {
  const { page } = await openShop({ switches: { pageBase } });
  const first = await page('pageSize=10');
  expect(first).toMatchObject({ pageNumber: pageBase, pageSize: 10, totalCount: 28, totalPages: 3 });
  const walk = [];
  for (let number = pageBase; number < pageBase + 4; number++) {
    walk.push(...(await page(`pageSize=10&pageNumber=${number}&orderBy[createdDate]=ASC`)).data);
  }
  expect(new Set(walk.map(({ id }) => id)).size).toBe(28);
  expect(walk).toHaveLength(28);
  expect(walk.map(({ createdDate }) => createdDate)).toEqual(walk.map(({ createdDate }) => createdDate).toSorted());
  const zero = await page('pageSize=10&pageNumber=0');
  const one = await page('pageSize=10&pageNumber=1');
  expect(zero.data[0]?.id === one.data[0]?.id).toBe(pageBase === 1);
});

it('clamps pages to 250 rows and refuses page numbers that are none', async () => {
  const { page, smartrr } = await openShop({ customers: 400 });
  expect(await page('pageSize=1000')).toMatchObject({ pageSize: 250 });
  expect((await page('pageSize=1000')).data).toHaveLength(250);
  expect((await smartrr('purchase-state?pageNumber=-1')).status).toBe(400);
  expect((await smartrr('purchase-state?pageSize=lots')).status).toBe(400);
});

it('filters by value, list, part and exclusive bounds', async () => {
  const { page, everyState } = await openShop({ customers: 120 });
  const all = await everyState();
  const count = async (query: string): Promise<number> => (await page(`${query}&pageSize=250`)).totalCount;
  const having = (status: string): number =>
    all.filter(({ purchaseStateStatus }) => purchaseStateStatus === status).length;

  expect(await count('filterEquals[purchaseStateStatus]=ACTIVE')).toBe(having('ACTIVE'));
  expect(await count('filterIn[purchaseStateStatus]=PAUSED,CANCELLED')).toBe(having('PAUSED') + having('CANCELLED'));
  expect(await count('filterLike[purchaseStateStatus]=cancel')).toBe(having('CANCELLED'));
  const bound = all[40]?.nextBillingDate ?? '';
  const after = await count(`filterAfter[nextBillingDate]=${bound}`);
  const before = await count(`filterBefore[nextBillingDate]=${bound}`);
  const equal = all.filter(({ nextBillingDate }) => nextBillingDate === bound).length;
  expect(after + before + equal).toBe(all.length);
  expect(equal).toBeGreaterThan(0);
});

it('finds by updatedDate what has changed since, and only that', async () => {
  const { page, stateOf, change, control, advance } = await openShop();
  await advance(60_000);
  const before = new Date(await control.now()).toISOString();
  await advance(1000);
  const state = await stateOf('Petra');
  await change(state, 'skip', { date: state.nextBillingDate });
  const { data, totalCount } = await page(`filterAfter[updatedDate]=${before}`);
  expect(totalCount).toBe(1);
  expect(data[0]).toMatchObject({ id: state.id, updatedDate: new Date(await control.now()).toISOString() });
  // Exclusive: nothing is newer than itself.
  expect((await page(`filterAfter[updatedDate]=${data[0]?.updatedDate ?? ''}`)).totalCount).toBe(0);
});

it('answers 400 to the updatedDate filter where the platform does not offer it', async () => {
  const { smartrr } = await openShop({ switches: { updatedDateFilter: false } });
  expect((await smartrr('purchase-state?filterAfter[updatedDate]=2027-01-01T00:00:00.000Z')).status).toBe(400);
  expect((await smartrr('purchase-state?filterAfter[nextBillingDate]=2027-01-01T00:00:00.000Z')).status).toBe(200);
  expect((await smartrr('purchase-state?filterEquals[noSuchField]=1')).status).toBe(400);
});

it('lists recent bills with numbers as ids, filtered by date but not by status', async () => {
  const { bills, smartrr } = await openShop({ customers: 200 });
  const recent = await bills('filterAfter[billingDate]=2027-02-10T00:00:00.000Z&pageSize=250');
  expect(recent.data.length).toBeGreaterThan(10);
  expect(recent.data.every(({ id, billAmount }) => Number.isInteger(id) && /^\d+$/.test(billAmount))).toBe(true);
  expect((await bills('filterAfter[billingDate]=2027-03-10T00:00:00.000Z')).totalCount).toBe(0);
  expect((await smartrr('bill?filterEquals[status]=failed')).status).toBe(400);
});

it('serves what surrounds a subscription', async () => {
  const { smartrr, stateOf } = await openShop();
  const state = await stateOf('Sybil');
  const several = await smartrr(`customer/${state.custRel.id}/purchase-state/`);
  expect(several.body).toMatchObject({ totalCount: 3 });
  expect((await smartrr(`purchase-state/${state.shopifyId}`)).body).toMatchObject({ id: state.id });
  expect((await smartrr('purchase-state/1')).status).toBe(404);
  expect((await smartrr(`customer-relationship/${state.custRel.shopifyId}`)).body).toMatchObject({
    id: state.custRel.id,
  });
  expect((await smartrr(`customer-relationship/${state.custRel.id}/payment-methods`)).body).toHaveLength(1);
  expect((await smartrr('organizations')).body).toMatchObject([
    { billingTime: '09:30:00', billingTimezone: 'America/New_York', numBillingRetries: 3 },
  ]);
  const plans = JSON.stringify((await smartrr('selling-plan-group?cache=false')).body);
  expect(plans).toContain('"deliveryPolicy":{"interval":"MONTH","intervalCount":1}');
  expect(plans).toContain('"billingPolicy":{"interval":"MONTH","intervalCount":3}');
});

it('keeps webhooks', async () => {
  const { smartrr } = await openShop();
  const created = await smartrr('webhook', 'POST', { eventType: 'SUBSCRIPTION_SKIP', url: 'https://relay.example/a' });
  expect(created.body).toMatchObject({ eventType: 'SUBSCRIPTION_SKIP' });
  expect((await smartrr('webhook')).body).toHaveLength(1);
  expect((await smartrr('webhook?url=https://relay.example/a', 'DELETE')).status).toBe(200);
  expect((await smartrr('webhook')).body).toEqual([]);
});
