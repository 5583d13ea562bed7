import { dateIn } from '../../shared/domain/calendar.ts';
import { triggers } from '../../shared/domain/triggers.ts';
import { NOTICEABLE_MS, type EngineRecord, type Rules } from './judge-types.ts';
import type { AppliedSkip, PracticeLedger } from './ledger.ts';

/** The promises about skips: once, the right order, and announced. */

/** An order as one text. */
export function orderOf({
  subscriptionId,
  orderDate,
}: Readonly<{ subscriptionId: string | null; orderDate: string | null }>): string {
  return `${subscriptionId} ${orderDate}`;
}

/** Skipped by us twice, without having been taken back in between. */
export function duplicateSkips(ledger: PracticeLedger): string[] {
  const seen = new Map<string, number>();
  return ledger.skips
    .filter(({ by }) => by === 'API')
    .flatMap((skip) => {
      const order = orderOf(skip);
      const before = seen.get(order);
      seen.set(order, skip.at);
      if (before === undefined) return [];
      const isTakenBack = ledger.unskips.some(
        (unskip) => orderOf(unskip) === order && unskip.at >= before && unskip.at <= skip.at,
      );
      return isTakenBack ? [] : [order];
    });
}

/** A skip of ours must be the order that a reply named, one order for one wish. */
export function wrongOrderSkips(ledger: PracticeLedger, rules: Rules): string[] {
  const spent = new Set<string>();
  return ledger.skips
    .filter(({ by }) => by === 'API')
    .filter((skip) => {
      const wish = ledger.replies.find(
        (reply) =>
          reply.meant === 'skip' && reply.at <= skip.at && !spent.has(reply.id) && names(ledger, reply, skip, rules),
      );
      if (wish !== undefined) spent.add(wish.id);
      return wish === undefined;
    })
    .map((skip) => `${skip.subscriptionId} ${skip.orderDate} at ${new Date(skip.at).toISOString()}`);
}

function names(
  ledger: PracticeLedger,
  reply: PracticeLedger['replies'][number],
  skip: AppliedSkip,
  rules: Rules,
): boolean {
  // A notice whose order has passed is no longer open (design 3.5).
  if (reply.namedOrder !== null && reply.namedOrder.orderDate >= dateIn(rules.timeZone, reply.at)) {
    return reply.namedOrder.subscriptionId === skip.subscriptionId && reply.namedOrder.orderDate === skip.orderDate;
  }
  if (reply.customerId !== skip.customerId) return false;
  // Without a notice: the next order of the only active subscription, at the time of the skip.
  const active = ledger.orders.filter(
    ({ customerId, from, until }) =>
      customerId === skip.customerId && from < skip.at && (until === null || until >= skip.at),
  );
  return (
    active.length > 0 &&
    active.every(
      ({ subscriptionId, orderDate }) => subscriptionId === skip.subscriptionId && orderDate === skip.orderDate,
    )
  );
}

/**
 * A skip that we made, or that a customer made after a notice, is announced, or a row says why not. One whose request had
 * no clear answer waits for a person by its own row.
 */
export function lostConfirmations(
  ledger: Pick<PracticeLedger, 'events' | 'skips'>,
  engine: Pick<EngineRecord, 'decisions'>,
  rules: Pick<Rules, 'endedAt'>,
): string[] {
  const { eventType } = triggers.skipped_order;
  const announced = new Set(ledger.events.filter((event) => event.eventType === eventType).map(orderOf));
  const decided = new Set(
    engine.decisions
      .filter(({ trigger, reason }) => trigger === 'skipped_order' || reason === 'skip_unclear')
      .map(orderOf),
  );
  const noticed = new Set(
    ledger.events.filter((event) => event.eventType === triggers.upcoming_order.eventType).map(orderOf),
  );
  return ledger.skips
    .filter(({ by, at }) => (by === 'API' || by === 'CUSTOMER') && at < rules.endedAt - NOTICEABLE_MS)
    .filter((skip) => skip.by === 'API' || noticed.has(orderOf(skip)))
    .filter((skip) => !announced.has(orderOf(skip)) && !decided.has(orderOf(skip)))
    .map((skip) => `the skip of ${orderOf(skip)} by ${skip.by} was not announced`);
}

/** An order whose skip is on record as read back was skipped on the platform. */
export function claimedSkips(ledger: PracticeLedger, engine: EngineRecord): string[] {
  const skipped = new Set(ledger.skips.map(orderOf));
  return engine.decisions
    .filter(({ reason }) => reason === 'skipped')
    .filter((decision) => !skipped.has(orderOf(decision)))
    .map((decision) => `the skip of ${orderOf(decision)} is on record here but never was made`);
}
