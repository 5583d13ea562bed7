import type { Finding, Part, PartOrder, PartReport } from '../part.ts';
import { momentCases, plainCase, setBackCase, yearCases } from './clock-cases.ts';
import { judgeClock, type ClockVerdict } from './judge-clock.ts';
import { playClock, type ClockCase, type Played, type WrongPlanner } from './play-clock.ts';
import { dayMs } from './wall-clock.ts';

type Size = 'shop-years' | 'minute-days';

/** Each must be caught, or the part proves nothing. */
const controls: readonly Readonly<{ wrong: WrongPlanner; makeCase: (seed: number) => ClockCase }>[] = [
  { wrong: 'plans in UTC', makeCase: plainCase },
  { wrong: 'counts 24 hours a day', makeCase: plainCase },
  { wrong: 'forgets what seems to be in the future', makeCase: setBackCase },
];

export const clockPart: Part<Size> = {
  name: 'clock',
  title: 'a year over zones with odd rules, sleeps and clocks that are set: each order one notice at its local hour',
  // Every zone with every disturbance; and a year of one-minute ticks beside the ticks at which something may be due.
  sizes: { 'shop-years': 126, 'minute-days': 366 },
  run: async (order) => {
    const caught = await runControls(order.seed);
    const compared = order.replay === null ? await compareTicks(order) : null;
    const shops = await playShops(yearCases(order.seed), order, order.sizes['shop-years']);
    return {
      skipped: null,
      figures: [...caught.figures, ...(compared?.figures ?? []), ...shops.figures],
      findings: [...caught.findings, ...(compared?.findings ?? []), ...shops.findings],
    };
  },
};

/** The short form: the days around one odd moment of each zone. */
export function playMoments(order: PartOrder): Promise<PartReport> {
  return playShops(momentCases(order.seed), order, Number.POSITIVE_INFINITY);
}

async function playShops(cases: Iterable<ClockCase>, order: PartOrder, most: number): Promise<PartReport> {
  const endsAt = order.minutes === null ? Number.POSITIVE_INFINITY : performance.now() + order.minutes * 60_000;
  const findings: Finding[] = [];
  const sum = { shops: 0, days: 0, ticks: 0, orders: 0, onTime: 0, withReason: 0 };
  let number = 0;
  for (const one of cases) {
    if (number >= most || performance.now() > endsAt) break;
    number += 1;
    if (order.replay !== null && order.replay !== String(number)) continue;
    const played = await playClock(one);
    const verdict = judgeClock(one, played);
    if (order.replay !== null) for (const line of timeline(played)) order.say(line);
    findings.push(...verdict.findings.map((what) => ({ what, replay: String(number) })));
    addUp(sum, one, played, verdict);
    order.say(`${number}: ${one.name}: ${verdict.onTime} notices on time`);
  }
  return {
    skipped: null,
    findings,
    figures: [
      { name: 'shops', value: sum.shops },
      { name: 'days', value: sum.days },
      { name: 'ticks', value: sum.ticks },
      { name: 'orders', value: sum.orders },
      { name: 'announced once, at the right local hour', value: sum.onTime },
      { name: 'not announced, with the reason on record', value: sum.withReason },
    ],
  };
}

type Sum = { shops: number; days: number; ticks: number; orders: number; onTime: number; withReason: number };

function addUp(sum: Sum, one: ClockCase, { ticks }: Played, { orders, onTime, withReason }: ClockVerdict): void {
  sum.shops += 1;
  sum.days += Math.round((one.endAt - one.startAt) / dayMs);
  sum.ticks += ticks;
  sum.orders += orders;
  sum.onTime += onTime;
  sum.withReason += withReason;
}

function timeline({ ledger, reasons }: Played): string[] {
  const events = ledger.events.map(({ at, externalId }) => ({ at, what: `Postscript received ${externalId}` }));
  const orders = ledger.orders.flatMap(({ subscriptionId, orderDate, from, until, ended }) => [
    { at: from, what: `order ${subscriptionId} ${orderDate} is the next` },
    ...(until === null ? [] : [{ at: until, what: `order ${subscriptionId} ${orderDate} is ${ended}` }]),
  ]);
  const lines = [...events, ...orders].toSorted((a, b) => a.at - b.at);
  return [
    ...lines.map(({ at, what }) => `${new Date(at).toISOString()} ${what}`),
    ...[...reasons].map(([name, reason]) => `no notice for ${name}: ${reason}`),
  ];
}

/** Plays each wrong planner. A control that is not caught is a finding. */
export async function runControls(seed: number): Promise<PartReport> {
  const figures = [];
  const findings: Finding[] = [];
  for (const { wrong, makeCase } of controls) {
    const one = makeCase(seed);
    const right = judgeClock(one, await playClock(one)).findings;
    const caught = judgeClock(one, await playClock(one, wrong)).findings.length;
    figures.push({ name: `control: ${wrong}`, value: caught > 0 ? `caught, ${caught} findings` : 'NOT caught' });
    if (caught === 0) findings.push({ what: `A planner that ${wrong} was not caught.`, replay: null });
    findings.push(...right.map((what) => ({ what, replay: null })));
  }
  return { skipped: null, figures, findings };
}

/** So long may a notice come later where ticks are few: a change of the platform is seen a sync later. */
const MOST_APART_MS = 10 * 60_000;

/** Holds ticks of every minute against those at which something may be due, over sockets against without. */
export async function compareTicks({ seed, sizes, say }: PartOrder<Size>): Promise<PartReport> {
  const { startAt } = plainCase(seed);
  const endAt = startAt + sizes['minute-days'] * dayMs;
  const few = plainCase(seed, { endAt });
  const every = plainCase(seed, {
    endAt,
    everyMinute: [{ from: startAt, until: endAt }],
    isOverHttp: true,
    name: `${few.name}, every minute`,
  });
  const playedFew = await playClock(few);
  const playedEvery = await playClock(every);
  say(`${playedEvery.ticks} ticks of a minute beside ${playedFew.ticks} that may matter`);
  const findings = [...judgeClock(few, playedFew).findings, ...judgeClock(every, playedEvery).findings];
  const times = new Map(playedEvery.ledger.events.map(({ externalId, at }) => [externalId, at]));
  for (const { externalId, at } of playedFew.ledger.events) {
    const other = times.get(externalId);
    times.delete(externalId);
    if (other === undefined || Math.abs(other - at) > MOST_APART_MS)
      findings.push(`${externalId} is at ${at} with few ticks and at ${other ?? 'no time'} with every minute`);
  }
  findings.push(...[...times.keys()].map((externalId) => `${externalId} came with every minute only`));
  return {
    skipped: null,
    findings: findings.map((what) => ({ what, replay: null })),
    figures: [
      { name: 'days compared with ticks of every minute', value: sizes['minute-days'] },
      { name: 'ticks of a minute, and those that may matter', value: `${playedEvery.ticks}, ${playedFew.ticks}` },
    ],
  };
}
