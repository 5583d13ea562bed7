import { frequencyUnits, type Frequency, type FrequencyUnit } from '../../../shared/domain/platform.ts';

const ruleUnits: Readonly<Record<string, FrequencyUnit>> = {
  DAILY: 'DAY',
  WEEKLY: 'WEEK',
  MONTHLY: 'MONTH',
  YEARLY: 'YEAR',
};

/** `WEEK`, 2: every two weeks. Null when either part is not one that we know. */
export function toFrequency(interval: string | null, count: number | null): Frequency | null {
  const unit = frequencyUnits.find((known) => known === interval?.toUpperCase());
  return unit === undefined || count === null || count < 1 || count > 1000 ? null : { count, unit };
}

/**
 * Reads FREQ and INTERVAL of a recurrence rule, with or without `RRULE:` and a DTSTART line in front.
 *
 * Only a fallback for when the selling plan is gone (subscription-platforms.md 1.4).
 *
 * @example parseRuleFrequency('RRULE:FREQ=WEEKLY;INTERVAL=2') // { count: 2, unit: 'WEEK' }
 */
export function parseRuleFrequency(rule: string): Frequency | null {
  const unit = ruleUnits[/\bFREQ=([A-Z]+)/i.exec(rule)?.[1]?.toUpperCase() ?? ''];
  // Without an interval it is one; with one that is no number, nothing is known.
  const interval = /\bINTERVAL=([^;\s]*)/i.exec(rule)?.[1] ?? '1';
  return unit === undefined || !/^\d{1,4}$/.test(interval) ? null : toFrequency(unit, Number(interval));
}
