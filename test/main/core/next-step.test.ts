import { expect, it } from 'vitest';
import type { OrderLook } from '../../../main/core/look-for-skip.ts';
import { nextStep } from '../../../main/core/run-skips.ts';
import { makeRow } from '../../helpers/core-shop.ts';

const read = makeRow();
const next: OrderLook = { kind: 'next', orderIso: '2027-03-04T14:30:00.000Z', orderAt: 1, firstSkippedAt: null };
const skipped: OrderLook = { kind: 'skipped', read, events: [], newOrderDate: '2027-04-03', firstSkippedAt: 1 };
const error = { status: null, message: 'no', fieldErrors: [], retryAfterMs: null, body: null };

it.each<[string, OrderLook, number, string]>([
  ['asks while the order is the next one', next, 0, 'ask'],
  ['asks once more after a request that had no effect', next, 1, 'ask'],
  ['never asks a third time', next, 2, 'look_again'],
  ['takes a skip from before our request for somebody else’s', skipped, 0, 'found'],
  ['takes a skip after our request for ours', skipped, 1, 'verify'],
  ['takes a skip after two requests for ours', skipped, 2, 'verify'],
  ['ends when the order is gone and nothing was asked', { kind: 'gone', isActive: true }, 0, 'order_changed'],
  ['ends when the subscription has ended', { kind: 'gone', isActive: false }, 0, 'order_changed'],
  ['ends when it has ended after a request too', { kind: 'gone', isActive: false }, 1, 'order_changed'],
  ['looks again for a request that the log may not show yet', { kind: 'gone', isActive: true }, 1, 'look_again'],
  ['looks again while subscription and log disagree', { kind: 'unsettled' }, 0, 'look_again'],
  ['waits when nobody answered', { kind: 'no_answer', error: { ...error, kind: 'no_answer' } }, 1, 'wait'],
])('%s', (_, look, puts, expected) => {
  const step = nextStep({ puts }, look);
  expect(step.kind === 'end' ? step.reason : step.kind).toBe(expected);
});
