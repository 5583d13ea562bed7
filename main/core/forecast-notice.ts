import { nextWindowOpening } from '../../shared/domain/calendar.ts';
import type { DeliveryState } from '../../shared/domain/deliveries.ts';
import type { DecisionReason } from '../../shared/domain/decisions.ts';
import type { ForecastOutcome, UpcomingOrder } from '../../shared/domain/forecast.ts';
import {
  timeNotice,
  type BillingClock,
  type NoticeSettings,
  type NoticeTime,
} from '../../shared/domain/notice-time.ts';
import { decideNotice, type RestoredNotices } from './decide-notice.ts';

export type Forecast = Readonly<{
  outcome: ForecastOutcome;
  /** When it goes out; null when it does not, or has. */
  goesAt: number | null;
  reason: DecisionReason | null;
}>;

export type Forecaster = (order: UpcomingOrder) => Forecast;

const open: ReadonlySet<DeliveryState> = new Set(['planned', 'waiting', 'retrying']);
const noticed: Forecast = { outcome: 'noticed', goesAt: null, reason: 'already_noticed' };
const not = (reason: DecisionReason): Forecast => ({ outcome: 'will_not', goesAt: null, reason });

/**
 * Says what would become of an order's notice if nothing changed until then, with sending and the trigger switched on.
 *
 * What the planner has dealt with stays as it is, whatever the settings become; for the others it asks what the
 * planner asks (`decideNotice`), and then what is asked just before sending. Reads and writes nothing.
 */
export function createForecaster(
  settings: NoticeSettings,
  billing: BillingClock,
  now: number,
  restored: RestoredNotices,
): Forecaster {
  const { timeZone, window } = settings;
  const timeOf = rememberTimes((order) => timeNotice(settings, billing, order, now));

  return (order) => {
    const { notice, isBilled } = order;
    if (order.isPaused) return not('subscription_paused');
    if (notice !== null && open.has(notice.state)) {
      // In line: only the window and its own deadline still move it.
      const goesAt = nextWindowOpening(timeZone, window, Math.max(notice.dueAt, now));
      if (goesAt > notice.deadlineAt) return not('too_late');
      return isBilled ? not('order_billed') : { outcome: 'goes', goesAt, reason: null };
    }
    if (notice !== null && notice.state !== 'suppressed') return noticed;
    if (order.isPlanned) {
      const why = notice?.reason ?? order.decided;
      // Dealt with and yet nothing on record under this date: the shop's zone has changed, and the notice left before.
      return why === null ? noticed : not(why);
    }
    const time = timeOf({ date: order.orderDate, at: order.orderAt });
    // Dropped, but something of it may have reached Postscript: the order gets no other one.
    if (notice?.mayHaveLeft === true) return not(notice.reason);
    const { outcome } = decideNotice(settings, time, { ...order, earlier: notice ?? undefined }, restored);
    if (outcome !== 'send') return not(outcome);
    if (isBilled) return not('order_billed');
    return { outcome: 'goes', goesAt: time.dueAt, reason: null };
  };
}

type Order = Readonly<{ date: string; at: number }>;
const MOST_TIMES = 5000;

/** A shop's orders share a few dates and times of day; working one out is far dearer than looking it up. */
function rememberTimes(timeOf: (order: Order) => NoticeTime): (order: Order) => NoticeTime {
  const times = new Map<string, NoticeTime>();
  return (order) => {
    const name = `${order.date} ${order.at}`;
    let time = times.get(name);
    if (time === undefined) {
      time = timeOf(order);
      if (times.size >= MOST_TIMES) times.clear();
      times.set(name, time);
    }
    return time;
  };
}
