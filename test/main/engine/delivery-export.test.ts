import { expect, it } from 'vitest';
import type { EngineContext } from '../../../main/engine/context.ts';
import { deliveryExportHandlers } from '../../../main/engine/handlers/delivery-export.ts';
import { everyDelivery } from '../../../shared/domain/delivery-filter.ts';
import { makeCustomer, noon, openTestStore } from '../../helpers/core-shop.ts';
import { createChance, insertDeliveryFixture, makeDeliveryFixture } from '../../helpers/delivery-rows.ts';
import { readCsv } from '../../helpers/read-csv.ts';

/** More rows than two pages hold, for people with difficult names. */
function setUp() {
  const { db, store } = openTestStore();
  const names = ['Dana "D" Reyes', '=HYPERLINK("http://evil.example")', 'Zoë,\nTwo Lines', '王小明'];
  names.forEach((firstName, index) =>
    store.saveCustomer(makeCustomer({ id: `customer-${index}`, firstName, lastName: null }), noon),
  );
  const choose = createChance(3);
  const choices = {
    customerIds: names.map((_, index) => `customer-${index}`),
    dates: ['2027-03-04', null],
    times: Array.from({ length: 50 }, (_, index) => noon - index * 3_600_000),
  };
  const written = Array.from({ length: 2_300 }, (_, index) => {
    const row = makeDeliveryFixture(choose, index, choices);
    return { ...row, id: insertDeliveryFixture(db, row) };
  });
  // All that this handler uses of the engine.
  const context = { active: () => ({ db, store }) } as unknown as EngineContext;
  return { names, written, exportPage: deliveryExportHandlers(context)['deliveries.exportPage'] };
}

it('exports exactly the rows of the filter, page by page, and they read back as they were', async () => {
  const { names, written, exportPage } = setUp();
  const filter = { ...everyDelivery, isTest: false };
  const parts: string[] = [];
  for (let cursor: string | null = null, isMore = true; isMore; isMore = cursor !== null) {
    const page: Awaited<ReturnType<typeof exportPage>> = await exportPage({ filter, cursor, withPhones: false });
    if (!page.ok) throw new Error(page.error.message);
    parts.push(page.value.text);
    cursor = page.value.nextCursor;
  }
  expect(parts).toHaveLength(2);
  const [headings, ...rows] = readCsv(parts.join(''));
  expect(headings?.slice(0, 4)).toEqual(['Delivery', 'Key', 'Trigger', 'State']);
  const expected = written
    .filter(({ isTest }) => !isTest)
    .toSorted((a, b) => b.createdAt - a.createdAt || b.id - a.id)
    .map(({ id, key, state, customerId, orderDate, answer }) => {
      const name = names[Number(customerId?.slice(-1))] ?? '';
      return {
        id: String(id),
        key,
        state,
        name: name.replace(/^=/, "'="),
        order: orderDate ?? '',
        answer: answer ?? '',
      };
    });
  expect(
    rows.map(([id, key, , state, , , name, , , order, , answer]) => ({ id, key, state, name, order, answer })),
  ).toEqual(expected);
});
