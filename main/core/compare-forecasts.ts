import type { ForecastOutcome, UpcomingOrder } from '../../shared/domain/forecast.ts';
import type { Forecaster } from './forecast-notice.ts';

/** How the forecasts with the saved settings and with those that are tried differ. */
export type Difference = {
  moved: number;
  becomeTooLate: number;
  becomeInTime: number;
  alreadyNoticed: number;
  goAtOnce: number;
};

export type ForecastCounts = Readonly<{
  totals: Record<ForecastOutcome, number>;
  /** How many notices go out at each instant. */
  goes: Map<number, number>;
  tried: Map<number, number>;
  difference: Difference;
}>;

export type Comparison = Readonly<{
  saved: Forecaster;
  tried: Forecaster | null;
  /** When the window of the tried settings is open next; now, while it is. */
  nextOpening: number;
}>;

export function createCounts(): ForecastCounts {
  return {
    totals: { goes: 0, will_not: 0, noticed: 0 },
    goes: new Map(),
    tried: new Map(),
    difference: { moved: 0, becomeTooLate: 0, becomeInTime: 0, alreadyNoticed: 0, goAtOnce: 0 },
  };
}

/** Adds one order to the counts. */
export function countOrder(
  { totals, goes, tried, difference }: ForecastCounts,
  comparison: Comparison,
  order: UpcomingOrder,
): void {
  const before = comparison.saved(order);
  totals[before.outcome] += 1;
  add(goes, before.goesAt);
  if (comparison.tried === null) return;
  const after = comparison.tried(order);
  add(tried, after.goesAt);
  if (before.outcome === 'noticed') difference.alreadyNoticed += 1;
  if (before.goesAt !== null && after.reason === 'too_late') difference.becomeTooLate += 1;
  if (before.reason === 'too_late' && after.goesAt !== null) difference.becomeInTime += 1;
  if (before.goesAt === null || after.goesAt === null || before.goesAt === after.goesAt) return;
  difference.moved += 1;
  if (after.goesAt === comparison.nextOpening && after.goesAt < before.goesAt) difference.goAtOnce += 1;
}

function add(counts: Map<number, number>, at: number | null): void {
  if (at !== null) counts.set(at, (counts.get(at) ?? 0) + 1);
}
