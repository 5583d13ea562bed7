import { expect, it } from 'vitest';
import type { Platform } from '../../../main/core/platform-port.ts';
import { addSubscription, day, noon } from '../../helpers/core-shop.ts';
import { accept, openOutbox } from '../../helpers/outbox.ts';

/** The commit that ends one request also claims the next, where nothing has to be asked or waited for. */

async function setUp(count: number) {
  const outbox = await openOutbox(accept);
  outbox.queueEach(Array.from({ length: count }, (_, number) => `created:s-${number}`));
  let commits = 0;
  const store: typeof outbox.store = {
    ...outbox.store,
    transaction: (work) => {
      if (!outbox.db.inTransaction) commits += 1;
      return outbox.store.transaction(work);
    },
  };
  return { ...outbox, store, commits: () => commits };
}

it('ends a request and claims the next in one commit while turns are free', async () => {
  const { store, deliver, commits, sentIds } = await setUp(30);
  await deliver(noon, { store });
  expect(new Set(sentIds()).size).toBe(30);
  // Three claims to begin with, then one commit each.
  expect(commits()).toBe(33);
});

it('waits for its turn before it claims when none is free', async () => {
  const { store, deliver, commits, sentIds, rows } = await setUp(30);
  let turns = 0;
  const takeTurn = (): Promise<void> => {
    turns += 1;
    // One turn for each that was claimed until now, and this one.
    const claimed = rows().filter(({ attempts }) => attempts > 0).length;
    expect(claimed).toBeLessThan(turns);
    return Promise.resolve();
  };
  await deliver(noon, { store, takeTurn, takeFreeTurn: () => false });
  expect(sentIds()).toHaveLength(30);
  expect(turns).toBe(30);
  expect(commits()).toBe(60);
});

it('has committed a claim before its request leaves', async () => {
  const states: unknown[] = [];
  const outbox = await openOutbox((seen, response, count) => {
    const key =
      typeof seen.body === 'object' && seen.body !== null && 'external_id' in seen.body && seen.body.external_id;
    states.push([outbox.db.inTransaction, outbox.rows().find((row) => row.key === key)?.state]);
    accept(seen, response, count);
  });
  for (let number = 0; number < 9; number += 1) outbox.queue({ key: `created:s-${number}` });
  await outbox.deliver();
  expect(states).toEqual(Array.from({ length: 9 }, () => [false, 'sending']));
});

it('keeps the answer to a request when the next one cannot be claimed', async () => {
  const { store, deliver, rows, sentIds } = await setUp(6);
  let claims = 0;
  const failing: typeof store = {
    ...store,
    claimDelivery: (claim) => {
      claims += 1;
      if (claims > 3) throw new Error('This row cannot be claimed');
      return store.claimDelivery(claim);
    },
  };
  await expect(deliver(noon, { store: failing })).rejects.toThrow('cannot be claimed');
  const states = rows().map(({ state }) => state);
  expect(states.slice(0, 3)).toEqual(['accepted', 'accepted', 'accepted']);
  expect(states.slice(3)).toEqual(['planned', 'planned', 'planned']);
  await deliver(noon);
  expect(sentIds()).toHaveLength(6);
});

it('asks the platform before it claims, where a text depends on what the platform says', async () => {
  const { store, queue, deliver, sentIds, rows } = await setUp(3);
  addSubscription({ store });
  const notice = 'upcoming:subscription-1:2027-03-04:3';
  queue({ key: notice, trigger: 'upcoming_order', orderDate: '2027-03-04', deadlineAt: noon + 9 * day });
  const notFound = { kind: 'not_found', status: 404, message: 'No such subscription', fieldErrors: [] } as const;
  const getSubscription: Platform['getSubscription'] = () =>
    Promise.resolve({ ok: false, error: { ...notFound, retryAfterMs: null, body: null } });
  const unused = (): never => {
    throw new Error('Expected only the subscription to be asked for');
  };
  const platform: Platform = {
    getSubscription,
    listSubscriptions: unused,
    listSubscriptionEvents: unused,
    listSubscriptionBills: unused,
    listCustomerSubscriptions: unused,
    listBills: unused,
    billHistory: unused,
    listSellingPlans: unused,
    skip: unused,
    unskip: unused,
  };
  await deliver(noon, { platform });
  expect(sentIds()).toHaveLength(3);
  expect(rows().find(({ key }) => key === notice)).toMatchObject({ state: 'suppressed', attempts: 0 });
});
