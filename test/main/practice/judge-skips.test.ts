import { expect, it } from 'vitest';
import { lostConfirmations } from '../../../main/practice/judge-skips.ts';

const HOUR_MS = 3_600_000;
const skip = {
  at: 0,
  subscriptionId: 's-1',
  customerId: 'c-1',
  orderDate: '2027-03-06',
  newOrderDate: '2027-04-05',
  by: 'API',
} as const;

function judgeSkip(reason: string | null): readonly string[] {
  const { subscriptionId, orderDate } = skip;
  const decisions = reason === null ? [] : [{ fact: null, reason, trigger: null, subscriptionId, orderDate }];
  return lostConfirmations({ events: [], skips: [skip] }, { decisions }, { endedAt: 24 * HOUR_MS });
}

it('takes a skip for told when it waits for a person, because its request had no clear answer', () => {
  expect(judgeSkip('skip_unclear')).toEqual([]);
});

it('misses the announcement of one that nothing is on record about, or something else', () => {
  expect(judgeSkip(null)).toHaveLength(1);
  expect(judgeSkip('skip_started')).toHaveLength(1);
});
