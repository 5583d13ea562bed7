import { describe, expect, it } from 'vitest';
import { listDeliveryIds, listDeliveryRows, type LoggedDelivery } from '../../../main/db/delivery-log.ts';
import { countNewer, newestPosition, toLogQuery, type LogPosition } from '../../../main/db/delivery-pages.ts';
import { answerClasses, everyDelivery, type DeliveryFilter } from '../../../shared/domain/delivery-filter.ts';
import { deliveryStates } from '../../../shared/domain/deliveries.ts';
import { triggerNames } from '../../../shared/domain/triggers.ts';
import { day, noon, openTestStore } from '../../helpers/core-shop.ts';
import { createChance, insertDeliveryFixture, makeDeliveryFixture } from '../../helpers/delivery-rows.ts';

const customerIds = ['customer-1', 'customer-2', 'customer-3', null];
const dates = ['2027-03-04', '2027-03-05', null];
const everPeriod = { from: 0, until: Number.MAX_SAFE_INTEGER };

/** A few hundred rows of every kind, some of the same millisecond, and not in the order of their ids. */
function setUp(rows = 400) {
  const { db, store } = openTestStore();
  const choose = createChance(7);
  const times = Array.from({ length: 90 }, (_, index) => noon - index * (day / 8));
  const written = Array.from({ length: rows }, (_, index) => {
    const row = makeDeliveryFixture(choose, index, { customerIds, dates, times });
    return { ...row, id: insertDeliveryFixture(db, row) };
  });
  const inOrder = written.toSorted((a, b) => b.createdAt - a.createdAt || b.id - a.id);
  return { db, store, choose, inOrder };
}

type Written = ReturnType<typeof setUp>['inOrder'][number];

/** The filter as one would write it down without a database. */
function isIn(filter: DeliveryFilter, period: typeof everPeriod, row: Written): boolean {
  return (
    (filter.state ?? row.state) === row.state &&
    (filter.trigger ?? row.trigger) === row.trigger &&
    (filter.answer === null || filter.answer === row.answer) &&
    (filter.isTest ?? row.isTest) === row.isTest &&
    (filter.customerId === null || filter.customerId === row.customerId) &&
    (filter.orderDate === null || filter.orderDate === row.orderDate) &&
    row.createdAt >= period.from &&
    row.createdAt < period.until
  );
}

function readAll(db: Parameters<typeof listDeliveryRows>[0], query: ReturnType<typeof toLogQuery>, pageSize: number) {
  const ids: number[] = [];
  for (let before: LogPosition = newestPosition; ;) {
    const page: LoggedDelivery[] = listDeliveryRows(db, query, before, pageSize);
    ids.push(...page.map(({ id }) => id));
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return ids;
    before = last;
  }
}

describe('the pages of the log', () => {
  it('hold what a plain filter would let through, newest first, whatever is combined', () => {
    const { db, choose, inOrder } = setUp();
    for (let round = 0; round < 300; round += 1) {
      const filter: DeliveryFilter = {
        ...everyDelivery,
        state: choose([null, null, ...deliveryStates]),
        trigger: choose([null, null, null, ...triggerNames]),
        answer: choose([null, null, null, ...answerClasses]),
        isTest: choose([null, null, true, false]),
        customerId: choose([null, null, 'customer-1', 'customer-2', 'nobody']),
        orderDate: choose([null, null, '2027-03-04', '2027-03-05']),
      };
      const period = choose([
        everPeriod,
        { from: noon - 5 * day, until: noon - day },
        { from: noon - day, until: noon },
      ]);
      const query = toLogQuery(db, filter, period, 'US');
      const expected = inOrder.filter((row) => isIn(filter, period, row)).map(({ id }) => id);
      expect({ filter, period, ids: readAll(db, query, 7) }).toEqual({ filter, period, ids: expected });
      expect(listDeliveryIds(db, query)).toEqual(expected);
      const after = inOrder.find(({ id }) => id === expected.at(-1)) ?? newestPosition;
      expect(countNewer(db, query, after, 1000)).toBe(Math.max(0, expected.length - 1));
    }
  });

  it('are each one search of an index in the right order, for every combination that a screen can ask for', () => {
    const { db } = setUp(1);
    const texts = new Set<string>();
    const prepare = db.prepare.bind(db);
    Object.assign(db, {
      prepare: (sql: string) => {
        texts.add(sql);
        return prepare(sql);
      },
    });
    for (const state of [null, 'failed'] as const)
      for (const trigger of [null, 'upcoming_order'] as const)
        for (const answer of [null, '2xx', '5xx'] as const)
          for (const isTest of [null, true, false])
            for (const customerId of [null, 'customer-1'])
              for (const orderDate of [null, '2027-03-04'])
                for (const search of ['', '#1', '+1 212 555 0100', '2027-03-04', 'dana']) {
                  const filter = { ...everyDelivery, state, trigger, answer, isTest, customerId, orderDate, search };
                  const query = toLogQuery(db, filter, everPeriod, 'US');
                  listDeliveryRows(db, query, newestPosition, 50);
                  listDeliveryIds(db, query);
                  countNewer(db, query, { createdAt: 0, id: 0 }, 100);
                }
    const ofLog = [...texts].filter((sql) => sql.includes('(deliveries.created_at, deliveries.id)'));
    expect(ofLog.length).toBeGreaterThan(200);
    const faults = ofLog.flatMap((sql) => {
      const values = Object.fromEntries([...sql.matchAll(/:(\w+)/g)].map(([, name]) => [name ?? '', null]));
      const details = db
        .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all(values)
        .map(({ detail }) => detail);
      const isById = sql.includes('deliveries.id = :id');
      const isGood = (detail: string): boolean =>
        isById
          ? detail.startsWith('SEARCH deliveries USING INTEGER PRIMARY KEY (rowid=?)')
          : /^SEARCH deliveries USING (COVERING )?INDEX \w+ \(.*created_at[<>]\?/.test(detail);
      const bad = details.filter((detail) => !detail.startsWith('SEARCH customers') && !isGood(detail));
      return bad.map((detail) => `${detail}: ${sql}`);
    });
    expect(faults).toEqual([]);
  });
});
