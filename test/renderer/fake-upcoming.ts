import type { ShopSettings } from '../../shared/domain/settings.ts';
import type { Handlers, Output } from '../../shared/ipc/contract.ts';
import type { MissedNotice } from '../../shared/ipc/status-contract.ts';
import type { TriedSettings, UpcomingRow } from '../../shared/ipc/upcoming-contract.ts';
import { ok } from '../../shared/result.ts';
import { customers, DAY, dayFrom, ENDLESS_NAME, HOUR, NOW, pick } from './fake-data.ts';

type Now = Readonly<{ hasData: boolean; settings: ShopSettings }>;
type Channels = 'overview.get' | 'overview.missed' | 'upcoming.list' | 'upcoming.days';

const perDay = [38, 52, 47, 61, 0, 12, 44, 58, 3, 71, 49, 20, 0, 33];
const PAGE = 50;

const stories = [
  { outcome: 'goes', reason: null },
  { outcome: 'goes', reason: null },
  { outcome: 'will_not', reason: 'too_late' },
  { outcome: 'goes', reason: null },
  { outcome: 'noticed', reason: 'already_noticed' },
  { outcome: 'will_not', reason: 'no_recipient' },
  { outcome: 'goes', reason: null },
  { outcome: 'will_not', reason: 'subscription_paused' },
] as const;

function makeRows(leadDays: number): UpcomingRow[] {
  return Array.from({ length: 120 }, (_, index): UpcomingRow => {
    const customer = pick(customers, index);
    const { outcome, reason } = pick(stories, index);
    const noticeDay = Math.floor(index / 5);
    return {
      subscriptionId: `sub-${index + 1}`,
      platformNumber: String(10_234_500 + index),
      customerId: customer.id,
      customerName: customer.name,
      phone: customer.phone === null ? null : '+1 (212) •••-0110',
      hasEmail: customer.email !== null,
      orderDate: dayFrom(noticeDay + leadDays),
      productTitles: customer.name === ENDLESS_NAME ? [ENDLESS_NAME] : ['House Espresso 500 g'],
      noticeDate: dayFrom(noticeDay),
      outcome,
      goesAt: outcome === 'goes' ? NOW + noticeDay * DAY + 2 * HOUR : null,
      reason,
      delivery: outcome === 'noticed' ? { id: 137, state: 'accepted' } : null,
      renderedCopy: `Hi ${customer.name}, your Fern & Fable order is coming up. Reply SKIP to skip this order.`,
      segments: 1,
    };
  });
}

function makeDays(hasData: boolean, settings: ShopSettings, tried: TriedSettings | null): Output<'upcoming.days'> {
  const { leadDays, window, minimumNoticeHours } = settings;
  const countAt = (day: number): number => (hasData && day >= 0 ? pick(perDay, day) : 0);
  const shift = (tried?.leadDays ?? leadDays) - leadDays;
  return {
    restsBecause: settings.sendingOn ? null : 'sending_off',
    saved: { leadDays, window, minimumNoticeHours },
    totals: hasData ? { goes: 1_044, will_not: 38, noticed: 96 } : { goes: 0, will_not: 0, noticed: 0 },
    days: Array.from({ length: 30 }, (_, day) => ({
      date: dayFrom(day),
      goes: countAt(day),
      tried: tried === null ? null : countAt(day + shift),
    })),
    difference:
      tried === null
        ? null
        : { moved: 1_012, becomeTooLate: shift < 0 ? 12 : 0, becomeInTime: 0, alreadyNoticed: 96, goAtOnce: 90 },
  };
}

const missed: readonly MissedNotice[] = customers.slice(0, 7).map((customer, index) => ({
  id: 100 - index,
  at: NOW - index * 9 * HOUR,
  customerId: customer.id,
  customerName: customer.name,
  phone: customer.phone === null ? null : '+1 (212) •••-0110',
  orderDate: dayFrom(1 - index),
  productTitles: ['House Espresso 500 g'],
  detail: 'Charged from 2027-03-16T13:30:00.000Z; 24 h are the minimum.',
}));

/** Overview and Upcoming over believable data. */
export function createFakeUpcoming(now: () => Now): Pick<Handlers, Channels> {
  return {
    'overview.get': () => {
      const { hasData } = now();
      return ok({
        customers: hasData ? 1_284 : 0,
        activeSubscriptions: hasData ? 1_530 : 0,
        today: hasData
          ? { accepted: 86, waiting: 14, notSent: 9, replies: 11, skipped: 5 }
          : { accepted: 0, waiting: 0, notSent: 0, replies: 0, skipped: 0 },
        unknown: hasData ? 13 : 0,
        failed: hasData ? 12 : 0,
        missed: hasData ? missed.length : 0,
        upcomingNotices: Array.from({ length: 14 }, (_, index) => ({
          date: dayFrom(index),
          notices: hasData ? pick(perDay, index) : 0,
        })),
        noticesDueNow: hasData ? 12 : 0,
      });
    },
    'overview.missed': () => ok({ rows: now().hasData ? [...missed] : [], nextCursor: null }),
    'upcoming.list': ({ cursor, outcomes, text, noticeDate, tried }) => {
      const { hasData, settings } = now();
      const start = cursor === null ? 0 : Number(cursor);
      const rows = (hasData ? makeRows(tried?.leadDays ?? settings.leadDays) : []).filter(
        (row) =>
          outcomes.includes(row.outcome) &&
          (noticeDate === null || row.noticeDate === noticeDate) &&
          row.customerName.toLowerCase().includes(text.toLowerCase()),
      );
      const end = start + PAGE;
      return ok({ rows: rows.slice(start, end), nextCursor: end < rows.length ? String(end) : null });
    },
    'upcoming.days': ({ tried }) => {
      const { hasData, settings } = now();
      return ok(makeDays(hasData, settings, tried));
    },
  };
}
