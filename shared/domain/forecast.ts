/**
 * What the forecast says about the notice of one upcoming order: it goes out, it will not, or the order has one
 * already (handed over, or perhaps handed over).
 */
export const forecastOutcomes = ['goes', 'will_not', 'noticed'] as const;
export type ForecastOutcome = (typeof forecastOutcomes)[number];

/** How far the forecast looks ahead, in days, today included. */
export const FORECAST_DAYS = 30;
