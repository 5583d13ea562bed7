import { describe, expect, it } from 'vitest';
import { addDays } from '../../../shared/domain/calendar.ts';
import { openShopAtWork, day, hour, minute, noon, repeated } from './shop-at-work.ts';
import { html, type RawAnswer, type Twist } from './twisting-proxy.ts';

type Row = Record<string, unknown>;

const isRecord = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (path: string): boolean => path.startsWith('/vendor/purchase-state?');
const jsonText = (body: string): RawAnswer => ({ status: 200, type: 'application/json', body });

/** Changes the rows of the subscription list, and of single reads, as they pass by. */
function changeRows(change: (row: Row, index: number) => Row): Twist {
  return ({ method, path }) => {
    if (method !== 'GET') return undefined;
    if (isList(path)) {
      return (json) => {
        if (!isRecord(json) || !Array.isArray(json['data'])) throw new Error('Expected a page');
        return { ...json, data: json['data'].map((row: unknown, index) => (isRecord(row) ? change(row, index) : row)) };
      };
    }
    if (!/^\/vendor\/purchase-state\/\d+$/.test(path)) return undefined;
    return (json) => (isRecord(json) ? change(json, 0) : json);
  };
}

type Place = readonly [field: string, inner?: string];

/** Every field of a row, and every field of the objects in it. */
function placesIn(row: Row): Place[] {
  return Object.entries(row).flatMap(([field, value]): Place[] => [
    [field],
    ...(isRecord(value) ? Object.keys(value).map((inner): Place => [field, inner]) : []),
  ]);
}

function put(row: Row, [field, inner]: Place, value: unknown): Row {
  const before = row[field];
  if (inner === undefined) return { ...row, [field]: value };
  return { ...row, [field]: { ...(isRecord(before) ? before : {}), [inner]: value } };
}

describe('answers of the platform that are not what was promised', () => {
  it.each([
    ['a web page', html, 'Smartrr answered 200, but with a web page instead of data.'],
    ['half a document', jsonText('{"data":[{"id":"ps'), 'Smartrr answered 200, but the body is not JSON.'],
    [
      'a page without its rows',
      jsonText('{"pageSize":100}'),
      'Smartrr answered 200, but without a list of subscriptions.',
    ],
    ['nothing', jsonText(''), 'Smartrr answered 200, but without a list of subscriptions.'],
    [
      'more than ten megabytes',
      jsonText(`{"data":[{"id":"${'x'.repeat(11_000_000)}"}]}`),
      'Smartrr answered 200, but the body is larger than 10485760 bytes.',
    ],
    [
      'a redirect',
      { ...html, status: 302, headers: { location: 'https://elsewhere.example/' } },
      /redirect, which is not followed/,
    ],
    ['an error page', { ...html, status: 502 }, /^Smartrr answered 502: a web page instead of data$/],
  ] as const)('%s stops the sync with a sentence, and nothing is lost', async (_name, answer, sentence) => {
    const { world, smartrr, shop, pass, texts, events } = await openShopAtWork();
    await shop().runAll();
    const known = texts('SELECT id || status || next_order_date FROM subscriptions ORDER BY id');
    await world.change(await world.stateOf('Anna'), 'cancel', { reasonId: 'too-much' });

    smartrr.twist(({ path }) => (isList(path) ? answer : undefined));
    await pass(5 * minute);
    expect(shop().syncState()).toEqual({
      isRunning: false,
      rowsSeen: 0,
      rowsTotal: null,
      problem: expect.stringMatching(sentence) as unknown,
    });
    expect(shop().connections.view('smartrr')).toMatchObject({ state: expect.stringMatching(/failing|ok/) as unknown });
    expect(texts('SELECT id || status || next_order_date FROM subscriptions ORDER BY id')).toEqual(known);

    smartrr.twist(undefined);
    await pass(5 * minute);
    expect(shop().syncState().problem).toBeNull();
    const gone = (await events()).filter(({ eventType }) => eventType === 'smartrr_customer_deactivated');
    expect(gone).toHaveLength(1);
  });

  it('a row without its date of creation is named, and the others are taken in', async () => {
    const { world, smartrr, shop, count } = await openShopAtWork();
    const { id } = await world.stateOf('Petra');
    smartrr.twist(
      changeRows((row) => (row['id'] === id ? { ...row, createdDate: null, initialSubmissionDate: null } : row)),
    );
    await shop().runAll();
    expect(count('SELECT count(*) FROM subscriptions')).toBe(27);
    expect(shop().syncState().problem).toBe(
      `1 row of the platform could not be understood (subscription ${id}: createdDate is missing or unreadable). Nothing is sent about what is not understood.`,
    );
  });

  it('keeps naming what it could not understand until a walk of everything finds nothing of the kind', async () => {
    const { world, smartrr, shop, pass, restart } = await openShopAtWork();
    const { id } = await world.stateOf('Petra');
    smartrr.twist(
      changeRows((row) => (row['id'] === id ? { ...row, createdDate: null, initialSubmissionDate: null } : row)),
    );
    await shop().runAll();
    smartrr.twist(undefined);
    await pass(10 * minute);
    restart();
    expect(shop().syncState().problem).toMatch(/^1 row of the platform could not be understood/);
    await pass(25 * hour);
    expect(shop().syncState().problem).toBeNull();
  });

  it('a subscription whose status nobody has heard of is not texted, and named, until the status is one again', async () => {
    const { world, smartrr, shop, pass, texts, events } = await openShopAtWork();
    await shop().runAll();
    const { id, custRel } = await world.stateOf('Sam');
    const asFrozen = changeRows((row) =>
      row['id'] === id
        ? { ...row, purchaseStateStatus: 'FROZEN', updatedDate: new Date(noon + 2 * day).toISOString() }
        : row,
    );
    smartrr.twist(asFrozen);
    // The order is in five days; the notice is due in two.
    await pass(2 * day);
    await pass(hour);
    const noticesOfSam = async (): Promise<unknown[]> =>
      (await events()).filter((event) => event.customerId === custRel.id);
    expect(await noticesOfSam()).toEqual([]);
    expect(shop().syncState().problem).toContain(`subscription ${id}: its status is missing or unknown`);
    expect(texts(`SELECT status FROM subscriptions WHERE id = '${id}'`)).toEqual(['ACTIVE']);

    smartrr.twist(undefined);
    await pass(hour);
    expect(await noticesOfSam()).toHaveLength(1);
  });

  it('events of kinds and authors that nobody has heard of, with dates that are none, explain nothing and stop nothing', async () => {
    const { world, smartrr, shop, pass, events, failureOf, texts, replyFrom, ourSkips } = await openShopAtWork();
    await shop().runAll();
    await pass(10 * minute);
    smartrr.twist(({ path }) => {
      if (!path.endsWith('/events')) return undefined;
      return (json) => [
        ...(Array.isArray(json) ? (json as unknown[]) : []),
        {
          id: 'e1',
          eventType: 'SKIP',
          createdBy: 'CUSTOMER',
          eventDate: new Date(noon + hour).toISOString(),
          eventData: { orderDate: 'soon' },
        },
        {
          id: 'e2',
          eventType: 'TELEPORTED',
          createdBy: 'MARTIAN',
          eventDate: new Date(noon + hour).toISOString(),
          eventData: 7,
        },
        { id: 'e3', eventType: 'SKIP', createdBy: 'CUSTOMER', eventDate: 'yesterday' },
        'not even an object',
        null,
      ];
    });
    const moved = await world.stateOf('Toni');
    const { nextBillingDate } = moved;
    await world.change(moved, 'next-billing-date', {
      date: `${addDays(nextBillingDate.slice(0, 10), 3)}T14:30:00.000Z`,
    });
    // A SKIP reads the log too.
    await replyFrom('Anna', 'SKIP');
    await pass(5 * minute);
    expect([failureOf('sync'), failureOf('replies'), shop().syncState().problem]).toEqual([null, null, null]);
    expect(texts(`SELECT next_order_date FROM subscriptions WHERE id = '${moved.id}'`)).toEqual([
      addDays(nextBillingDate.slice(0, 10), 3),
    ]);
    expect(await ourSkips()).toHaveLength(1);
    expect(repeated(await events())).toEqual([]);
  });

  it('a bill of an unknown status is named, and the failed ones beside it are announced', async () => {
    const { smartrr, shop, pass, events } = await openShopAtWork();
    await shop().runAll();
    await pass(day);
    smartrr.twist(({ path }) => {
      if (!path.startsWith('/vendor/bill?')) return undefined;
      return (json) => {
        if (!isRecord(json) || !Array.isArray(json['data'])) throw new Error('Expected a page');
        const odd = {
          id: 77,
          status: 'refunded',
          retryCount: 0,
          updatedDate: new Date(noon + 2 * day).toISOString(),
          st: { id: 'x' },
        };
        return { ...json, totalCount: Number(json['totalCount']) + 1, data: [odd, ...(json['data'] as unknown[])] };
      };
    });
    await pass(day);
    expect(shop().syncState().problem).toContain('bill 77: status is "refunded", which is unknown');
    const failed = (await events()).filter(({ eventType }) => eventType === 'smartrr_payment_method_failed');
    expect(failed.map(({ externalId }) => externalId)).toContainEqual(expect.stringMatching(/^payment-failed:/));
  });

  it('fields of every wrong kind neither stop a sync nor damage what is known', { timeout: 300_000 }, async () => {
    // Without the filter every sync walks everything, and so meets every row that is spoilt.
    const { world, smartrr, shop, pass, failureOf, db, count, events } = await openShopAtWork({
      practice: { switches: { updatedDateFilter: false } },
    });
    await shop().runAll();
    const { body } = await world.smartrr('purchase-state?pageSize=1');
    const [sample] = isRecord(body) && Array.isArray(body['data']) ? (body['data'] as unknown[]) : [];
    const places = isRecord(sample) ? placesIn(sample).filter(([field]) => field !== 'updatedDate') : [];
    const wrong: readonly unknown[] = [
      null,
      '',
      ' ',
      'x',
      '-1',
      -1,
      1e300,
      0.5,
      true,
      [],
      {},
      [[]],
      [{ id: {} }],
      '\u0000',
      '\ud800',
      '‮الاسم',
      '9999-12-31T23:59:59.999Z',
      '0001-01-01T00:00:00Z',
      '2027-02-31',
      'A'.repeat(100_000),
      JSON.parse('{"__proto__":{"isPolluted":true},"constructor":{"prototype":{"isPolluted":true}}}'),
    ];
    const cases = places.flatMap((place) => wrong.map((value) => ({ place, value })));
    const rows = count('SELECT count(*) FROM subscriptions');
    for (let round = 0; round * rows < cases.length; round += 1) {
      smartrr.twist(
        changeRows((row, index) => {
          const spoilt = cases[round * rows + index];
          const updatedDate = new Date(noon + (round + 1) * minute).toISOString();
          return spoilt === undefined ? row : { ...put(row, spoilt.place, spoilt.value), updatedDate };
        }),
      );
      await pass(minute);
      expect(failureOf('sync')).toBeNull();
      expect(failureOf('deliver')).toBeNull();
    }
    expect(cases.length).toBeGreaterThan(1000);
    expect(db.pragma('quick_check', { simple: true })).toBe('ok');
    expect(Object.hasOwn(Object.prototype, 'isPolluted')).toBe(false);
    expect(repeated(await events())).toEqual([]);

    // What was spoilt on the way is read anew as soon as the platform is itself again.
    smartrr.twist(undefined);
    for (const state of await world.everyState()) {
      const known = db.prepare<[string], string>('SELECT status FROM subscriptions WHERE id = ?').pluck().get(state.id);
      expect(known).toBeDefined();
    }
  });
});
