import { describe, expect, it } from 'vitest';
import { listDeliveryRows } from '../../../main/db/delivery-log.ts';
import { newestPosition, toLogQuery } from '../../../main/db/delivery-pages.ts';
import { everyDelivery, type DeliveryFilter } from '../../../shared/domain/delivery-filter.ts';
import { addSubscription, makeCustomer, noon, openTestStore } from '../../helpers/core-shop.ts';
import { insertDeliveryFixture, type DeliveryFixture } from '../../helpers/delivery-rows.ts';

function setUp() {
  const { db, store } = openTestStore();
  const own = { customerId: 'dana', subscriptionId: 'sub-dana' } as const;
  addSubscription(
    { store },
    { id: 'sub-dana', customerId: 'dana', platformNumber: '70012' },
    { phone: '+12125550100' },
  );
  addSubscription(
    { store },
    { id: 'sub-tom', customerId: 'tom', platformNumber: '70013' },
    { firstName: 'Tom', lastName: 'Berg', email: 'tom.berg@mail.example', phone: '+442079460100' },
  );
  store.saveCustomer(makeCustomer({ id: 'ana', firstName: 'Ana', phone: '+10100555012', email: null }), noon);
  const insert = (key: string, over: Partial<DeliveryFixture>): void =>
    void insertDeliveryFixture(db, {
      key,
      trigger: 'upcoming_order',
      state: 'accepted',
      answer: '2xx',
      isTest: false,
      subscriptionId: null,
      customerId: null,
      orderDate: null,
      phone: null,
      createdAt: noon,
      ...over,
    });
  insert('upcoming:sub-dana:2027-03-04:3', { ...own, orderDate: '2027-03-04' });
  insert('created:sub-dana', { ...own, state: 'failed' });
  insert('upcoming:sub-tom:2027-03-09:3', { customerId: 'tom', subscriptionId: 'sub-tom', orderDate: '2027-03-09' });
  insert('created:sub-ana', { customerId: 'ana' });
  insert('test:upcoming_order:1', { isTest: true, phone: '+12125550100' });
  const find = (search: string, filter: Partial<DeliveryFilter> = {}, country = 'US'): number[] => {
    const query = toLogQuery(db, { ...everyDelivery, ...filter, search }, { from: 0, until: noon + 1 }, country);
    return listDeliveryRows(db, query, newestPosition, 50)
      .map(({ id }) => id)
      .toSorted((a, b) => a - b);
  };
  return { db, store, find };
}

describe('a search of the log', () => {
  it.each(['(212) 555-0100', '+12125550100', '212.555.0100', '1 212 555 0100', '5550100', '+1 (212) 555‑0100 '])(
    'finds the rows of a phone that is written %s, and the tests to it',
    (spelling) => {
      const { find } = setUp();
      expect(find(spelling)).toEqual([1, 2, 5]);
    },
  );

  it('finds by the last four digits whoever has them', () => {
    const { find } = setUp();
    expect(find('0100')).toEqual([1, 2, 3, 5]);
  });

  it('reads a number without a country as one of the shop’s country', () => {
    const { find } = setUp();
    expect(find('020 7946 0100', {}, 'GB')).toEqual([3]);
  });

  it.each([
    ['a name', 'berg', [3]],
    ['an e-mail address', 'tom.berg@mail.example', [3]],
    ['an order date', '2027-03-09', [3]],
    ['an order date in words', 'March 9, 2027', [3]],
    ['an order date with slashes', '3/4/2027', [1]],
    ['a subscription number', '70012', [1, 2]],
    ['a subscription id', 'sub-tom', [3]],
    ['a delivery number', '#4', [4]],
    ['a delivery number alone', '2', [2]],
    ['a key', 'created:sub-dana', [2]],
    ['nothing that is there', 'nobody@nowhere.example', []],
    ['search syntax', '") OR 1=1 --', []],
  ])('finds by %s', (_, search, ids) => {
    const { find } = setUp();
    expect(find(search)).toEqual(ids);
  });

  it('meets the other filters as well', () => {
    const { find } = setUp();
    expect(find('dana', { state: 'failed' })).toEqual([2]);
    expect(find('70012', { orderDate: '2027-03-04' })).toEqual([1]);
    expect(find('dana', { customerId: 'tom' })).toEqual([]);
    expect(find('0100', { isTest: true })).toEqual([5]);
    expect(find('#3', { customerId: 'dana' })).toEqual([]);
  });

  it('says so when a name is too common to look through everybody who has it', () => {
    const { db, store } = setUp();
    const cut = (): boolean =>
      toLogQuery(db, { ...everyDelivery, search: 'kim' }, { from: 0, until: 1 }, 'US').isSearchCut;
    for (let index = 0; index < 100; index += 1)
      store.saveCustomer(makeCustomer({ id: `kim-${index}`, firstName: 'Kim', phone: null }), noon);
    expect(cut()).toBe(false);
    store.saveCustomer(makeCustomer({ id: 'kim-100', firstName: 'Kim', phone: null }), noon);
    expect(cut()).toBe(true);
  });
});
