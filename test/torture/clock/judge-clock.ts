import type { OrderSpan } from '../../../main/practice/ledger.ts';
import { triggers } from '../../../shared/domain/triggers.ts';
import { createComputer, type Computer } from './computer.ts';
import type { ClockCase, Played } from './play-clock.ts';
import { dayOf, hourMs, minuteMs, minuteOf, quarterMs, readWall } from './wall-clock.ts';

/** Between two syncs a change of the platform is not seen. */
const SLACK_MS = 10 * minuteMs;

export type ClockVerdict = Readonly<{
  orders: number;
  /** Announced at the right local hour of the right local day, and once. */
  onTime: number;
  /** Not announced, as is right: too late when the computer woke, and why is on record. */
  withReason: number;
  findings: readonly string[];
}>;

/**
 * Holds what simulated Postscript received against what a person would have done who looks at the computer's clock all
 * the time: on the day that is `leadDays` squares of the calendar before the order's, or later, inside the window, awake.
 */
export function judgeClock(one: ClockCase, { ledger, reasons, cutoffs, problems }: Played): ClockVerdict {
  const computer = createComputer(one.disturbances);
  const findings = [...problems];
  const received = new Map<string, number[]>();
  for (const { eventType, subscriptionId, orderDate, at } of ledger.events) {
    const name = `${subscriptionId} ${orderDate}`;
    if (eventType !== triggers.upcoming_order.eventType) findings.push(`${one.name}: nobody asked for ${eventType}`);
    else received.set(name, [...(received.get(name) ?? []), at]);
  }
  let onTime = 0;
  let withReason = 0;
  const known = new Set(ledger.orders.map(nameOf));
  for (const name of received.keys())
    if (!known.has(name)) findings.push(`${one.name}: there never was the order ${name}`);
  for (const span of ledger.orders) {
    const [at, ...again] = received.get(nameOf(span)) ?? [];
    const problem =
      again.length > 0
        ? `announced ${again.length + 1} times, at ${[at, ...again].map(show).join(' and ')}`
        : judgeOrder(
            one,
            computer,
            { ...span, cutoffAt: span.until ?? cutoffs.get(nameOf(span)) ?? null },
            at,
            reasons.has(nameOf(span)),
          );
    if (problem !== null) findings.push(`${one.name}: order ${nameOf(span)} ${problem}`);
    else if (at !== undefined) onTime += 1;
    else if (reasons.has(nameOf(span))) withReason += 1;
  }
  return { orders: ledger.orders.length, onTime, withReason, findings };
}

const nameOf = ({ subscriptionId, orderDate }: Pick<OrderSpan, 'subscriptionId' | 'orderDate'>): string =>
  `${subscriptionId} ${orderDate}`;
const show = (at: number | undefined): string => (at === undefined ? 'never' : new Date(at).toISOString());

/** An order that the platform has not billed yet is billed at its cut-off. */
type JudgedOrder = OrderSpan & Readonly<{ cutoffAt: number | null }>;

function judgeOrder(
  one: ClockCase,
  computer: Computer,
  span: JudgedOrder,
  at: number | undefined,
  hasReason: boolean,
): string | null {
  const wanted = findTurn(one, computer, span);
  // A clock that is ahead makes a notice seem too late; it stays dropped when the clock is put right (failure-handling.md).
  const mayBeDropped = hasReason && computer.wasAhead(span.from, span.until ?? one.endAt);
  if (wanted === null) {
    if (at !== undefined) return `was announced at ${show(at)}; it had no turn`;
    return hasReason || span.until === null ? null : 'was neither announced nor given a reason';
  }
  const isYetToCome = wanted > one.endAt - SLACK_MS;
  if (at === undefined)
    return mayBeDropped || isYetToCome ? null : `was not announced; its turn was at ${show(wanted)}`;
  const isRight = at >= wanted && at <= wanted + SLACK_MS;
  return isRight ? null : `was announced at ${show(at)}; its turn was at ${show(wanted)}`;
}

/**
 * The first instant, true time, at which the notice of that order may leave; null when there is none before the end, or
 * when by then it is too late for it.
 */
function findTurn(one: ClockCase, computer: Computer, span: JudgedOrder): number | null {
  const { zone, leadDays, window, minimumNoticeHours, startAt, endAt } = one;
  const noticeDay = dayOf(span.orderDate) - leadDays;
  const opens = minuteOf(window.opens);
  const closes = minuteOf(window.closes);
  const lastAt = span.cutoffAt === null ? null : span.cutoffAt - minimumNoticeHours * hourMs;
  const from = Math.max(span.from, startAt);
  const until = span.until ?? endAt + 1;
  for (const at of looks(from, until, computer.turns)) {
    if (computer.isAsleep(at)) continue;
    const reading = computer.reading(at);
    const { day, minute } = readWall(zone, reading);
    if (day < noticeDay || minute < opens || minute >= closes) continue;
    return lastAt !== null && reading > lastAt ? null : at;
  }
  return null;
}

/** At the start, at each quarter of an hour, and whenever the computer wakes or its clock is set. */
function* looks(from: number, until: number, turns: readonly number[]): Generator<number> {
  const between = turns.filter((turn) => turn > from && turn < until);
  let at = from;
  while (at < until) {
    yield at;
    const quarter = (Math.floor(at / quarterMs) + 1) * quarterMs;
    const [turn] = between;
    if (turn !== undefined && turn <= quarter) {
      between.shift();
      at = turn;
    } else at = quarter;
  }
}
