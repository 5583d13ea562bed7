import { describe, expect, it } from 'vitest';
import { listCustomers, searchCustomers } from '../../../main/db/customer-search.ts';
import type { ShopSettings } from '../../../shared/domain/settings.ts';
import { makeCustomer, noon, openTestStore } from '../../helpers/core-shop.ts';

describe('searchCustomers', () => {
  function setUp(settings: Partial<ShopSettings> = {}) {
    const { db, store } = openTestStore(settings);
    const people = [
      { id: 'a', firstName: 'Dana', lastName: 'Reyes', email: 'dana@mail.example', phone: '+12125550123' },
      { id: 'b', firstName: 'Zoë 🌿', lastName: "O'Neil", email: 'zoe@shop.example', phone: '+13105550199' },
      { id: 'c', firstName: 'Dan', lastName: 'Ray', email: null, phone: null },
      { id: 'd', firstName: 'Ada', lastName: 'King', email: null, phone: '+442079460958' },
    ];
    for (const person of people) store.saveCustomer(makeCustomer(person), noon);
    const page = (text: string, before: number, limit: number) => listCustomers(db, text, before, limit);
    const search = (text: string) => searchCustomers(db, text, 25).map(({ id }) => id);
    return { store, page, search };
  }

  it.each([
    ['', ['d', 'c', 'b', 'a']],
    ['dan', ['c', 'a']],
    ['dana rey', ['a']],
    ['zoe', ['b']],
    ['d', ['c', 'a']],
    ['É', ['b', 'a']],
    ['x', []],
    ['da@mail.example', []],
    ['(212) 555-0123', ['a']],
    ['+1 212 555 0123', ['a']],
    ['1-212-555-0123', ['a']],
    ['+12125550123', ['a']],
    ['212.555.0123', ['a']],
    ['\u202d+1\u00a0(212)\u00a0555-0123\u202c', ['a']],
    ['２１２５５５０１２３', ['a']],
    ['212 555', ['a']],
    ['0199', ['b']],
    ['+44 20 7946 0958', ['d']],
    ['0044 20 7946 0958', ['d']],
    ['020 7946 0958', ['d']],
    ['0000', []],
    ['dana@mail', ['a']],
    [' Dana@Mail.Example ', ['a']],
    ['dana@shop.example', []],
    ['zoe@mail.example', []],
    ['@mail.example', ['a']],
    ["o'neil", ['b']],
    ['" OR 1=1 --', []],
    ['NEAR(', []],
    ['*', ['d', 'c', 'b', 'a']],
    ['nobody', []],
  ])('finds for %j exactly %j', (text, ids) => {
    expect(setUp().search(text)).toEqual(ids);
  });

  it('reads a national spelling in the shop’s country', () => {
    expect(setUp({ country: 'GB' }).search('(020) 7946-0958')).toEqual(['d']);
  });

  // One letter is looked for among the newest while a page can be filled, and in the index otherwise.
  it.each(['', 'da', 'd', 'o', 'É'])('turns pages of %j without leaving one out or showing one twice', (text) => {
    const { page, search } = setUp();
    const seen: string[] = [];
    for (
      let before = Number.MAX_SAFE_INTEGER, rows = page(text, before, 1);
      rows.length > 0;
      rows = page(text, before, 1)
    ) {
      seen.push(...rows.map(({ customer }) => customer.id));
      before = rows.at(-1)?.row ?? 0;
    }
    expect(seen).toEqual(search(text));
    expect(seen.length).toBeGreaterThan(0);
  });

  it('forgets the old name', () => {
    const { store, search } = setUp();
    store.saveCustomer(makeCustomer({ id: 'a', firstName: 'Daphne', email: 'daphne@mail.example' }), noon);
    expect(search('dana')).toEqual([]);
    expect(search('daphne')).toEqual(['a']);
  });
});
