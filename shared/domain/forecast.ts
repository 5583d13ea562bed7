import type { EarlierNotice } from './deliveries.ts';
import type { DecisionReason } from './decisions.ts';

/**
 * What the forecast says about the notice of one upcoming order: it goes out, it will not, or the order has one
 * already (handed over, or perhaps handed over).
 */
export const forecastOutcomes = ['goes', 'will_not', 'noticed'] as const;
export type ForecastOutcome = (typeof forecastOutcomes)[number];

/** How far the forecast looks ahead, in days, today included. */
export const FORECAST_DAYS = 30;

/** The next order of one subscription, with everything on record that decides about its notice. */
export type UpcomingOrder = Readonly<{
  subscriptionId: string;
  orderDate: string;
  orderAt: number;
  /** Of its subscription. */
  createdAt: number;
  isPaused: boolean;
  hasRecipient: boolean;
  /** A bill for it is under way, or done. */
  isBilled: boolean;
  /** The planner has dealt with this order and will not look at it again. */
  isPlanned: boolean;
  /** Its notice so far: one that left or is in line counts before one that was dropped. */
  notice: ForecastNotice | null;
  /** Why it has no notice, as it stands in the log; null when nothing does. */
  decided: DecisionReason | null;
}>;

/** A notice as the forecast needs it. */
export type ForecastNotice = Pick<
  EarlierNotice,
  'id' | 'key' | 'state' | 'reason' | 'dueAt' | 'deadlineAt' | 'mayHaveLeft'
>;
