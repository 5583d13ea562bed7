import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { instantOf } from '../../../shared/domain/calendar.ts';
import { defaultSettings } from '../../../shared/domain/settings.ts';
import { addSubscription, day, hour, makeSubscription, minute, noon, reasonsOf } from '../../helpers/core-shop.ts';
import { accept, externalIds, openOutbox } from '../../helpers/outbox.ts';
import { sendJson, type Answerer } from '../api/loopback-server.ts';

const zone = 'America/New_York';
const closes = instantOf(zone, '2027-03-01', '21:00');
const opens = instantOf(zone, '2027-03-02', '11:00');
const skipped = {
  key: 'skipped:subscription-1:2027-03-04',
  trigger: 'skipped_order',
  orderDate: '2027-03-04',
} as const;

const setUp = (options: Parameters<typeof openOutbox>[1] = {}) => openOutbox(accept, options);

describe('the send window', () => {
  it('lets nothing out from its closing minute to its opening minute', async () => {
    const { queue, deliver, rows, sentIds } = await setUp();
    queue();
    await deliver(closes);
    expect(rows()).toMatchObject([{ state: 'waiting', dueAt: opens }]);
    await deliver(opens - 1);
    expect(sentIds()).toEqual([]);
    await deliver(opens);
    expect(sentIds()).toHaveLength(1);
  });

  it('is still open in its last minute', async () => {
    const { queue, deliver, sentIds } = await setUp();
    queue();
    await deliver(closes - 1);
    expect(sentIds()).toHaveLength(1);
  });

  it('does not hold a confirmation of what the customer asked for', async () => {
    const { store, queue, deliver, sentIds } = await setUp();
    addSubscription({ store }, { nextOrderIso: '2027-04-03T14:30:00.000Z' });
    queue({ ...skipped, isUrgent: true });
    queue();
    await deliver(closes + 2 * hour);
    expect(sentIds()).toEqual([skipped.key]);
  });

  it('is looked at again after the wait for the account’s rate', async () => {
    const { queue, deliver, rows, sentIds } = await setUp();
    queue();
    let now = closes - minute;
    await deliver(now, {
      clock: { now: () => now, sleep: () => Promise.resolve() },
      takeTurn: async () => {
        now = closes;
      },
    });
    expect(sentIds()).toEqual([]);
    expect(rows()).toMatchObject([{ state: 'waiting', dueAt: opens }]);
  });

  it('has what waited for it checked again when it opens', async () => {
    const { store, queue, deliver, rows, sentIds } = await setUp();
    addSubscription({ store }, { nextOrderIso: '2027-04-03T14:30:00.000Z' });
    // The customer’s own skip, seen at night and taken back before the morning.
    queue({ ...skipped, dueAt: closes + hour });
    store.saveSubscription(makeSubscription({ updatedAt: closes }), closes);
    await deliver(opens);
    expect(sentIds()).toEqual([]);
    expect(rows()).toMatchObject([{ state: 'suppressed', reason: 'skip_undone' }]);
  });
});

describe('the switches', () => {
  it('queue nothing and say why while sending is off or the trigger is off', async () => {
    const off = { ...defaultSettings.enabledTriggers, subscription_created: false };
    const { db, set, queue, rows } = await setUp({ settings: { sendingOn: false } });
    expect(queue()).toBe('refused');
    expect(queue()).toBe('known');
    set({ sendingOn: true, enabledTriggers: off });
    expect(queue({ key: 'created:subscription-2' })).toBe('refused');
    expect(rows()).toEqual([]);
    expect(reasonsOf(db)).toEqual(['sending_off', 'trigger_off']);
  });

  it('keep what is in line while sending is off, and let it go when it is on again', async () => {
    const { set, queue, deliver, rows, sentIds } = await setUp();
    queue();
    set({ sendingOn: false });
    await deliver(noon + hour);
    expect(sentIds()).toEqual([]);
    expect(rows()).toMatchObject([{ state: 'planned' }]);
    set({ sendingOn: true });
    await deliver(noon + 2 * hour);
    expect(sentIds()).toHaveLength(1);
  });

  it('stop the queue in the middle', async () => {
    const { set, queue, deliver, sentIds } = await setUp();
    for (let number = 1; number <= 20; number += 1) queue({ key: `created:s-${number}` });
    let turns = 0;
    await deliver(noon, {
      takeTurn: async () => {
        turns += 1;
        if (turns === 5) set({ sendingOn: false });
      },
      takeFreeTurn: () => false,
    });
    expect(sentIds()).toHaveLength(4);
  });

  it('drop what is in line for a trigger that was switched off', async () => {
    const { db, set, queue, deliver, rows, sentIds } = await setUp();
    queue();
    set({ enabledTriggers: { ...defaultSettings.enabledTriggers, subscription_created: false } });
    await deliver();
    expect(sentIds()).toEqual([]);
    expect(rows()).toMatchObject([{ state: 'suppressed', reason: 'trigger_off' }]);
    expect(reasonsOf(db)).toEqual(['queued', 'trigger_off']);
  });

  it('let a notice be planned again when its trigger is switched on again in time', async () => {
    const { store, set, queue, deliver } = await setUp();
    addSubscription({ store }, { noticeOrderDate: '2027-03-04' });
    queue({ key: 'upcoming:subscription-1:2027-03-04:3', trigger: 'upcoming_order', orderDate: '2027-03-04' });
    set({ enabledTriggers: { ...defaultSettings.enabledTriggers, upcoming_order: false } });
    await deliver();
    expect(store.findSubscription('subscription-1')?.noticeOrderDate).toBeNull();
  });
});

describe('the deadline', () => {
  it.each([
    ['upcoming_order', 'too_late'],
    ['payment_method_updated', 'outdated'],
  ] as const)('drops a %s that has lost its point as %s', async (trigger, reason) => {
    const { queue, deliver, rows, sentIds } = await setUp();
    queue({ trigger, key: 'some-key', deadlineAt: noon + minute, orderDate: '2027-03-04' });
    await deliver(noon + minute + 1);
    expect(sentIds()).toEqual([]);
    expect(rows()).toMatchObject([{ state: 'suppressed', reason }]);
  });

  it('is met by a delivery that goes out at that very instant', async () => {
    const { queue, deliver, sentIds } = await setUp();
    queue({ deadlineAt: noon + minute });
    await deliver(noon + minute);
    expect(sentIds()).toHaveLength(1);
  });
});

describe('the queue', () => {
  it('sends confirmations first, then what loses its point soonest', async () => {
    const { store, queue, deliver, sentIds, server } = await setUp();
    addSubscription({ store }, { nextOrderIso: '2027-04-03T14:30:00.000Z' });
    queue({ key: 'late', deadlineAt: noon + 3 * day });
    queue({ key: 'soon', deadlineAt: noon + day });
    queue({ key: 'middle', deadlineAt: noon + 2 * day });
    queue({ ...skipped, isUrgent: true, deadlineAt: noon + 9 * day });
    // The next one may leave when the one before has arrived: so the order of arriving is the order of leaving.
    let turns = 0;
    const takeTurn = async (): Promise<void> => {
      const mine = turns++;
      while (server.seen.length < mine) await new Promise((resolve) => setImmediate(resolve));
    };
    await deliver(noon, { takeTurn, takeFreeTurn: () => false });
    expect(sentIds()).toEqual([skipped.key, 'soon', 'middle', 'late']);
  });

  it('has three requests under way, never more', async () => {
    const open: ServerResponse[] = [];
    let most = 0;
    // Nobody is answered before three are waiting, and then a fourth has its chance to come.
    const hold: Answerer = (_seen, response) => {
      most = Math.max(most, open.push(response));
      if (open.length < 3) return;
      setTimeout(() => {
        for (const each of open.splice(0)) sendJson(each, 202, { event_ids: ['e'] });
      }, 20);
    };
    const { queueEach, deliver, sentIds } = await openOutbox(hold);
    const keys = Array.from({ length: 39 }, (_, number) => `created:s-${number}`);
    queueEach(keys);
    await deliver();
    expect(most).toBe(3);
    expect(sentIds()).toHaveLength(39);
    expect(new Set(sentIds())).toEqual(new Set(keys));
  });

  it('has one request under way for one customer, so that the texts reach a phone in their order', async () => {
    const open: ServerResponse[] = [];
    const order: unknown[] = [];
    const { queue, queueEach, deliver } = await openOutbox((seen, response) => {
      order.push(...externalIds([seen]));
      open.push(response);
      // Both customers are waiting for an answer before anybody gets one.
      if (order.length < 2) return;
      for (const each of open.splice(0)) sendJson(each, 202, { event_ids: ['e'] });
    });
    for (const key of ['first', 'second', 'third']) queue({ key });
    queueEach(['of another']);
    await deliver();
    expect(new Set(order.slice(0, 2))).toEqual(new Set(['first', 'of another']));
    expect(order.slice(2)).toEqual(['second', 'third']);
  });

  it('ends what is under way and begins nothing new while Heads Up closes', async () => {
    let isClosing = false;
    const closing: Answerer = (seen, response, count) => {
      isClosing = true;
      accept(seen, response, count);
    };
    const { queue, deliver, rows } = await openOutbox(closing);
    for (let number = 0; number < 20; number += 1) queue({ key: `created:s-${number}` });
    await deliver(noon, { isClosing: () => isClosing });
    const states = rows().map(({ state }) => state);
    expect(states.filter((state) => state === 'accepted').length).toBeLessThanOrEqual(3);
    expect(states).not.toContain('sending');
  });

  it('waits for all requests when one of them cannot be written down', async () => {
    const { store, queueEach, deliver, rows, sentIds } = await setUp();
    queueEach(Array.from({ length: 6 }, (_, number) => `created:s-${number}`));
    let finished = 0;
    const failing: typeof store = {
      ...store,
      finishDelivery: (finish) => {
        finished += 1;
        // And again, when it is tried without the claim of the next.
        if (finished === 2 || finished === 3) throw new Error('database or disk is full');
        store.finishDelivery(finish);
      },
    };
    await expect(deliver(noon, { store: failing })).rejects.toThrow('disk is full');
    expect(rows().filter(({ state }) => state === 'sending')).toHaveLength(1);
    expect(sentIds()).toHaveLength(6);
    // Its text may have gone out, so a person decides.
    await deliver(noon + hour);
    expect(sentIds()).toHaveLength(6);
    expect(rows().filter(({ state }) => state === 'unknown')).toHaveLength(1);
  });

  it('sends nothing while there is no channel', async () => {
    const { queue, deliver, rows } = await setUp();
    queue();
    await deliver(noon, { channel: undefined });
    expect(rows()).toMatchObject([{ state: 'planned' }]);
  });
});
