import type { Plan, Subscription } from './world-types.ts';
import { plans } from './shop-facts.ts';
import { dayMs, dayOfMonth, type Zone } from './zone-time.ts';

/** One subscription of a scenario; days are counted from the first day of the practice. */
export type ScenarioSubscription = Readonly<{
  plan: Plan;
  /** Day number in the billing zone. */
  nextDay: number;
  minute?: number;
  status?: Subscription['status'];
  unpauseDay?: number;
  isMigrated?: boolean;
  hasBadCard?: boolean;
  /** The charge of `nextDay` failed before the practice began and is being retried. */
  isRetrying?: boolean;
}>;

/** A case that every practice shop has, whatever its seed. */
export type Scenario = Readonly<{
  name: string;
  firstName: string;
  lastName: string;
  /** Undefined: an ordinary number of its own. Null: none at all. */
  phone?: string | null;
  /** Same number as the customer before. */
  sharesPhone?: boolean;
  countryCode?: string;
  subscriptions: readonly ScenarioSubscription[];
}>;

/** Scenario customers whom Postscript does not know as subscribers. */
export const notOptedIn = 'not a subscriber of Postscript';

/** The scenarios in their fixed order. `today` and the days of the cases are dates in the shop's calendar. */
export function listScenarios(zone: Zone, today: number): Scenario[] {
  const [spring = today + 20, autumn = today + 40] = findClockChanges(zone, today + 5);
  const monthEnd = findMonthEnd(today + 4);
  const one = (
    name: string,
    firstName: string,
    lastName: string,
    subscription: ScenarioSubscription,
    more: Partial<Scenario> = {},
  ): Scenario => ({ name, firstName, lastName, subscriptions: [subscription], ...more });
  const { monthly, weekly, everyTwoWeeks, everyTwoMonths, everyThirtyDays, yearly, prepaidThreeMonths } = plans;

  return [
    {
      name: 'several subscriptions',
      firstName: 'Sybil',
      lastName: 'Several',
      subscriptions: [
        { plan: monthly, nextDay: today + 4 },
        { plan: everyTwoWeeks, nextDay: today + 6 },
        { plan: everyTwoMonths, nextDay: today + 11 },
      ],
    },
    one('prepaid', 'Petra', 'Prepaid', { plan: prepaidThreeMonths, nextDay: today + 8 }),
    one('paused', 'Paul', 'Paused', { plan: monthly, nextDay: today + 2, status: 'PAUSED', unpauseDay: today + 6 }),
    one('first clock change', 'Dora', 'Daylight', { plan: everyThirtyDays, nextDay: spring }),
    one('after the first clock change', 'Dean', 'Daylight', { plan: everyThirtyDays, nextDay: spring + 2 }),
    one('second clock change', 'Stan', 'Standard', { plan: everyThirtyDays, nextDay: autumn }),
    one('after the second clock change', 'Stella', 'Standard', { plan: everyThirtyDays, nextDay: autumn + 2 }),
    one('month end', 'Mona', 'Monthend', { plan: monthly, nextDay: monthEnd }),
    one('annual', 'Anna', 'Annual', { plan: yearly, nextDay: today + 9 }),
    one('migrated', 'Milo', 'Migrated', { plan: monthly, nextDay: today + 7, isMigrated: true }),
    one('no phone', 'Nora', 'Nophone', { plan: monthly, nextDay: today + 5 }, { phone: null }),
    one('shared phone', 'Sam', 'Shared', { plan: monthly, nextDay: today + 5 }),
    one('shared phone', 'Sue', 'Shared', { plan: monthly, nextDay: today + 9 }, { sharesPhone: true }),
    one('emoji name', 'Zoë 🌿🤎', 'Tea🍵', { plan: monthly, nextDay: today + 6 }),
    one('right-to-left name', 'شهرزاد', 'הלוי', { plan: monthly, nextDay: today + 10 }),
    one('markup name', '<script>alert(1)</script>', '"><img src=x>', { plan: monthly, nextDay: today + 12 }),
    one(
      'foreign phone',
      'Fiona',
      'Foreign',
      { plan: monthly, nextDay: today + 13 },
      {
        phone: '+447700900123',
        countryCode: 'GB',
      },
    ),
    one('failing card', 'Frank', 'Failing', { plan: weekly, nextDay: today + 2, hasBadCard: true }),
    one('retry under way', 'Rhea', 'Retry', { plan: monthly, nextDay: today - 1, isRetrying: true }),
    one('order tomorrow', 'Tom', 'Tomorrow', { plan: monthly, nextDay: today + 1 }),
    one('order in two days', 'Toni', 'Twodays', { plan: monthly, nextDay: today + 2 }),
    one('late evening order', 'Eve', 'Evening', { plan: monthly, nextDay: today + 8, minute: 23 * 60 + 30 }),
    one('midnight order', 'Mia', 'Midnight', { plan: monthly, nextDay: today + 8, minute: 0 }),
    one('all cancelled', 'Cara', 'Cancelled', { plan: monthly, nextDay: today + 3, status: 'CANCELLED' }),
    one('expired', 'Ed', 'Expired', { plan: monthly, nextDay: today + 3, status: 'EXPIRED' }),
    one(notOptedIn, 'Opal', 'Optout', { plan: monthly, nextDay: today + 6 }),
  ];
}

/** The local days on which the clocks change, in order. */
export function findClockChanges(zone: Zone, from: number): number[] {
  const days: number[] = [];
  for (let day = from; day < from + 400 && days.length < 2; day++) {
    if (zone.instantOf(day + 1, 0) - zone.instantOf(day, 0) !== dayMs) days.push(day);
  }
  return days;
}

function findMonthEnd(from: number): number {
  let day = from;
  while (dayOfMonth(day) !== 31) day++;
  return day;
}
