import { describe, expect, it } from 'vitest';
import { busiestHours, countInHour, readSettings, readTotal, saveSettings, sumHours } from '../../../main/db/shop.ts';
import { defaultSettings } from '../../../shared/domain/settings.ts';
import { addSubscription, day, hour, makeSubscription, noon, openTestStore } from '../../helpers/core-shop.ts';

const setUp = openTestStore;

describe('settings', () => {
  it('are the defaults until something is saved, and come back as saved', () => {
    const { db } = setUp();
    expect(readSettings(db)).toEqual({ ...defaultSettings, sendingOn: true });
    saveSettings(db, { leadDays: 5, window: { opens: '09:00', closes: '20:00' } });
    expect(readSettings(db)).toMatchObject({ leadDays: 5, window: { opens: '09:00', closes: '20:00' } });
  });

  it('fall back to the default where a saved value makes no sense', () => {
    const { db } = setUp();
    const insert = db.prepare('INSERT INTO settings (name, value) VALUES (?, ?)');
    insert.run('leadDays', '"three"');
    insert.run('window', '{"opens":"21:00","closes":"11:00"}');
    insert.run('colour', '"blue"');
    expect(readSettings(db)).toEqual({ ...defaultSettings, sendingOn: true });
  });

  it('keep a trigger off that a version with fewer triggers has switched off', () => {
    const { db } = setUp();
    const older = { subscription_created: false, upcoming_order: true };
    db.prepare("INSERT INTO settings (name, value) VALUES ('enabledTriggers', ?)").run(JSON.stringify(older));
    expect(readSettings(db).enabledTriggers).toEqual({
      ...defaultSettings.enabledTriggers,
      subscription_created: false,
    });
  });
});

describe('kept numbers', () => {
  it('count customers and active subscriptions as they come and go', () => {
    const { db, store } = setUp();
    addSubscription({ store });
    addSubscription({ store }, { id: 'two', status: 'PAUSED' });
    addSubscription({ store }, { id: 'three', customerId: 'customer-3' });
    store.saveSubscription(makeSubscription({ status: 'CANCELLED' }), noon);
    store.saveSubscription(makeSubscription({ id: 'two', status: 'ACTIVE' }), noon);
    expect(readTotal(db, 'customers')).toBe(2);
    expect(readTotal(db, 'active_subscriptions')).toBe(2);
  });

  it('sum up whole hours, and find the busiest of each day without the hours that are judged', () => {
    const { db } = setUp();
    const count = (at: number, times: number): void => {
      for (let each = 0; each < times; each += 1) countInHour(db, 'queued', at);
    };
    count(noon, 7);
    count(noon - hour, 5);
    count(noon - 2 * hour, 3);
    count(noon - day, 4);
    count(noon - day - hour, 2);
    expect(sumHours(db, 'queued', noon - 2 * hour, noon)).toBe(8);
    expect(busiestHours(db, noon - 14 * day, noon - hour)).toEqual([3, 4]);
  });
});
