import { dateIn, instantOf, noticeDueAt, cutoffAt } from '../../shared/domain/calendar.ts';
import { deliveryKeys, triggers } from '../../shared/domain/triggers.ts';
import type { AppliedSkip, OrderSpan, PracticeLedger, ReceivedEvent, TriggerFact } from './ledger.ts';

/** What the engine under test says about itself; believed only where the ledger bears it out. */
export type EngineRecord = Readonly<{
  deliveries: readonly Readonly<{ key: string; state: string; isTest: boolean }>[];
  decisions: readonly Readonly<{
    fact: string | null;
    reason: string;
    trigger: string | null;
    subscriptionId: string | null;
    orderDate: string | null;
  }>[];
  replies: readonly Readonly<{ id: string; reason: string | null }>[];
}>;

export type Rules = Readonly<{
  timeZone: string;
  billing: Readonly<{ time: string; timeZone: string }>;
  leadDays: number;
  minimumNoticeHours: number;
  window: Readonly<{ opens: string; closes: string }>;
  startedAt: number;
  endedAt: number;
}>;

/** Each must be zero. `findings` says what and whom, for the ones that are not. */
export type Verdict = Readonly<{
  duplicateEvents: number;
  duplicateSkips: number;
  lostTriggers: number;
  wrongOrderSkips: number;
  sentOutsideWindow: number;
  undecided: number;
  findings: readonly string[];
}>;

const HOUR_MS = 3_600_000;
/** What is over sooner than this may pass between two looks at the platform. */
const NOTICEABLE_MS = 3 * HOUR_MS;

/** Holds what the simulators saw against what was promised. Pure; knows nothing of the engine but its record. */
export function judge(ledger: PracticeLedger, engine: EngineRecord, rules: Rules): Verdict {
  const checks = {
    duplicateEvents: duplicateEvents(ledger),
    duplicateSkips: duplicateSkips(ledger),
    lostTriggers: [
      ...lostFacts(ledger, engine, rules),
      ...lostNotices(ledger, engine, rules),
      ...lostConfirmations(ledger, engine, rules),
      ...unaccounted(ledger, engine),
    ],
    wrongOrderSkips: wrongOrderSkips(ledger, rules),
    sentOutsideWindow: sentOutsideWindow(ledger, rules),
    undecided: [...undecidedReplies(ledger, engine, rules), ...undecidedOrders(ledger, engine, rules)],
  };
  return {
    duplicateEvents: checks.duplicateEvents.length,
    duplicateSkips: checks.duplicateSkips.length,
    lostTriggers: checks.lostTriggers.length,
    wrongOrderSkips: checks.wrongOrderSkips.length,
    sentOutsideWindow: checks.sentOutsideWindow.length,
    undecided: checks.undecided.length,
    findings: Object.entries(checks).flatMap(([name, found]) => found.map((what) => `${name}: ${what}`)),
  };
}

const isReal = ({ externalId }: ReceivedEvent): boolean => !/^(test|register):/.test(externalId ?? '');

/** The same external_id twice, or the same order announced twice under two; what Postscript dropped counts too. */
function duplicateEvents(ledger: PracticeLedger): string[] {
  const seen = new Set<string>();
  return ledger.events.filter(isReal).flatMap((event) => {
    const identities = [`id ${event.externalId}`];
    if (
      event.subscriptionId !== null &&
      event.orderDate !== null &&
      event.eventType !== triggers.payment_method_failed.eventType
    ) {
      identities.push(`${event.eventType} ${event.subscriptionId} ${event.orderDate}`);
    }
    const repeated = identities.filter((identity) => seen.has(identity));
    for (const identity of identities) seen.add(identity);
    return repeated.length > 0 ? [`${repeated.join(', ')} again at ${new Date(event.at).toISOString()}`] : [];
  });
}

/** Skipped by us twice, without having been taken back in between. */
function duplicateSkips(ledger: PracticeLedger): string[] {
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
function wrongOrderSkips(ledger: PracticeLedger, rules: Rules): string[] {
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

function sentOutsideWindow(ledger: PracticeLedger, rules: Rules): string[] {
  const repliedSkips = new Set(
    ledger.skips
      .filter(({ by }) => by === 'API')
      .map(({ subscriptionId, orderDate }) => `${subscriptionId} ${orderDate}`),
  );
  return ledger.events
    .filter(isReal)
    .filter((event) => {
      const isConfirmation =
        event.eventType === triggers.skipped_order.eventType &&
        repliedSkips.has(`${event.subscriptionId} ${event.orderDate}`);
      const date = dateIn(rules.timeZone, event.at);
      const isOpen =
        event.at >= instantOf(rules.timeZone, date, rules.window.opens) &&
        event.at < instantOf(rules.timeZone, date, rules.window.closes);
      return !isConfirmation && !isOpen;
    })
    .map((event) => `${event.externalId} at ${new Date(event.at).toISOString()}`);
}

function keyOf(fact: TriggerFact): string {
  switch (fact.trigger) {
    case 'subscription_created':
      return deliveryKeys.created(fact.subscriptionId);
    case 'payment_method_failed':
      return deliveryKeys.paymentFailed(fact.billId ?? '', fact.retryCount ?? 0);
    case 'payment_method_updated':
      return deliveryKeys.paymentUpdated(fact.customerId, fact.paymentMethodId ?? '', fact.stamp ?? '');
    case 'customer_deactivated':
      return deliveryKeys.deactivated(fact.customerId, fact.stamp ?? '');
  }
}

/** Every fact was announced, or a row says why not. */
function lostFacts(ledger: PracticeLedger, engine: EngineRecord, rules: Rules): string[] {
  const received = new Set(ledger.events.map(({ externalId }) => externalId));
  const onRecord = new Set(engine.deliveries.map(({ key }) => key));
  const decided = engine.decisions.flatMap(({ fact }) =>
    fact === null ? [] : [fact.replace(/^(refused|missed):/, '')],
  );
  const known = new Set([...onRecord, ...decided]);
  const isCovered = (fact: TriggerFact): boolean => received.has(keyOf(fact)) || known.has(keyOf(fact));
  return ledger.facts
    .filter(({ at }) => at > rules.startedAt && at < rules.endedAt - NOTICEABLE_MS)
    .filter((fact) => !isCovered(fact) && !isOvertaken(ledger, fact, isCovered))
    .map((fact) => `${fact.trigger} ${keyOf(fact)} at ${new Date(fact.at).toISOString()}`);
}

/** Two changes of one customer's card between two looks are one piece of news. */
function isOvertaken(ledger: PracticeLedger, fact: TriggerFact, isCovered: (fact: TriggerFact) => boolean): boolean {
  return (
    fact.trigger === 'payment_method_updated' &&
    ledger.facts.some(
      (later) =>
        later.trigger === fact.trigger &&
        later.customerId === fact.customerId &&
        later.at >= fact.at &&
        later.at - fact.at < NOTICEABLE_MS &&
        later !== fact &&
        isCovered(later),
    )
  );
}

function orderOf({
  subscriptionId,
  orderDate,
}: Readonly<{ subscriptionId: string | null; orderDate: string | null }>): string {
  return `${subscriptionId} ${orderDate}`;
}

function noticedOrDecided(ledger: PracticeLedger, engine: EngineRecord): ReadonlySet<string> {
  const noticed = ledger.events.filter(({ eventType }) => eventType === triggers.upcoming_order.eventType).map(orderOf);
  const decided = engine.decisions.filter(({ trigger }) => trigger === 'upcoming_order').map(orderOf);
  return new Set([...noticed, ...decided]);
}

/** An order whose notice time came while it stood, and that has neither a notice nor a reason. */
function lostNotices(ledger: PracticeLedger, engine: EngineRecord, rules: Rules): string[] {
  const known = noticedOrDecided(ledger, engine);
  return ledger.orders
    .filter((span) => {
      const dueAt = noticeDueAt(rules.timeZone, span.orderDate, rules.leadDays, rules.window.opens);
      const orderAt = instantOf(rules.billing.timeZone, span.orderDate, '12:00');
      const deadlineAt = cutoffAt(orderAt, rules.billing) - rules.minimumNoticeHours * HOUR_MS;
      const from = Math.max(dueAt, span.from, rules.startedAt);
      const until = Math.min(deadlineAt, span.until ?? Number.POSITIVE_INFINITY, rules.endedAt);
      return until - from > NOTICEABLE_MS && !known.has(orderOf(span));
    })
    .map(describeSpan);
}

/** An order that stood long enough to be seen and then went away has a reason on record, or had its notice. */
function undecidedOrders(ledger: PracticeLedger, engine: EngineRecord, rules: Rules): string[] {
  const known = noticedOrDecided(ledger, engine);
  return ledger.orders
    .filter(({ from, until, ended }) => {
      if (ended === null || until === null) return false;
      const isSeen = until - Math.max(from, rules.startedAt) > NOTICEABLE_MS;
      return isSeen && until > rules.startedAt + NOTICEABLE_MS && until < rules.endedAt - NOTICEABLE_MS;
    })
    .filter((span) => !known.has(orderOf(span)))
    .map(describeSpan);
}

/** A skip that we made, or that a customer made after a notice, is announced, or a row says why not. */
function lostConfirmations(ledger: PracticeLedger, engine: EngineRecord, rules: Rules): string[] {
  const { eventType } = triggers.skipped_order;
  const announced = new Set(ledger.events.filter((event) => event.eventType === eventType).map(orderOf));
  const decided = new Set(engine.decisions.filter(({ trigger }) => trigger === 'skipped_order').map(orderOf));
  const noticed = new Set(
    ledger.events.filter((event) => event.eventType === triggers.upcoming_order.eventType).map(orderOf),
  );
  return ledger.skips
    .filter(({ by, at }) => (by === 'API' || by === 'CUSTOMER') && at < rules.endedAt - NOTICEABLE_MS)
    .filter((skip) => skip.by === 'API' || noticed.has(orderOf(skip)))
    .filter((skip) => !announced.has(orderOf(skip)) && !decided.has(orderOf(skip)))
    .map((skip) => `the skip of ${orderOf(skip)} by ${skip.by} was not announced`);
}

function describeSpan(span: OrderSpan): string {
  const until = span.until === null ? 'now' : new Date(span.until).toISOString();
  return `order ${orderOf(span)} (${new Date(span.from).toISOString()} to ${until}, ${span.ended ?? 'open'})`;
}

/** What Postscript took in is accepted or unknown in our books, and what we call accepted it did take in. */
function unaccounted(ledger: PracticeLedger, engine: EngineRecord): string[] {
  const received = new Set(ledger.events.map(({ externalId }) => externalId));
  const states = new Map(engine.deliveries.map(({ key, state }) => [key, state]));
  const claimed = engine.deliveries
    .filter(({ key, state, isTest }) => state === 'accepted' && !isTest && !received.has(key))
    .map(({ key }) => `${key} is accepted here but never reached Postscript`);
  const hidden = ledger.events.filter(isReal).flatMap(({ externalId }) => {
    const state = states.get(externalId ?? '');
    return state === 'accepted' || state === 'unknown'
      ? []
      : [`${externalId} reached Postscript but is ${state ?? 'not known'} here`];
  });
  return [...claimed, ...hidden];
}

function undecidedReplies(ledger: PracticeLedger, engine: EngineRecord, rules: Rules): string[] {
  const decided = new Map(engine.replies.map(({ id, reason }) => [id, reason]));
  return ledger.replies
    .filter(({ at }) => at < rules.endedAt - NOTICEABLE_MS)
    .filter(({ id }) => (decided.get(id) ?? null) === null)
    .map(({ id, body }) => `reply ${id} ${JSON.stringify(body.slice(0, 40))}`);
}
