import { dateIn, instantOf, noticeDueAt, cutoffAt } from '../../shared/domain/calendar.ts';
import { deliveryKeys, triggers } from '../../shared/domain/triggers.ts';
import { claimedSkips, duplicateSkips, lostConfirmations, orderOf, wrongOrderSkips } from './judge-skips.ts';
import { NOTICEABLE_MS, type EngineRecord, type Rules, type Verdict } from './judge-types.ts';
import type { OrderSpan, PracticeLedger, ReceivedEvent, TriggerFact } from './ledger.ts';

const HOUR_MS = 3_600_000;
/** Where the engine's clock is its own, it may be so far ahead of the world's by waiting for its turns. */
const OWN_CLOCK_MS = 60_000;

/** Whether the engine must have seen what was so between these instants. */
function wasSeen({ looks }: Rules, from: number, until: number): boolean {
  return looks === undefined ? until - from > NOTICEABLE_MS : looks.some(({ at }) => at > from && at < until);
}

/** Holds what the simulators saw against what was promised. Pure; knows nothing of the engine but its record. */
export function judge(ledger: PracticeLedger, engine: EngineRecord, rules: Rules): Verdict {
  const checks = {
    duplicateEvents: duplicateEvents(ledger),
    duplicateSkips: duplicateSkips(ledger),
    lostTriggers: [
      ...lostFacts(ledger, engine, rules),
      ...lostNotices(ledger, engine, rules),
      ...lostConfirmations(ledger, engine, rules),
      ...unaccounted(ledger, engine, rules),
    ],
    wrongOrderSkips: [...wrongOrderSkips(ledger, rules), ...claimedSkips(ledger, engine)],
    sentOutsideWindow: sentOutsideWindow(ledger, engine, rules),
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

function sentOutsideWindow(ledger: PracticeLedger, engine: EngineRecord, rules: Rules): string[] {
  const wished = new Set(
    ledger.replies.flatMap(({ meant, namedOrder }) =>
      meant === 'skip' && namedOrder !== null ? [orderOf(namedOrder)] : [],
    ),
  );
  const repliedSkips = new Set([
    ...ledger.skips.filter(({ by }) => by === 'API').map(orderOf),
    // The shop skipped it while our own request for the reply was under way: nobody can tell the two apart.
    ...engine.decisions
      .filter(({ reason }) => reason === 'skipped')
      .map(orderOf)
      .filter((order) => wished.has(order)),
  ]);
  return ledger.events
    .filter(isReal)
    .filter((event) => {
      const isConfirmation = event.eventType === triggers.skipped_order.eventType && repliedSkips.has(orderOf(event));
      const at = rules.believedAt?.(event.arrivedAt) ?? event.arrivedAt;
      const slack = rules.believedAt === undefined ? 0 : OWN_CLOCK_MS;
      const date = dateIn(rules.timeZone, at);
      const isOpen =
        at >= instantOf(rules.timeZone, date, rules.window.opens) - slack &&
        at < instantOf(rules.timeZone, date, rules.window.closes);
      return !isConfirmation && !isOpen;
    })
    .map((event) => `${event.externalId} at ${new Date(event.arrivedAt).toISOString()}`);
}

/** The key that the engine's delivery about this fact must have. */
export function factKey(fact: TriggerFact): string {
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
  const isCovered = (fact: TriggerFact): boolean => received.has(factKey(fact)) || known.has(factKey(fact));
  return ledger.facts
    .filter(({ at }) => at > rules.startedAt && at < rules.endedAt - NOTICEABLE_MS)
    .filter((fact) => !isCovered(fact) && !isOvertaken(ledger, fact, rules, isCovered))
    .map((fact) => `${fact.trigger} ${factKey(fact)} at ${new Date(fact.at).toISOString()}`);
}

/**
 * Two changes of one customer's card between two looks are one piece of news, and a customer who has a new subscription by
 * the next look was never without one, as far as the engine can tell.
 */
function isOvertaken(
  ledger: PracticeLedger,
  fact: TriggerFact,
  rules: Rules,
  isCovered: (fact: TriggerFact) => boolean,
): boolean {
  const overtakes = { payment_method_updated: 'payment_method_updated', customer_deactivated: 'subscription_created' };
  const overtaking = Object.entries(overtakes).find(([trigger]) => trigger === fact.trigger)?.[1];
  return ledger.facts.some(
    (later) =>
      later.trigger === overtaking &&
      later.customerId === fact.customerId &&
      later.at >= fact.at &&
      !wasSeen(rules, fact.at, later.at) &&
      later !== fact &&
      isCovered(later),
  );
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
      const until = Math.min(span.until ?? Number.POSITIVE_INFINITY, rules.endedAt);
      const wasDue =
        rules.looks === undefined
          ? wasSeen(rules, Math.max(dueAt, span.from, rules.startedAt), Math.min(deadlineAt, until))
          : rules.looks.some(
              ({ at, believed }) => at > span.from && at < until && believed > dueAt && believed < deadlineAt,
            );
      return wasDue && !known.has(orderOf(span));
    })
    .map(describeSpan);
}

/** An order that stood long enough to be seen and then went away has a reason on record, or had its notice. */
function undecidedOrders(ledger: PracticeLedger, engine: EngineRecord, rules: Rules): string[] {
  const known = noticedOrDecided(ledger, engine);
  return ledger.orders
    .filter(({ from, until, ended }) => {
      if (ended === null || until === null) return false;
      const isSeen = wasSeen(rules, Math.max(from, rules.startedAt), until);
      return isSeen && until > rules.startedAt + NOTICEABLE_MS && until < rules.endedAt - NOTICEABLE_MS;
    })
    .filter((span) => !known.has(orderOf(span)) && !wasBackUnseen(ledger, span, rules))
    .map(describeSpan);
}

/** As far as the engine can tell, an order that is back when it looks again was never away. */
function wasBackUnseen(ledger: PracticeLedger, span: OrderSpan, rules: Rules): boolean {
  const { until } = span;
  return (
    until !== null &&
    ledger.orders.some(
      (later) => orderOf(later) === orderOf(span) && later.from >= until && !wasSeen(rules, until, later.from),
    )
  );
}

function describeSpan(span: OrderSpan): string {
  const until = span.until === null ? 'now' : new Date(span.until).toISOString();
  return `order ${orderOf(span)} (${new Date(span.from).toISOString()} to ${until}, ${span.ended ?? 'open'})`;
}

/** What Postscript took in is accepted or unknown in our books, and what we call accepted it did take in. */
function unaccounted(ledger: PracticeLedger, engine: EngineRecord, { forgotten = [] }: Rules): string[] {
  const received = new Set(ledger.events.map(({ externalId }) => externalId));
  const known = new Map(engine.deliveries.map((delivery) => [delivery.key, delivery]));
  const claimed = engine.deliveries
    .filter(({ key, state, isTest }) => state === 'accepted' && !isTest && !received.has(key))
    .map(({ key }) => `${key} is accepted here but never reached Postscript`);
  const hidden = ledger.events.filter(isReal).flatMap(({ externalId, arrivedAt }) => {
    const delivery = known.get(externalId ?? '');
    const state = delivery?.state;
    const isForgotten =
      state === undefined && forgotten.some(({ from, until }) => arrivedAt >= from && arrivedAt <= until);
    // A person may have had it sent again when it was too late: the request without an answer stays on record.
    return state === 'accepted' || state === 'unknown' || delivery?.mayHaveArrived === true || isForgotten
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
