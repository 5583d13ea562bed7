import { expect, it } from 'vitest';
import { describeMove, describeNext } from '../../renderer/features/practice/practice-words.ts';
import { findTourStep } from '../../renderer/features/practice/tour-step.ts';
import type { PracticeTour } from '../../shared/ipc/practice-contract.ts';

const quiet = { from: 0, now: 1, noticesAccepted: 0, othersAccepted: 0, notSent: 0, replies: 0, skipped: 0 };

it('says what a move brought, each thing in its number', () => {
  expect(describeMove(quiet)).toBe('nothing happened');
  expect(describeMove({ ...quiet, noticesAccepted: 2, replies: 1 })).toBe('2 notices accepted, 1 reply');
  expect(describeMove({ ...quiet, othersAccepted: 1, skipped: 1, notSent: 3 })).toBe(
    '1 other trigger accepted, 1 order skipped, 3 triggers not sent',
  );
});

it('says what comes next, and when', () => {
  expect(describeNext(null, String)).toBe('nothing is planned');
  expect(describeNext({ at: 9, what: 'reply' }, (at) => `at ${at}`)).toBe('a customer answers, at 9');
});

it('takes the tour a step further only for what really happened', () => {
  const person = { customerId: 'c1', customerName: 'Dana' };
  const start: PracticeTour = {
    noticed: null,
    answered: null,
    decision: null,
    platformEvent: null,
    confirmation: null,
  };
  const noticed = { ...start, noticed: person };
  const answered = { ...noticed, answered: { ...person, at: 1 } };
  const confirmed = { ...answered, confirmation: { at: 2, body: 'Confirmed!' } };
  expect([start, noticed, answered, confirmed].map((tour) => findTourStep(tour, false))).toEqual([
    'notice',
    'answer',
    'decision',
    'decision',
  ]);
  // Reading is not enough while nothing was confirmed.
  expect(findTourStep(answered, true)).toBe('decision');
  expect(findTourStep(confirmed, true)).toBe('confirmation');
});
