import { instantOf } from '../../../shared/domain/calendar.ts';
import type { EngineRecord } from '../../../main/practice/judge-types.ts';
import { orderOf } from '../../../main/practice/judge-skips.ts';
import type { PracticeLedger } from '../../../main/practice/ledger.ts';
import { defaultPracticeOptions } from '../../../main/practice/practice-shop.ts';
import { createRandom, type Random } from '../../../main/practice/random.ts';
import { triggers } from '../../../shared/domain/triggers.ts';
import { valueOf } from '../kill/engine.ts';
import {
  DAY_MS,
  HOUR_MS,
  MINUTE_MS,
  noon,
  openOutageShop,
  whileDown,
  type OutageOutcome,
  type OutageShop,
} from './outage-shop.ts';

export type InboxWeek = Readonly<{
  replies: number;
  seed: number;
  /** Simulated minutes between two looks at everything while the inbox is away. */
  stepMinutes: number;
  sqlAtStart: string | null;
  isOver: () => boolean;
}>;

/** As many as have something to ask about. */
const REPLIES_EACH = 5;
/** So long before an order are its notices sent, so that many can still be skipped when the inbox is back. */
const LEAD_DAYS = 7;
const AWAY_MS = 7 * DAY_MS;
export const awayUntil = noon + HOUR_MS + AWAY_MS;
/** A SKIP that answers no notice means the next order only for so long. */
const FRESH_MS = DAY_MS;

const words = [
  ['SKIP', 4],
  ['Skip please!', 2],
  ['When does it come?', 3],
  ['Thank you', 1],
] as const;

/** The console cannot reach the inbox for a week, in which customers text; then it can. */
export async function playInboxWeek(week: InboxWeek): Promise<OutageOutcome> {
  const customers = Math.ceil(week.replies / REPLIES_EACH);
  const shop = await openOutageShop({ customers, leadDays: LEAD_DAYS, seed: week.seed, sqlAtStart: week.sqlAtStart });
  const { control, engine, playTo } = shop;
  try {
    valueOf(await engine.call('sending.setOn', { on: true }));
    await playTo(noon);
    await playTo(noon + HOUR_MS);
    await control.keepFault(whileDown('error_before', 'inbox', '/responses'));
    await textForAWeek(shop, week);
    await control.keepFault(null);
    const before = await control.ledger();
    await playTo(awayUntil);
    const workedMs = engine.now() - awayUntil;
    for (const hours of [1, 2, 3, 24]) await playTo(awayUntil + hours * HOUR_MS);

    const { ledger, record, findings } = await shop.judge();
    const missed = before.faults['inbox:error_before'] ?? 0;
    const ours = ledger.skips.filter(({ by }) => by === 'API');
    return {
      figures: [
        { name: 'texts of a week', value: before.replies.length },
        { name: 'reads that failed meanwhile', value: missed },
        { name: 'of them on record in the end', value: record.replies.length },
        { name: 'orders skipped for them', value: ours.length },
        { name: 'simulated minutes until all was done', value: Math.round(workedMs / MINUTE_MS) },
      ],
      findings: [
        ...findings,
        ...judgeTexts(ledger, record),
        ...judgeSkips(ledger),
        ...(missed === 0 ? ['the inbox was not away'] : []),
        ...(before.skips.some(({ by }) => by === 'API') ? ['it skipped although it could read no text'] : []),
      ],
    };
  } finally {
    await shop.close();
  }
}

async function textForAWeek({ control, engine, playTo, listTexted }: OutageShop, week: InboxWeek): Promise<void> {
  const random = createRandom(week.seed, 'texts');
  const everybody = await listTexted();
  const steps = Math.floor(AWAY_MS / (week.stepMinutes * MINUTE_MS));
  let noticed: readonly string[] = [];
  let noticedAt = 0;
  let sent = 0;
  for (let step = 1; step <= steps && !week.isOver(); step += 1) {
    await playTo(noon + HOUR_MS + step * week.stepMinutes * MINUTE_MS);
    // The merchant looks at every storm and lets it pass.
    valueOf(await engine.call('sending.releaseHold', {}));
    if (engine.now() - noticedAt >= DAY_MS) {
      noticedAt = engine.now();
      const texted = customersWithNotice(await control.ledger());
      noticed = everybody.filter((id) => texted.has(id));
    }
    for (const due = Math.round((week.replies * step) / steps); sent < due; sent += 1)
      await control.reply(pickSender(random, noticed, everybody), random.weighted(words));
  }
}

function customersWithNotice({ events }: PracticeLedger): ReadonlySet<string | null> {
  const { eventType } = triggers.upcoming_order;
  return new Set(events.flatMap((event) => (event.eventType === eventType ? [event.customerId] : [])));
}

/** Most of whom text have something to answer. */
function pickSender(random: Random, noticed: readonly string[], everybody: readonly string[]): string {
  return random.pick(noticed.length > 0 && random.isLucky(0.6) ? noticed : everybody);
}

/** Each text is on record, once, and none that nobody has written. */
function judgeTexts({ replies }: PracticeLedger, record: EngineRecord): string[] {
  const known = record.replies.map(({ id }) => id).toSorted();
  const written = replies.map(({ id }) => id).toSorted();
  return JSON.stringify(known) === JSON.stringify(written)
    ? []
    : [`${written.length} texts were written, and ${new Set(known).size} are on record, ${known.length} rows`];
}

/** A SKIP that names an order which is still far off is carried out; nobody's old SKIP is taken for one of today. */
function judgeSkips(ledger: PracticeLedger): string[] {
  const { billingTimeZone } = defaultPracticeOptions;
  const skips = ledger.skips.filter(({ by }) => by === 'API');
  const skipped = new Set(skips.map(orderOf));
  const wishes = ledger.replies.filter(({ meant }) => meant === 'skip');
  const standing = new Set(ledger.orders.filter(({ ended }) => ended !== 'skipped').map(orderOf));
  const ignored = wishes.flatMap(({ id, namedOrder }) => {
    if (namedOrder === null || !standing.has(orderOf(namedOrder)) || skipped.has(orderOf(namedOrder))) return [];
    const isFarOff = instantOf(billingTimeZone, namedOrder.orderDate, '00:00') > awayUntil + DAY_MS;
    return isFarOff ? [`${id} asked in time to skip ${orderOf(namedOrder)}, which was not skipped`] : [];
  });
  const stale = skips
    .filter((skip) =>
      wishes.every(
        ({ at, customerId, namedOrder }) =>
          (namedOrder === null || orderOf(namedOrder) !== orderOf(skip)) &&
          (customerId !== skip.customerId || at > skip.at || skip.at - at > FRESH_MS + HOUR_MS),
      ),
    )
    .map((skip) => `${orderOf(skip)} was skipped for a text that is too old to mean it`);
  return [...ignored, ...stale];
}
