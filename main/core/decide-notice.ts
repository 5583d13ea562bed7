import type { EarlierNotice } from '../../shared/domain/deliveries.ts';
import type { DecisionReason } from '../../shared/domain/decisions.ts';
import { noticeDueAt } from '../../shared/domain/calendar.ts';
import type { NoticeSettings, NoticeStart, NoticeTime } from '../../shared/domain/notice-time.ts';
import type { ShopSettings } from '../../shared/domain/settings.ts';
import { deliveryKeys } from '../../shared/domain/triggers.ts';

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

/** Which notices a file that was replaced may have sent (docs/decisions/0017). */
export type RestoredNotices = Readonly<{
  /** What was there to be seen by then may have been dealt with; before every instant when nothing was restored. */
  through: number;
  /** Null where it is not known, and then it was as it is in the copy. */
  replaced: NoticeStart | null;
}>;

/**
 * What becomes of the notice of an order whose turn it is. Pure; the planner acts by it and the forecast shows it, so
 * that both say the same.
 *
 */
export function decideNotice(
  { timeZone, leadDays }: Pick<NoticeSettings, 'timeZone' | 'leadDays'>,
  { plannedAt, isTooLate }: Pick<NoticeTime, 'plannedAt' | 'isTooLate'>,
  { subscriptionId, orderDate, createdAt, hasRecipient, earlier }: OrderToNotice,
  { through, replaced }: RestoredNotices,
): NoticeDecision {
  const key = deliveryKeys.upcoming(subscriptionId, orderDate, leadDays);
  // One notice for one order, also after the lead days were changed: another key does not make it another order.
  if (earlier !== undefined && (earlier.state !== 'suppressed' || earlier.mayHaveLeft))
    return { key, outcome: 'already_noticed' };
  // A subscription that is younger than the restore cannot have had one.
  const firstAt =
    replaced === null
      ? plannedAt
      : Math.min(plannedAt, noticeDueAt(timeZone, orderDate, replaced.leadDays, replaced.opens));
  if (firstAt <= through && createdAt <= through) return { key, outcome: 'restored' };
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
