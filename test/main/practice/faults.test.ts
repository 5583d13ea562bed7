import { expect, it } from 'vitest';
import { createFaultPlan, faultKinds, type FaultKind } from '../../../main/practice/faults.ts';
import { noticeOf, openShop } from './open-shop.ts';

it('plays the wanted fault on the next request that fits, and on that one only', async () => {
  const { control, smartrr } = await openShop();
  const force = (kind: FaultKind) =>
    control.forceFault({ kind, service: 'smartrr', method: 'GET', pathIncludes: '/organizations' });
  await force('rate_limited');
  expect((await smartrr('purchase-state?pageSize=1')).status).toBe(200);
  const limited = await smartrr('organizations');
  expect(limited.status).toBe(429);
  expect(limited.headers.get('Retry-After')).toBe('2');
  expect((await smartrr('organizations')).status).toBe(200);

  await force('rate_limited_bare');
  expect((await smartrr('organizations')).headers.get('Retry-After')).toBeNull();
  await force('error_before');
  expect((await smartrr('organizations')).body).toContain('<h1>Internal Server Error</h1>');
  await force('slow');
  expect((await smartrr('organizations')).status).toBe(200);
  await force('reset_before');
  await expect(smartrr('organizations')).rejects.toThrow('fetch failed');
  expect((await control.ledger()).faults).toEqual({
    'smartrr:rate_limited': 1,
    'smartrr:rate_limited_bare': 1,
    'smartrr:error_before': 1,
    'smartrr:slow': 1,
    'smartrr:reset_before': 1,
  });
});

it.each([
  ['error_before', false],
  ['reset_before', false],
  ['timeout_before', false],
  ['error_after', true],
  ['reset_after', true],
  ['timeout_after', true],
] as const)('applies a skip or not, but gives no clear answer: %s', async (kind, isApplied) => {
  const { control, stateOf, change } = await openShop({ faultHoldMs: 50 });
  const state = await stateOf('Nora');
  await control.forceFault({ kind, service: 'smartrr', method: 'PUT', pathIncludes: '/skip' });
  const status = await change(state, 'skip', { date: state.nextBillingDate }).then(
    (answer) => answer.status,
    () => 'dropped',
  );
  expect(status).toBe(kind.startsWith('error') ? 500 : 'dropped');
  expect((await stateOf('Nora')).nextBillingDate !== state.nextBillingDate).toBe(isApplied);
  expect((await control.ledger()).skips).toHaveLength(isApplied ? 1 : 0);
});

it.each(['error_after', 'reset_after', 'timeout_after'] as const)(
  'remembers that an event came in but was never answered: %s',
  async (kind) => {
    const { control, stateOf, sendEvent } = await openShop({ faultHoldMs: 50 });
    const event = noticeOf(await stateOf('Sybil'));
    await control.forceFault({ kind, service: 'postscript', method: 'POST', pathIncludes: '/events' });
    await sendEvent(event).catch(() => undefined);
    await sendEvent(event);
    expect((await control.ledger()).events.map(({ wasAnswered }) => wasAnswered)).toEqual([false, true]);
  },
);

it('marks an event as unanswered when the sender gives up first', async () => {
  const { control, stateOf, urls, credentials } = await openShop({ faultHoldMs: 5000 });
  const body = JSON.stringify(noticeOf(await stateOf('Sybil')));
  await control.forceFault({ kind: 'timeout_after', service: 'postscript', method: 'POST', pathIncludes: '/events' });
  await expect(
    fetch(`${urls.postscript}/api/v2/events`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${credentials.postscriptKey}` },
      body,
      signal: AbortSignal.timeout(100),
    }),
  ).rejects.toThrow('timeout');
  expect((await control.ledger()).events).toMatchObject([{ wasAnswered: false }]);
});

it('repeats rows across pages', async () => {
  const { control, page } = await openShop();
  const first = await page('pageSize=10&pageNumber=0');
  await control.forceFault({
    kind: 'duplicated_rows',
    service: 'smartrr',
    method: 'GET',
    pathIncludes: 'purchase-state',
  });
  const second = await page('pageSize=10&pageNumber=1');
  expect(second.data).toHaveLength(12);
  expect(second.data.slice(0, 2).map(({ id }) => id)).toEqual(first.data.slice(-2).map(({ id }) => id));
});

it('shifts a page during a walk, so that rows are missed', async () => {
  const { control, page } = await openShop();
  const walk = async (): Promise<number> => {
    const ids = new Set<string>();
    for (let number = 0; number < 3; number++) {
      for (const { id } of (await page(`pageSize=10&pageNumber=${number}`)).data) ids.add(id);
    }
    return ids.size;
  };
  await control.forceFault({ kind: 'shifted_page', service: 'smartrr', method: 'GET', pathIncludes: 'purchase-state' });
  // The first page cannot shift: the fault is not counted and the walk is whole.
  expect(await walk()).toBe(28);
  await page('pageSize=10&pageNumber=0');
  await control.forceFault({ kind: 'shifted_page', service: 'smartrr', method: 'GET', pathIncludes: 'purchase-state' });
  const shifted = await page('pageSize=10&pageNumber=1');
  const plain = await page('pageSize=10&pageNumber=1');
  expect(shifted.data.map(({ id }) => id)).not.toEqual(plain.data.map(({ id }) => id));
  expect((await control.ledger()).faults).toEqual({ 'smartrr:shifted_page': 1 });
});

it('leaves fields out, another kind each time', async () => {
  const { control, page } = await openShop();
  const kinds: string[] = [];
  for (let turn = 0; turn < 3; turn++) {
    await control.forceFault({
      kind: 'missing_fields',
      service: 'smartrr',
      method: 'GET',
      pathIncludes: 'purchase-state',
    });
    const { data } = await page('pageSize=25');
    if (data.some((row) => row.purchaseStateStatus === undefined)) kinds.push('status');
    if (data.some((row) => row.pmtMth === undefined)) kinds.push('card');
    if (
      data.filter(({ custRel, shippingAddress }) => custRel.phone === null && shippingAddress.phone === null).length > 2
    ) {
      kinds.push('phones');
    }
  }
  expect(kinds).toEqual(['status', 'card', 'phones']);
});

it('shows the state before a write for a while', async () => {
  const { control, stateOf, change, eventsOf, advance } = await openShop();
  const state = await stateOf('Nora');
  await control.forceFault({ kind: 'stale_read', service: 'smartrr', method: 'PUT', pathIncludes: '/skip' });
  const answer = await change(state, 'skip', { date: state.nextBillingDate });
  expect(answer.body).toMatchObject({ nextBillingDate: '2027-03-27T13:30:00.000Z' });
  expect(await stateOf('Nora')).toMatchObject({ nextBillingDate: state.nextBillingDate });
  expect((await eventsOf(state)).some(({ eventType }) => eventType === 'SKIP')).toBe(false);
  await advance(30_000);
  expect(await stateOf('Nora')).toMatchObject({ nextBillingDate: '2027-03-27T13:30:00.000Z' });
  expect((await control.ledger()).faults).toEqual({ 'smartrr:stale_read': 1 });
});

it('keeps the mixed level between 4 and 7 percent, with timeouts below 0.7', () => {
  for (const [service, method] of [
    ['smartrr', 'GET'],
    ['postscript', 'POST'],
    ['inbox', 'GET'],
  ] as const) {
    const plan = createFaultPlan(5, 'mixed');
    const drawn = Array.from({ length: 20_000 }, () => plan.choose(service, method, '/')).filter(
      (kind) => kind !== null,
    );
    expect(drawn.length / 20_000).toBeGreaterThan(0.035);
    expect(drawn.length / 20_000).toBeLessThan(0.07);
    expect(drawn.filter((kind) => kind.startsWith('timeout')).length / 20_000).toBeLessThan(0.007);
    plan.setLevel('none');
    expect(plan.choose(service, method, '/')).toBeNull();
  }
});

it('draws every kind of fault sooner or later, but a refusal, which only a person asks for', () => {
  const plans = [createFaultPlan(1, 'mixed'), createFaultPlan(1, 'rough')];
  const seen = new Set<FaultKind | null>();
  for (let turn = 0; turn < 5000; turn++) {
    for (const plan of plans) {
      seen.add(plan.choose('smartrr', 'GET', '/'));
      seen.add(plan.choose('smartrr', 'PUT', '/'));
    }
  }
  expect(faultKinds.filter((kind) => !seen.has(kind))).toEqual(['rejected']);
});
