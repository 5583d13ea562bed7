import { describe, expect, it } from 'vitest';
import { eraseCustomer } from '../../../main/db/erase-customer.ts';
import { addSubscription, noon, openTestStore } from '../../helpers/core-shop.ts';

function setUp() {
  const { db, store } = openTestStore();
  store.startWalk();
  const rowOf = (id: string): number | undefined =>
    db.prepare<[string], number>('SELECT row_id FROM subscriptions WHERE id = ?').pluck().get(id);
  return { db, store, rowOf };
}

describe('the distinct rows of a walk', () => {
  it('are counted once, whether they are known or not, and anew in the next walk', () => {
    const { store } = setUp();
    addSubscription({ store }, { id: 'known' });
    expect(store.seeInWalk(['known', 'stranger', 'known', 'stranger'])).toBe(2);
    expect(store.seeInWalk(['stranger', 'known', 'another'])).toBe(1);
    expect(store.seeInWalk([])).toBe(0);
    store.startWalk();
    expect(store.seeInWalk(['stranger', 'known'])).toBe(2);
  });

  it('are counted once when they become known in between', () => {
    const { store } = setUp();
    expect(store.seeInWalk(['late'])).toBe(1);
    addSubscription({ store }, { id: 'late' });
    expect(store.seeInWalk(['late'])).toBe(0);
  });

  it('are counted once when their customer is erased in between, and who gets their number is counted too', () => {
    const { db, store, rowOf } = setUp();
    addSubscription({ store }, { id: 'stays' });
    addSubscription({ store }, { id: 'goes', customerId: 'customer-2' });
    addSubscription({ store }, { id: 'unseen', customerId: 'customer-2' });
    const number = rowOf('goes');
    expect(store.seeInWalk(['stays', 'goes'])).toBe(2);
    expect(eraseCustomer(db, 'customer-2', noon)).toBe('erased');
    addSubscription({ store }, { id: 'comes', customerId: 'customer-3' });
    expect(rowOf('comes')).toBe(number);
    expect(store.seeInWalk(['goes', 'stays'])).toBe(0);
    expect(store.seeInWalk(['comes'])).toBe(1);
    expect(store.seeInWalk(['unseen'])).toBe(1);
  });

  it('are told apart where an id is written like the number of another', () => {
    const { db, store, rowOf } = setUp();
    addSubscription({ store }, { id: 'known' });
    const number = String(rowOf('known'));
    expect(store.seeInWalk(['known'])).toBe(1);
    expect(store.seeInWalk([number])).toBe(1);
    eraseCustomer(db, 'customer-1', noon);
    expect(store.seeInWalk([number, 'known'])).toBe(0);
  });

  it('are the ids to the letter', () => {
    const { store } = setUp();
    const ids = ['a', 'A', 'a ', 'a\0', 'a\0b', 'é', 'e\u0301', '🌿', '"', '\\', "'", '1', '1.0', 'null'];
    for (const id of ids.filter((_, index) => index % 2 === 0)) addSubscription({ store }, { id });
    expect(store.seeInWalk(ids)).toBe(ids.length);
    expect(store.seeInWalk(ids)).toBe(0);
  });
});

describe('a page of a walk', () => {
  it('is told what is known of each of its rows, in their order', () => {
    const { store } = setUp();
    const ids = ['a', 'A', 'a\0', '🌿', '"', '\\', '1'];
    for (const [index, id] of ids.entries()) addSubscription({ store }, { id, updatedAt: noon - index });
    const asked = ['1', 'stranger', ...ids, '1', 'a\0b'];
    const standing = { status: 'ACTIVE', nextOrderAt: Date.parse('2027-03-04T14:30:00.000Z') };
    expect(store.findStandings(asked)).toEqual(
      asked.map((id) => {
        const updatedAt = noon - ids.indexOf(id);
        return ids.includes(id) ? { ...standing, updatedAt, eventsThrough: updatedAt } : undefined;
      }),
    );
    expect(store.findStandings([])).toEqual([]);
  });

  it('is told its customers, without strangers and those who were erased', () => {
    const { db, store } = setUp();
    const [id, odd] = ['customer-1', 'a\0"🌿'];
    addSubscription({ store }, { customerId: id }, { lastName: null, phone: null });
    addSubscription({ store }, { id: 'odd', customerId: odd });
    addSubscription({ store }, { id: 'gone', customerId: 'erased' });
    eraseCustomer(db, 'erased', noon);
    const found = store.findCustomers([id, odd, 'erased', 'stranger', 'a']);
    expect(Object.fromEntries(found)).toEqual({ [id]: store.findCustomer(id), [odd]: store.findCustomer(odd) });
    expect(found.get(id)).toMatchObject({ lastName: null, phone: null, firstName: 'Dana' });
  });
});
