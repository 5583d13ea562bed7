import { cutoffAt, nextWindowOpening, noticeDueAt } from './calendar.ts';
import type { ShopSettings } from './settings.ts';

const HOUR_MS = 3_600_000;

/** When the platform's billing run begins on its day (subscription-platforms.md 1.6): `HH:MM`, in that zone. */
export type BillingClock = Readonly<{ time: string; timeZone: string }>;

/** Of the shop's settings, what a notice depends on. */
export type NoticeSettings = Pick<ShopSettings, 'timeZone' | 'leadDays' | 'window' | 'minimumNoticeHours'>;

/** How long before an order, and at which time of day, a notice goes out at the earliest. */
export type NoticeStart = Readonly<{ leadDays: number; opens: string }>;

export type NoticeTime = Readonly<{ plannedAt: number; dueAt: number; deadlineAt: number; isTooLate: boolean }>;

/** When a notice may go out, or that it no longer may. The planner acts by it; the settings show it. */
export function timeNotice(
  settings: NoticeSettings,
  billing: BillingClock,
  order: Readonly<{ date: string; at: number }>,
  now: number,
): NoticeTime {
  const { timeZone, leadDays, window, minimumNoticeHours } = settings;
  const plannedAt = noticeDueAt(timeZone, order.date, leadDays, window.opens);
  const deadlineAt = cutoffAt(order.at, billing) - minimumNoticeHours * HOUR_MS;
  const dueAt = nextWindowOpening(timeZone, window, Math.max(plannedAt, now));
  return { plannedAt, dueAt, deadlineAt, isTooLate: dueAt > deadlineAt };
}
