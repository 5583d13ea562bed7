import { describe, expect, it } from 'vitest';
import { searchCustomers } from '../../../main/db/customers.ts';
import { makeCustomer, noon, openTestStore } from '../../helpers/core-shop.ts';

describe('searchCustomers', () => {
  function setUp() {
    const { db, store } = openTestStore();
    const people = [
      { id: 'a', firstName: 'Dana', lastName: 'Reyes', email: 'dana@mail.example', phone: '+12125550123' },
      { id: 'b', firstName: 'Zoë 🌿', lastName: "O'Neil", email: 'zoe@shop.example', phone: '+13105550199' },
      { id: 'c', firstName: 'Dan', lastName: 'Ray', email: null, phone: null },
    ];
    for (const person of people) store.saveCustomer(makeCustomer(person), noon);
    return { store, search: (text: string) => searchCustomers(db, text, 25).map(({ id }) => id) };
  }

  it.each([
    ['', ['c', 'b', 'a']],
    ['dan', ['c', 'a']],
    ['dana rey', ['a']],
    ['zoe', ['b']],
    ['(212) 555-0123', ['a']],
    ['0199', ['b']],
    ['dana@mail', ['a']],
    ["o'neil", ['b']],
    ['" OR 1=1 --', []],
    ['NEAR(', []],
    ['*', ['c', 'b', 'a']],
    ['nobody', []],
  ])('finds for %j exactly %j', (text, ids) => {
    expect(setUp().search(text)).toEqual(ids);
  });

  it('forgets the old name', () => {
    const { store, search } = setUp();
    store.saveCustomer(makeCustomer({ id: 'a', firstName: 'Daphne', email: 'daphne@mail.example' }), noon);
    expect(search('dana')).toEqual([]);
    expect(search('daphne')).toEqual(['a']);
  });
});
