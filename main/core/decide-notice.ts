import { cutoffAt, nextWindowOpening, noticeDueAt } from '../../shared/domain/calendar.ts';
import type { EarlierNotice } from '../../shared/domain/deliveries.ts';
import type { DecisionReason } from '../../shared/domain/decisions.ts';
import type { ShopSettings } from '../../shared/domain/settings.ts';
import { deliveryKeys } from '../../shared/domain/triggers.ts';

const HOUR_MS = 3_600_000;

export type BillingClock = Readonly<{ time: string; timeZone: string }>;

/** Of the shop's settings, what a notice depends on. */
export type NoticeSettings = Pick<ShopSettings, 'timeZone' | 'leadDays' | 'window' | 'minimumNoticeHours'>;

export type NoticeTime = Readonly<{ plannedAt: number; dueAt: number; deadlineAt: number; isTooLate: boolean }>;

/** When a notice may go out, or that it no longer may. */
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

/** What is known about one order that decides about its notice. */
export type OrderToNotice = Readonly<{
  subscriptionId: string;
  orderDate: string;
  /** Of its subscription. */
  createdAt: number;
  hasRecipient: boolean;
  /** Its notice so far: one that left or is in line counts before one that was dropped. */
  earlier: Pick<EarlierNotice, 'key' | 'state' | 'mayHaveLeft'> | undefined;
}>;

export type NoticeDecision = Readonly<{
  /** The key that its notice has under these settings. */
  key: string;
  outcome: 'send' | Extract<DecisionReason, 'already_noticed' | 'restored' | 'too_late' | 'no_recipient'>;
}>;

/**
 * What becomes of the notice of an order whose turn it is. Pure; the planner acts by it and the forecast shows it, so
 * that both say the same.
 *
 * @param through what was there to be seen by then may have been dealt with by a file that was replaced since
 */
export function decideNotice(
  { leadDays }: Pick<NoticeSettings, 'leadDays'>,
  { plannedAt, isTooLate }: Pick<NoticeTime, 'plannedAt' | 'isTooLate'>,
  { subscriptionId, orderDate, createdAt, hasRecipient, earlier }: OrderToNotice,
  through: number,
): NoticeDecision {
  const key = deliveryKeys.upcoming(subscriptionId, orderDate, leadDays);
  // One notice for one order, also after the lead days were changed: another key does not make it another order.
  if (earlier !== undefined && (earlier.state !== 'suppressed' || earlier.mayHaveLeft))
    return { key, outcome: 'already_noticed' };
  // A subscription that is younger than the restore cannot have had one.
  if (plannedAt <= through && createdAt <= through) return { key, outcome: 'restored' };
  if (isTooLate) return { key, outcome: 'too_late' };
  return { key, outcome: hasRecipient ? 'send' : 'no_recipient' };
}

/** Which switch keeps every notice back; undefined while they may go. */
export function whyNoticesRest(
  settings: Pick<ShopSettings, 'sendingOn' | 'enabledTriggers'>,
): Extract<DecisionReason, 'sending_off' | 'trigger_off'> | undefined {
  if (!settings.sendingOn) return 'sending_off';
  return settings.enabledTriggers.upcoming_order === true ? undefined : 'trigger_off';
}
