import type { FaultKind } from '../../../main/practice/faults.ts';
import { triggers } from '../../../shared/domain/triggers.ts';
import { valueOf } from '../kill/engine.ts';
import {
  HOUR_MS,
  MINUTE_MS,
  noon,
  openOutageShop,
  whileDown,
  type OutageOutcome,
  type OutageShop,
} from './outage-shop.ts';

/** What Postscript says about the time with its 429: two seconds, nothing, and what nobody can read. */
export const limitedKinds = ['rate_limited', 'rate_limited_bare', 'rate_limited_wrong'] as const satisfies FaultKind[];

export type LimitedHour = Readonly<{
  kind: (typeof limitedKinds)[number];
  inLine: number;
  /** Between two looks at what is due. */
  stepMs: number;
  seed: number;
  sqlAtStart: string | null;
  isOver: () => boolean;
}>;

/** So many of a hundred customers of the practice shop, at least, have an order in the next thirty days. */
const WITH_ORDER_PERCENT = 60;
const LEAD_DAYS = 30;
/** As docs/failure-handling.md says. */
const MOST_ASKED = 25;
const SKIPS = 3;
const MOST_HOURS_AFTER = 3;

/** A line of notices is due, and for an hour Postscript answers each event with 429. */
export async function playLimitedHour({
  kind,
  inLine,
  stepMs,
  seed,
  sqlAtStart,
  isOver,
}: LimitedHour): Promise<OutageOutcome> {
  const customers = Math.ceil((inLine * 100) / WITH_ORDER_PERCENT);
  const shop = await openOutageShop({ customers, leadDays: LEAD_DAYS, seed, sqlAtStart });
  const { control, engine, playTo } = shop;
  try {
    await playTo(noon);
    await control.keepFault(whileDown(kind, 'postscript', '/events'));
    valueOf(await engine.call('sending.setOn', { on: true }));
    const from = engine.now();
    for (let at = from; at < from + HOUR_MS && !isOver(); at += stepMs) {
      if (at === from + HOUR_MS / 2) await askForSkips(shop);
      await playTo(at);
    }
    const limited = await control.ledger();
    const asked = limited.faults[`postscript:${kind}`] ?? 0;
    const skips = limited.skips.filter(({ by }) => by === 'API').length;
    await control.keepFault(null);
    const until = engine.now();
    for (let hours = 0; hours < MOST_HOURS_AFTER; hours += 1) {
      await playTo(until + hours * HOUR_MS + MINUTE_MS);
      await playTo(until + hours * HOUR_MS + 10 * MINUTE_MS);
    }

    const { ledger, record, findings } = await shop.judge();
    const [first] = ledger.events;
    const accepted = record.deliveries.filter(({ state, isTest }) => state === 'accepted' && !isTest).length;
    return {
      figures: [
        { name: `${kind}: asked within the hour`, value: asked },
        { name: `${kind}: accepted after it`, value: accepted },
      ],
      findings: [
        ...findings,
        ...(limited.events.length > 0 ? [`${limited.events.length} were taken in during the hour`] : []),
        ...(asked > MOST_ASKED ? [`it asked ${asked} times within the hour`] : []),
        ...(asked < 2 ? [`it asked ${asked} times, which tries nothing out`] : []),
        ...(accepted < inLine ? [`only ${accepted} were in line`] : []),
        ...(skips === 0 ? ['nobody could skip within the hour'] : []),
        ...(first?.eventType === triggers.skipped_order.eventType ? [] : ['the first one was no confirmation']),
      ].map((what) => `${kind}: ${what}`),
    };
  } finally {
    await shop.close();
  }
}

/** Customers without a notice text a SKIP; what comes of it is to be confirmed before all else. */
async function askForSkips({ control }: OutageShop): Promise<void> {
  for (const { customerId } of (await control.phones('', 1_000_000)).slice(0, 10 * SKIPS))
    await control.reply(customerId, 'SKIP');
}
