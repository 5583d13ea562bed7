import { dateIn } from '../../../shared/domain/calendar.ts';
import type { WriteDb } from '../../../main/db/types.ts';
import type { OddPlatform } from './odd-platform.ts';
import type { PlatformCorpus } from './platform-corpus.ts';
import { strictBill, strictInstant, strictRow, type StrictRow } from './strict-reading.ts';

const DAY_MS = 86_400_000;

type DeliveryRow = Readonly<{
  id: number;
  trigger: string;
  key: string;
  customerId: string;
  subscriptionId: string | null;
  orderDate: string | null;
  billId: string | null;
  properties: string;
}>;

type KnownMethod = Readonly<{ id: string; methodId: string | null; updatedAt: string | null }>;

export type KnownSubscription = Readonly<{ status: string; nextOrderAt: number | null }>;

export type DeliveryJudge = Readonly<{
  nextRound: () => void;
  /** Deliveries of this round that no row which was served calls for. */
  judgeRound: (odd: OddPlatform, now: number) => string[];
  findSubscription: (id: string) => KnownSubscription | undefined;
  count: () => number;
}>;

/** Everything that was ever served about a subscription: a field that is missing keeps the value that was known. */
type Seen = { dates: Set<string>; totals: Set<number> };

/** Says of each new delivery whether a person who has read the rows would have sent it. */
export function createDeliveryJudge(db: WriteDb, corpus: PlatformCorpus): DeliveryJudge {
  const zone = 'America/New_York';
  const selectNew = db.prepare<[number], DeliveryRow>(
    `SELECT id, trigger, key, customer_id AS customerId, subscription_id AS subscriptionId, order_date AS orderDate,
       bill_id AS billId, properties FROM deliveries WHERE id > ? ORDER BY id`,
  );
  const selectSubscription = db.prepare<[string], KnownSubscription>(
    'SELECT status, next_order_at AS nextOrderAt FROM subscriptions WHERE id = ?',
  );
  const selectMethods = db.prepare<[], KnownMethod>(
    'SELECT id, payment_method_id AS methodId, payment_updated_at AS updatedAt FROM subscriptions',
  );
  const seen = new Map<string, Seen>();
  let rows: StrictRow[] = [];
  let methods = new Map<string, KnownMethod>();
  let bills: ReturnType<typeof strictBill>[] = [];
  let lastId = 0;
  let count = 0;

  function remember(row: StrictRow): void {
    const known = seen.get(row.id) ?? { dates: new Set(), totals: new Set() };
    seen.set(row.id, known);
    if (row.nextOrderAt !== null) known.dates.add(dateIn(zone, row.nextOrderAt));
    if (row.totalCents !== null) known.totals.add(row.totalCents);
  }

  function takeRows(odd: OddPlatform): void {
    rows = odd
      .served()
      .map(({ raw }) => strictRow(raw))
      .filter((row) => row !== null);
    bills = odd.servedBills().map(({ raw }) => strictBill(raw));
    for (const row of rows) remember(row);
  }

  function isCalledFor(delivery: DeliveryRow, now: number): boolean {
    const own = rows.filter(({ id }) => id === delivery.subscriptionId);
    switch (delivery.trigger) {
      case 'subscription_created':
        return own.some(
          ({ createdAt, status, isMigrated, isDeleted }) =>
            createdAt !== null &&
            createdAt > corpus.at &&
            createdAt <= now + 30 * DAY_MS &&
            (status === 'ACTIVE' || status === 'PAUSED') &&
            !isMigrated &&
            !isDeleted,
        );
      case 'payment_method_updated':
        return rows.some(({ id, customerId, paymentMethod }) => {
          if (customerId !== delivery.customerId || paymentMethod === null) return false;
          const known = methods.get(id);
          if (known === undefined || known.methodId === null) return false;
          return known.methodId !== paymentMethod.id || paymentMethod.updatedAt > (strictInstant(known.updatedAt) ?? 0);
        });
      case 'customer_deactivated':
        return own.some(({ status, isDeleted }) => status === 'CANCELLED' && !isDeleted);
      case 'payment_method_failed':
        return bills.some(
          (bill) =>
            bill?.id === delivery.billId &&
            bill.status === 'failed' &&
            bill.retryCount >= 0 &&
            bill.retryCount <= 1000 &&
            delivery.key.endsWith(`:${bill.retryCount}`),
        );
      case 'upcoming_order':
        return seen.get(delivery.subscriptionId ?? '')?.dates.has(delivery.orderDate ?? '') ?? false;
      case 'skipped_order':
        return true;
      default:
        return false;
    }
  }

  function isTold(delivery: DeliveryRow): boolean {
    const { order_total: total } = JSON.parse(delivery.properties) as Record<string, unknown>;
    if (typeof total !== 'string') return total === undefined;
    const digits = Number(total.replace(/\D/g, ''));
    return [...(seen.get(delivery.subscriptionId ?? '')?.totals ?? [])].some((cents) => cents === digits);
  }

  return {
    nextRound: () => {
      methods = new Map(selectMethods.all().map((known) => [known.id, known]));
    },
    judgeRound: (odd, now) => {
      takeRows(odd);
      const added = selectNew.all(lastId);
      lastId = added.at(-1)?.id ?? lastId;
      count += added.length;
      return added.flatMap((delivery) => {
        const name = `${delivery.trigger} ${delivery.key.slice(0, 120)}`;
        const problems = isCalledFor(delivery, now) ? [] : [`${name} was queued, and no row calls for it`];
        return isTold(delivery) ? problems : [...problems, `${name} tells a total that no row has`];
      });
    },
    findSubscription: (id) => selectSubscription.get(id),
    count: () => count,
  };
}
