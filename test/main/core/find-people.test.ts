import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listExtremePeople } from '../../../main/core/find-people.ts';
import { findSegmentRange } from '../../../shared/domain/segment-range.ts';
import { countSegments } from '../../../shared/domain/segments.ts';
import { addSubscription, noon, openTestStore } from '../../helpers/core-shop.ts';

/** A shop of people with these first and last names and product titles. */
function setUp(people: readonly Readonly<{ first: string | null; last: string | null; title: string }>[]) {
  const shop = openTestStore({ shopName: 'Fern' });
  people.forEach(({ first, last, title }, index) => {
    addSubscription(
      shop,
      { id: `subscription-${index}`, customerId: `customer-${index}`, productTitles: [title] },
      { platformNumber: String(index), firstName: first, lastName: last },
    );
  });
  const namesOf = () =>
    listExtremePeople(shop.store, 'upcoming_order', noon).map(({ values }) => values['first_name'] ?? '');
  return { ...shop, namesOf };
}

const crowd = Array.from({ length: 200 }, (_, index) => ({
  first: `Person${String(index).padStart(4, '0')}`,
  last: 'Reyes',
  title: 'House Espresso',
}));

describe('listExtremePeople', () => {
  it('finds the one among many that matters, wherever the values are unusual', () => {
    const odd = [
      { first: 'Al', last: 'Reyes', title: 'House Espresso' },
      { first: 'Maximiliana-Theodora', last: 'Reyes', title: 'House Espresso' },
      { first: '王小明000000', last: 'Reyes', title: 'House Espresso' },
      { first: 'PersonLast', last: 'Featherstonehaugh', title: 'House Espresso' },
      { first: 'PersonOdd0', last: 'Żyła!', title: 'House Espresso' },
      { first: 'PersonBook', last: 'Reyes', title: 'Everything there is, twice over, in a large box' },
      { first: 'PersonTeas', last: 'Reyes', title: '抹茶 and espresso' },
      { first: null, last: 'Reyes', title: 'House Espresso' },
    ];
    const { namesOf } = setUp([...crowd, ...odd]);
    expect(namesOf()).toEqual(expect.arrayContaining(odd.map(({ first }) => first ?? '')));
    // The rest of the crowd is left alone.
    expect(namesOf().length).toBeLessThan(100);
  });

  it('looks at every letter that the counting takes for Unicode', () => {
    const { db } = setUp([]);
    const sql = db.prepare<[], string>("SELECT sql FROM sqlite_schema WHERE name = 'subscriptions_beyond_gsm'").pluck();
    const [, pattern] = /GLOB '([^']+)'/.exec(sql.get() ?? '') ?? [];
    const isBeyond = db.prepare<[string, string | undefined], number>('SELECT ? GLOB ?').pluck();
    const missed = Array.from({ length: 0x2fff - 0x20 }, (_, index) => String.fromCharCode(0x20 + index)).filter(
      // Letters alone: a mark is one character with the letter before it, and takes that letter along.
      (character) =>
        !/[\p{M}\p{C}]/u.test(character) &&
        isBeyond.get(character, pattern) !== 1 &&
        countSegments(character).encoding === 'UCS-2',
    );
    expect(missed).toEqual([]);
  });

  it('holds the cheapest and the dearest text of all customers, for copy with one name in it', () => {
    const name = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'é'), minLength: 1, maxLength: 60 }),
      fc.string({ unit: fc.constantFrom('a', '王', 'ł'), minLength: 1, maxLength: 60 }),
    );
    fc.assert(
      fc.property(fc.array(name, { minLength: 40, maxLength: 60 }), (names) => {
        const { store, db } = setUp(names.map((first) => ({ first, last: 'Reyes', title: 'Tea' })));
        const copy = `${'x'.repeat(40)} {first_name} {first_name}`;
        const everybody = names.map((first) => ({ values: { first_name: first, shop_name: 'Fern' } }));
        const found = findSegmentRange(copy, listExtremePeople(store, 'upcoming_order', noon));
        const all = findSegmentRange(copy, everybody);
        db.close();
        expect([found?.cheapest.count.segments, found?.dearest.count.segments]).toEqual([
          all?.cheapest.count.segments,
          all?.dearest.count.segments,
        ]);
      }),
      { numRuns: 25 },
    );
  });
});
