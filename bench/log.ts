import { listDeliveryRows } from '../main/db/delivery-log.ts';
import { newestPosition, toLogQuery, type LogPosition } from '../main/db/delivery-pages.ts';
import type { ReadDb } from '../main/db/types.ts';
import { createRandom } from '../main/practice/random.ts';
import { answerClasses, everyDelivery, type DeliveryFilter } from '../shared/domain/delivery-filter.ts';
import { deliveryStates } from '../shared/domain/deliveries.ts';
import { triggerNames } from '../shared/domain/triggers.ts';
import { atMost, shown, under, type BenchOrder, type BenchReport, type BenchRow } from './row.ts';
import { median, percentile, timeOf, type Took } from './statistics.ts';

/** Rows of a page, as the screen asks for them. */
const pageRows = 50;
const rounds = 5;
const country = 'US';
const always = { from: 0, until: Number.MAX_SAFE_INTEGER };

type Place = Readonly<{
  name: string;
  filter: DeliveryFilter;
  before: LogPosition;
  depth: 'first' | 'middle' | 'deepest';
}>;

async function measureLog({ shop, say }: BenchOrder): Promise<BenchReport> {
  await shop.fill();
  const db = shop.open();
  try {
    const filters = listFilters(db);
    say(`${filters.length} filters`);
    const places = filters.flatMap((filter) => listPlaces(db, filter));
    const times = new Map<Place, Took[]>(places.map((place) => [place, []]));
    const random = createRandom(1, 'log');
    for (let round = 0; round < rounds; round += 1) {
      for (const place of shuffle(places, random.next)) times.get(place)?.push(timeOf(() => readAt(db, place)));
    }
    return toReport(times, filters.length);
  } finally {
    db.close();
  }
}

function readAt(db: ReadDb, { filter, before }: Pick<Place, 'filter' | 'before'>) {
  return listDeliveryRows(db, toLogQuery(db, filter, always, country), before, pageRows);
}

/** Each value of each filter with each value of the others, those that exclude each other too; and a customer, a date. */
function listFilters(db: ReadDb): DeliveryFilter[] {
  const filters: DeliveryFilter[] = [];
  for (const state of [null, ...deliveryStates])
    for (const trigger of [null, ...triggerNames])
      for (const answer of [null, ...answerClasses])
        for (const isTest of [null, true, false]) filters.push({ ...everyDelivery, state, trigger, answer, isTest });
  const some = db.prepare<[], { customerId: string; orderDate: string }>(
    `SELECT customer_id AS customerId, order_date AS orderDate FROM deliveries WHERE id IN
       (SELECT max(id) / 7 FROM deliveries UNION SELECT max(id) / 2 FROM deliveries UNION SELECT max(id) - 1 FROM deliveries)`,
  );
  for (const { customerId, orderDate } of some.all()) {
    for (const state of [null, ...deliveryStates]) {
      filters.push({ ...everyDelivery, state, customerId }, { ...everyDelivery, state, orderDate });
    }
    for (const trigger of triggerNames) filters.push({ ...everyDelivery, trigger, orderDate });
  }
  return filters;
}

/** The first page, one half-way and the last full one of what the filter lets through. */
function listPlaces(db: ReadDb, filter: DeliveryFilter): Place[] {
  const name = describe(filter);
  const first: Place = { name, filter, before: newestPosition, depth: 'first' };
  const rows = readAt(db, first);
  if (rows.length < pageRows) return [first];
  const span = db.prepare<[], { oldest: number; newest: number }>(
    'SELECT min(created_at) AS oldest, max(created_at) AS newest FROM deliveries',
  );
  const { oldest, newest } = span.get() ?? { oldest: 0, newest: 0 };
  const middle: Place = { name, filter, before: { createdAt: (oldest + newest) / 2, id: 0 }, depth: 'middle' };
  let until = oldest;
  let deepest: Place | undefined;
  // The latest start from which a page is still full, to a thousandth of the time that the log spans.
  for (let step = (newest - oldest) / 1000; until < newest && deepest === undefined; step *= 2) {
    until += step;
    const place: Place = { name, filter, before: { createdAt: until, id: 0 }, depth: 'deepest' };
    if (readAt(db, place).length === pageRows) deepest = place;
  }
  return [first, middle, ...(deepest === undefined ? [] : [deepest])];
}

function toReport(times: ReadonlyMap<Place, readonly Took[]>, filters: number): BenchReport {
  const medians = [...times].map(([place, values]) => ({ place, ms: median(values.map(({ ms }) => ms)) }));
  const all = [...times.values()].flat();
  const firsts = new Map(
    medians.filter(({ place }) => place.depth === 'first').map(({ place, ms }) => [place.filter, ms]),
  );
  const ratios = medians
    .filter(({ place }) => place.depth === 'deepest')
    .map(({ place, ms }) => ({ name: place.name, ratio: ms / (firsts.get(place.filter) ?? 1) }));
  const open = medians.filter(({ place }) => place.name === 'no filter');
  const slowest = medians.toSorted((one, other) => other.ms - one.ms).slice(0, 5);
  return {
    measured: [
      under(5, {
        name: 'a page of the log, any filter, any depth, p99',
        figure: percentile(
          all.map(({ ms }) => ms),
          0.99,
        ),
        unit: 'ms',
      }),
      shown({ name: 'the same, median', figure: median(all.map(({ ms }) => ms)), unit: 'ms' }),
      shown({ name: 'the slowest filter, median of its rounds', figure: slowest[0]?.ms ?? 0, unit: 'ms' }),
      atMost(1.5, {
        name: 'deepest page to the first, median of the filters with both',
        figure: median(ratios.map(({ ratio }) => ratio)),
        unit: 'x',
      }),
    ],
    notes: [
      `${filters} filters: every state with every trigger, answer and kind, also those that exclude each other, and customers and order dates; first, middle and deepest page, ${times.size} pages, ${rounds} rounds, each in another order.`,
      `Without a filter: ${open.map(({ place, ms }) => `${place.depth} ${ms.toFixed(2)} ms`).join(', ')}.`,
      `Slowest: ${slowest.map(({ place, ms }) => `${place.name} (${place.depth}) ${ms.toFixed(2)} ms`).join('; ')}.`,
    ],
    skipped: null,
  };
}

function describe(filter: DeliveryFilter): string {
  const given = Object.entries(filter).filter(([, value]) => value !== null && value !== '');
  return given.length === 0 ? 'no filter' : given.map(([name, value]) => `${name} ${String(value)}`).join(', ');
}

function shuffle<T>(items: readonly T[], next: () => number): T[] {
  return items
    .map((item) => ({ item, at: next() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ item }) => item);
}

export const logRow: BenchRow = { name: 'log', title: 'The log, any filter, any depth', run: measureLog };
