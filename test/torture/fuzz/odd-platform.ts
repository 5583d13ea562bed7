import type { Random } from '../../../main/practice/random.ts';
import { mutate } from './mutate.ts';
import { damageBody, jsonBody, type Body } from './odd-bodies.ts';
import type { JsonObject, PlatformCorpus } from './platform-corpus.ts';

/** One row of the list as it is served in this round, beside the row that it was made from. */
export type Served = Readonly<{ truth: JsonObject; raw: unknown; isMutated: boolean }>;

export type OddPlatform = Readonly<{
  fetch: typeof globalThis.fetch;
  /** Changes some subscriptions as life does, and mutates what is served of them until the next round. */
  nextRound: (now: number, isFirst: boolean) => void;
  /** The rows that a walk has been given in this round; the filter leaves out what has not changed. */
  served: () => readonly Served[];
  /** The last answer to a list, as text. */
  lastText: () => string;
  servedBills: () => readonly Served[];
  /** Whether an answer of this round was damaged as a whole, or its envelope was. */
  isDamaged: () => boolean;
}>;

const PAGE = 100;
const MUTATED = 0.25;

/** A Smartrr whose rows are mutated one by one, and whose answers are damaged now and then as a whole. */
export function createOddPlatform(corpus: PlatformCorpus, random: Random): OddPlatform {
  /** Whether it does is UNKNOWN; without the filter each walk meets every row. */
  const honoursFilter = random.isLucky(0.3);
  const truth = corpus.rows.map((row) => structuredClone(row));
  const bills = corpus.bills.map((bill) => structuredClone(bill));
  /** What was made of a row in this round. */
  const given = new Map<JsonObject, Served>();
  const walked = new Set<Served>();
  let events = new Map<string, unknown>();
  let isDamaged = false;
  let damagedPath: RegExp | null = null;
  let isEnvelopeOdd = false;
  let lastText = '';
  let clock = 0;

  function live(now: number): void {
    const at = new Date(now - 60_000).toISOString();
    for (const row of truth.filter(() => random.isLucky(0.2))) {
      row['updatedDate'] = at;
      const what = random.weighted([
        ['moves', 40],
        ['card', 15],
        ['cancelled', 8],
        ['back', 12],
        ['nothing', 25],
      ]);
      if (what === 'moves') row['nextBillingDate'] = new Date(now + random.between(1, 20) * 86_400_000).toISOString();
      if (what === 'cancelled') Object.assign(row, { purchaseStateStatus: 'CANCELLED', cancelledAt: at });
      if (what === 'back') Object.assign(row, { purchaseStateStatus: 'ACTIVE', cancelledAt: null });
      const card = row['pmtMth'];
      if (what === 'card' && typeof card === 'object' && card !== null) row['pmtMth'] = { ...card, updatedDate: at };
    }
    for (const bill of bills.filter(() => random.isLucky(0.1))) {
      const retryCount = Number(bill['retryCount']) + 1;
      Object.assign(bill, { status: random.pick(['failed', 'failed', 'succeeded']), retryCount, updatedDate: at });
    }
  }

  /** Mutated when it is asked for: most rows have not changed, and the filter leaves them out. */
  const rawOf = (row: JsonObject): Served => {
    const known = given.get(row);
    if (known !== undefined) return known;
    const isMutated = random.isLucky(MUTATED);
    const made = { truth: row, raw: isMutated ? mutate(row, random) : row, isMutated };
    given.set(row, made);
    return made;
  };

  function nextRound(now: number, isFirst: boolean): void {
    clock = now;
    if (!isFirst) live(now);
    given.clear();
    walked.clear();
    events = new Map(
      [...corpus.events].map(([number, list]) => [number, random.isLucky(0.1) ? mutate(list, random) : list]),
    );
    isDamaged = false;
    damagedPath = random.isLucky(0.08) ? random.pick([/purchase-state$/, /\/bill$/, /events$/, /plan-group$/]) : null;
    isEnvelopeOdd = random.isLucky(0.05);
  }

  const toPage = (list: readonly JsonObject[], query: URLSearchParams): string => {
    const after = honoursFilter ? query.get('filterAfter[updatedDate]') : null;
    // The rows of a real answer are chosen by what the service knows, not by what it writes.
    const chosen = after === null ? list : list.filter((row) => String(row['updatedDate']) > after);
    const size = Math.min(PAGE, Number(query.get('pageSize') ?? PAGE));
    const number = Number(query.get('pageNumber') ?? 0);
    const shown = chosen.slice(number * size, (number + 1) * size).map(rawOf);
    if (size === PAGE) for (const row of shown) walked.add(row);
    const data = shown.map(({ raw }) => raw);
    const envelope = { totalCount: chosen.length, pageSize: size, pageNumber: number };
    if (!isEnvelopeOdd) return JSON.stringify({ ...envelope, data });
    isDamaged = true;
    const odd = mutate(envelope, random);
    return JSON.stringify(typeof odd === 'object' && odd !== null && !Array.isArray(odd) ? { ...odd, data } : odd);
  };

  function answer(url: URL): string {
    const path = url.pathname;
    if (path.endsWith('/purchase-state')) return toPage(truth, url.searchParams);
    if (path.endsWith('/bill')) return toPage(bills, url.searchParams);
    if (path.endsWith('/selling-plan-group')) return JSON.stringify(corpus.plans);
    const [, number = '', tail] = /purchase-state\/(\d+)(\/events)?$/.exec(path) ?? [];
    if (tail !== undefined) return JSON.stringify(events.get(number) ?? []);
    const found = truth.find((row) => row['shopifyId'] === number);
    return JSON.stringify(found === undefined ? [] : rawOf(found).raw);
  }

  function respond(url: URL): Body {
    const text = answer(url);
    if (damagedPath === null || !damagedPath.test(url.pathname) || !random.isLucky(0.5)) return jsonBody(text);
    isDamaged = true;
    return damageBody(text, random);
  }

  return {
    fetch: (input) => {
      const url = new URL(input instanceof Request ? input.url : input);
      const { status, headers, bytes } = respond(url);
      if (url.searchParams.has('pageNumber')) lastText = new TextDecoder().decode(bytes);
      const dated = { date: new Date(clock).toUTCString(), ...headers };
      return Promise.resolve(new Response(bytes, { status, headers: dated }));
    },
    nextRound,
    served: () => [...walked].filter(({ truth: row }) => truth.includes(row)),
    lastText: () => lastText,
    servedBills: () => [...walked].filter(({ truth: row }) => bills.includes(row)),
    isDamaged: () => isDamaged,
  };
}
