import { expect, it } from 'vitest';
import { groupByOrder } from '../../renderer/features/customers/group-by-order.ts';
import type { DecisionView } from '../../shared/ipc/schemas.ts';

function decide(id: number, orderDate: string | null, subscriptionId = 's-1'): DecisionView {
  return {
    id,
    at: id,
    reason: 'queued',
    trigger: null,
    customerId: 'c-1',
    customerName: '',
    subscriptionId,
    orderDate,
    deliveryId: null,
    replyId: null,
    detail: null,
  };
}

it('puts the decisions of one order together, and leaves the others where they happened', () => {
  const rows = [
    decide(9, '2027-04-03'),
    decide(8, null),
    decide(7, '2027-03-04'),
    decide(6, '2027-03-04', 's-2'),
    decide(5, '2027-04-03'),
    decide(4, null),
    decide(3, '2027-03-04'),
  ];
  expect(groupByOrder(rows).map(({ orderDate, decisions }) => [orderDate, decisions.map(({ id }) => id)])).toEqual([
    ['2027-04-03', [9, 5]],
    [null, [8]],
    ['2027-03-04', [7, 3]],
    ['2027-03-04', [6]],
    [null, [4]],
  ]);
});
