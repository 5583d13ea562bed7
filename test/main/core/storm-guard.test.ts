import { describe, expect, it } from 'vitest';
import { readHold } from '../../../main/core/hold.ts';
import { allowVolume, releaseStorm, stormLimit } from '../../../main/core/storm-guard.ts';
import { day, hour, minute, noon } from '../../helpers/core-shop.ts';
import { accept, openOutbox } from '../../helpers/outbox.ts';

async function setUp(options: Parameters<typeof openOutbox>[1] = {}) {
  const outbox = await openOutbox(accept, options);
  const { store } = outbox;
  return {
    ...outbox,
    queueMany: (count: number, name = 's') => {
      for (let number = 0; number < count; number += 1) outbox.queue({ key: `created:${name}-${number}` });
    },
    /** The busiest hour of each of the days before. */
    rememberDays: (counts: readonly number[]) => {
      for (const [days, count] of counts.entries()) {
        for (let each = 0; each < count; each += 1) store.count('queued', noon - (days + 1) * day);
      }
    },
  };
}

describe('the storm guard', () => {
  it('lets a small shop send fifty in an hour', async () => {
    const { store, queueMany, deliver, sentIds } = await setUp();
    queueMany(50);
    await deliver();
    expect(sentIds()).toHaveLength(50);
    expect(readHold(store, noon)).toBeUndefined();
  });

  it('holds what is more before the first text, also on the very first day', async () => {
    const { store, queueMany, deliver, sentIds, rows } = await setUp();
    queueMany(51);
    await deliver();
    await deliver(noon + 3 * hour);
    expect(sentIds()).toEqual([]);
    expect(readHold(store, noon)).toMatchObject({ kind: 'storm', since: noon });
    expect(new Set(rows().map(({ state }) => state))).toEqual(new Set(['planned']));
  });

  it('lets through, when a person releases it, everything once', async () => {
    const { store, queueMany, deliver, sentIds } = await setUp();
    queueMany(80);
    await deliver();
    releaseStorm(store, noon + hour);
    await deliver(noon + hour);
    await deliver(noon + 2 * hour);
    expect(new Set(sentIds()).size).toBe(80);
    expect(sentIds()).toHaveLength(80);
  });

  it('takes ten times the usual busiest hour for too much, and an odd day for no rule', async () => {
    const { store, rememberDays, queueMany, deliver, sentIds } = await setUp();
    rememberDays([9, 8, 400, 7, 8]);
    expect(stormLimit(store, noon)).toBe(80);
    queueMany(80);
    await deliver();
    expect(sentIds()).toHaveLength(80);
    queueMany(1, 'one-more');
    await deliver();
    expect(sentIds()).toHaveLength(80);
    expect(readHold(store, noon)?.kind).toBe('storm');
  });

  it('follows the shop’s own factor', async () => {
    const { store, rememberDays } = await setUp({ settings: { stormFactor: 20 } });
    rememberDays([9, 9, 9]);
    expect(stormLimit(store, noon)).toBe(180);
  });

  it('forgets what was queued more than an hour ago', async () => {
    const { store, queueMany, deliver, sentIds } = await setUp();
    queueMany(40);
    await deliver();
    await deliver(noon + hour);
    queueMany(40, 'later');
    await deliver(noon + hour + minute);
    expect(sentIds()).toHaveLength(80);
    expect(readHold(store, noon)).toBeUndefined();
  });

  it('lets through for a day twice what a person has seen and wanted', async () => {
    const { store } = await setUp();
    allowVolume(store, 300, noon);
    expect(stormLimit(store, noon + day - 1)).toBe(600);
    expect(stormLimit(store, noon + day)).toBe(50);
  });

  it('sees a storm that breaks while the queue is being emptied', async () => {
    const { store, queueMany, deliver, sentIds } = await setUp();
    queueMany(30);
    let isStorm = false;
    await deliver(noon, {
      takeTurn: async () => {
        if (!isStorm) queueMany(500, 'storm');
        isStorm = true;
      },
    });
    expect(readHold(store, noon)?.kind).toBe('storm');
    expect(sentIds().length).toBeLessThan(50);
  });

  it('does not count tests', async () => {
    const { store, deliver } = await setUp();
    for (let number = 0; number < 60; number += 1) {
      const when = { occurredAt: noon, dueAt: noon, deadlineAt: noon + day, isUrgent: true };
      const whom = { customerId: null, subscriptionId: null, phone: null, email: null };
      const order = { orderDate: null, orderAt: null, billId: null };
      store.insertTestDelivery(
        { key: `test:${number}`, trigger: 'upcoming_order', properties: {}, ...when, ...whom, ...order },
        noon,
      );
    }
    await deliver();
    expect(readHold(store, noon)).toBeUndefined();
  });
});
