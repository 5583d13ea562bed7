import { expect, it } from 'vitest';
import type { UndoLook } from '../../../main/core/look-for-skip.ts';
import { nextUndoStep } from '../../../main/core/undo-skip.ts';
import { hour, makeRow, minute, noon } from '../../helpers/core-shop.ts';
import { makeEvent } from '../../helpers/detection.ts';

const entry = makeEvent('SKIP', '2027-03-04', { id: 'entry-1', at: noon });
const skipped: UndoLook = { kind: 'skipped', entry };
const later: UndoLook = { kind: 'skipped', entry: { ...entry, id: 'entry-2', at: noon + hour } };
const back: UndoLook = { kind: 'back', read: makeRow() };
const error = {
  kind: 'no_answer',
  status: null,
  message: 'no',
  fieldErrors: [],
  retryAfterMs: null,
  body: null,
} as const;
const before = { puts: 0, undoOf: null, finishedAt: noon + minute };
const asked = { ...before, puts: 1, undoOf: 'entry-1' };

it.each<[string, UndoLook, Parameters<typeof nextUndoStep>[0], string]>([
  ['asks while the order is skipped as we skipped it', skipped, before, 'ask'],
  ['asks once more after a request that had no effect', skipped, asked, 'ask'],
  ['never asks a third time', skipped, { ...asked, puts: 2 }, 'look_again'],
  ['takes an order that is on again before our request for somebody else’s doing', back, before, 'undo_found'],
  ['takes an order that is on again after our request for ours', back, asked, 'undone'],
  ['leaves alone what somebody skipped after our skip', later, before, 'undo_overtaken'],
  ['leaves alone what somebody skipped after our unskip', later, asked, 'undo_overtaken'],
  ['ends when the subscription has ended and nothing was asked', { kind: 'ended' }, before, 'undo_ended'],
  ['looks again when it has ended after a request', { kind: 'ended' }, asked, 'look_again'],
  ['looks again while subscription and log disagree', { kind: 'unsettled' }, before, 'look_again'],
  ['waits when nobody answered', { kind: 'no_answer', error }, asked, 'wait'],
])('%s', (_, look, skip, expected) => {
  const step = nextUndoStep(skip, look);
  expect('reason' in step ? step.reason : step.kind).toBe(expected);
});

it('goes by the entry that it began with, however close in time another one is', () => {
  const close: UndoLook = { kind: 'skipped', entry: { ...entry, id: 'entry-2', at: noon + 1 } };
  expect(nextUndoStep(asked, close)).toMatchObject({ state: 'undone', reason: 'undo_overtaken' });
});
