import { listCustomers } from '../main/db/customer-search.ts';
import { listDeliveryRows } from '../main/db/delivery-log.ts';
import { newestPosition, toLogQuery } from '../main/db/delivery-pages.ts';
import type { ReadDb } from '../main/db/types.ts';
import { createRandom } from '../main/practice/random.ts';
import { everyDelivery } from '../shared/domain/delivery-filter.ts';
import { shown, under, type BenchOrder, type BenchReport, type BenchRow } from './row.ts';
import { median, percentile, timeOf, type Took } from './statistics.ts';

const pageRows = 50;
const people = 60;
const country = 'US';
const always = { from: 0, until: Number.MAX_SAFE_INTEGER };

type Term = Readonly<{ kind: string; text: string }>;

async function measureSearch({ shop }: BenchOrder): Promise<BenchReport> {
  await shop.fill();
  const db = shop.open();
  try {
    const terms = listTerms(db);
    const log = new Map<string, Took[]>();
    const customers = new Map<string, Took[]>();
    for (const { kind, text } of terms) {
      note(log, kind, () => {
        const query = toLogQuery(db, { ...everyDelivery, search: text }, always, country);
        listDeliveryRows(db, query, newestPosition, pageRows);
      });
      note(customers, kind, () => listCustomers(db, text, Number.MAX_SAFE_INTEGER, pageRows));
    }
    const all = [...log.values(), ...customers.values()].flat();
    return {
      measured: [
        under(25, {
          name: 'a search, in the log and among the customers, p99',
          figure: percentile(toMs(all), 0.99),
          unit: 'ms',
        }),
        shown({ name: 'the same, median', figure: median(toMs(all)), unit: 'ms' }),
      ],
      notes: [
        `${terms.length} searches in the log and as many among the customers, each text once, in random order. A search of the log finds the customers first and then their deliveries; both count.`,
        `p99 by what is typed, log and customers, ms: ${[...log].map(([kind, ms]) => `${kind} ${percentile(toMs(ms), 0.99).toFixed(1)} and ${percentile(toMs(customers.get(kind) ?? []), 0.99).toFixed(1)}`).join('; ')}.`,
      ],
      skipped: null,
    };
  } finally {
    db.close();
  }
}

/** What people type, about customers from all over the shop. */
function listTerms(db: ReadDb): readonly Term[] {
  const random = createRandom(1, 'search');
  const { last = 1 } = db.prepare<[], { last: number }>('SELECT max(row_id) AS last FROM customers').get() ?? {};
  const find = db.prepare<
    [number],
    Record<'firstName' | 'lastName' | 'phone' | 'email' | 'number' | 'id' | 'date', string | null>
  >(
    `SELECT first_name AS firstName, last_name AS lastName, phone, email, platform_number AS number, id, date FROM customers
       LEFT JOIN (SELECT customer_id, platform_number AS number, next_order_date AS date FROM subscriptions) ON customer_id = id
     WHERE row_id = ?`,
  );
  const terms: Term[] = [];
  for (let count = 0; count < people; count += 1) {
    const person = find.get(random.between(1, last));
    if (person === undefined) throw new Error('Expected a customer');
    const { firstName, lastName, phone, email, number, date } = person;
    const national = phone?.slice(2) ?? '2125550100';
    terms.push(
      { kind: 'last four digits', text: national.slice(-4) },
      { kind: 'last seven digits', text: national.slice(-7) },
      { kind: 'a whole phone', text: `(${national.slice(0, 3)}) ${national.slice(3, 6)}-${national.slice(6)}` },
      { kind: 'how a phone begins', text: national.slice(0, 6) },
      { kind: 'one letter', text: (lastName ?? 'a').slice(0, 1) },
      { kind: 'three letters', text: (lastName ?? 'abc').slice(0, 3) },
      { kind: 'a first name', text: firstName ?? 'Dana' },
      { kind: 'both names', text: `${firstName ?? ''} ${lastName ?? ''}` },
      { kind: 'an e-mail address', text: email ?? '' },
      { kind: 'an order date', text: date ?? '2027-01-01' },
      { kind: 'a subscription', text: number ?? '8100000001' },
      { kind: 'nobody', text: 'Zzyzx Quux' },
    );
  }
  return terms
    .map((term) => ({ term, at: random.next() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ term }) => term);
}

function note(times: Map<string, Took[]>, kind: string, work: () => void): void {
  const list = times.get(kind) ?? [];
  list.push(timeOf(work));
  times.set(kind, list);
}

function toMs(took: readonly Took[]): number[] {
  return took.map(({ ms }) => ms);
}

export const searchRow: BenchRow = {
  name: 'search',
  title: 'Search by part of a phone, name, order',
  run: measureSearch,
};
