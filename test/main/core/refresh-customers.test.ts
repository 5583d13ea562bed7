import fc from 'fast-check';
import { expect, it } from 'vitest';
import { listRowsWithNews, refreshCustomer } from '../../../main/core/apply-subscription.ts';
import { eraseCustomer } from '../../../main/db/erase-customer.ts';
import type { PlatformSubscription } from '../../../shared/domain/platform.ts';
import { addSubscription, makeRow, noon, openTestStore } from '../../helpers/core-shop.ts';

const numbers = ['+12125550123', '(212) 555-0123', '+13105550199', 'none'];

/** What one of six subscriptions, two of each customer, says about its customer. */
const said = fc.record({
  index: fc.nat(5),
  firstName: fc.constantFrom('Dana', 'Zoë', null),
  email: fc.constantFrom('dana@mail.example', 'zoe@mail.example', null),
  phone: fc.constantFrom(...numbers),
});

function toRow({ index, firstName, email, phone }: typeof said extends fc.Arbitrary<infer Said> ? Said : never) {
  const id = `customer-${Math.floor(index / 2)}`;
  const customer = { id, platformNumber: '9001', firstName, lastName: 'Reyes', email };
  return makeRow({ id: `subscription-${index}`, customerId: id }, { customer, phones: [phone] });
}

type Page = readonly PlatformSubscription[];

it('of a page the customers with news alone are looked at, and it comes to the same as looking at all', () => {
  const { db, store } = openTestStore();
  for (const index of [0, 1, 2, 4])
    addSubscription({ store }, { id: `subscription-${index}`, customerId: `customer-${Math.floor(index / 2)}` });
  eraseCustomer(db, 'customer-2', noon);
  const customersAfter = (pages: readonly Page[], choose: (page: Page) => Page): unknown[] => {
    db.exec('BEGIN');
    for (const page of pages) for (const row of choose(page)) refreshCustomer(store, row, noon);
    const customers = db.prepare('SELECT * FROM customers ORDER BY id').all();
    db.exec('ROLLBACK');
    return customers;
  };
  const page = fc.array(said.map(toRow), { maxLength: 5 });
  fc.assert(
    fc.property(fc.array(page, { minLength: 1, maxLength: 3 }), (pages) => {
      const looked = customersAfter(pages, (rows) => listRowsWithNews(store, rows));
      expect(looked).toEqual(customersAfter(pages, (rows) => rows));
    }),
    { numRuns: 300, seed: 27 },
  );
});

it('of a page that says what is known nothing is looked at', () => {
  const { store } = openTestStore();
  addSubscription({ store });
  expect(listRowsWithNews(store, [makeRow(), makeRow({}, { phones: ['212-555-0123'] })])).toEqual([]);
  expect(listRowsWithNews(store, [makeRow({}, { phones: ['+13105550199'] })])).toHaveLength(1);
});
