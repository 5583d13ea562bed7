import type { PracticeTour } from '../../../shared/ipc/practice-contract.ts';

export const tourSteps = ['notice', 'answer', 'decision', 'confirmation'] as const;
export type TourStep = (typeof tourSteps)[number];

/**
 * Where the tour is, by what really happened. Only the last border is crossed by a person: what was decided is to be
 * read before the confirmation.
 */
export function findTourStep(tour: PracticeTour, hasReadDecision: boolean): TourStep {
  if (tour.answered === null) return tour.noticed === null ? 'notice' : 'answer';
  return hasReadDecision && tour.confirmation !== null ? 'confirmation' : 'decision';
}
