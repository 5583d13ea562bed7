import { expect, it } from 'vitest';
import { planNotices } from '../../../main/core/plan-notices.ts';
import type { WriteDb } from '../../../main/db/types.ts';
import { addSubscription, makeCustomer, makeDraft, noon, openTestStore } from '../../helpers/core-shop.ts';

/** Changes rows behind the back of an index, as a damaged page does that holds an older state of it. */
function changeBehind(db: WriteDb, index: string, word: string, change: string): void {
  const rename = (from: string, to: string): void => {
    db.unsafeMode(true);
    db.pragma('writable_schema = ON');
    db.prepare('UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = ?').run(from, to, index);
    db.pragma('writable_schema = RESET');
    db.unsafeMode(false);
  };
  rename(`'${word}'`, `'no ${word}'`);
  db.exec(change);
  rename(`'no ${word}'`, `'${word}'`);
}

it('a delivery that is in line in the index alone is damage, and not handed over again and again', () => {
  const { db, store } = openTestStore();
  store.saveCustomer(makeCustomer(), noon);
  store.insertDelivery({ ...makeDraft(), phone: null, email: null }, noon);
  expect(store.nextDueDelivery(noon, new Map(), false)).toBeDefined();
  changeBehind(db, 'deliveries_open', 'planned', "UPDATE deliveries SET state = 'accepted', finished_at = created_at");
  expect(() => store.nextDueDelivery(noon, new Map(), false)).toThrow(
    expect.objectContaining({ code: 'SQLITE_CORRUPT_INDEX' }),
  );
});

it('an order that is to be planned in the index alone is damage, and not planned without an end', () => {
  const { db, store } = openTestStore();
  addSubscription({ store });
  changeBehind(db, 'subscriptions_to_plan', 'ACTIVE', 'UPDATE subscriptions SET notice_order_date = next_order_date');
  expect(() => planNotices(store, { time: '09:30', timeZone: 'America/New_York' }, noon)).toThrow(
    expect.objectContaining({ code: 'SQLITE_CORRUPT_INDEX' }),
  );
});
