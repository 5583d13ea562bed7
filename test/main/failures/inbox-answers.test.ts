import { describe, expect, it } from 'vitest';
import { day, hour, minute, noon, openShopAtWork, type ShopAtWork } from './shop-at-work.ts';
import { html, type RawAnswer } from './twisting-proxy.ts';

const jsonText = (body: string): RawAnswer => ({ status: 200, type: 'application/json', body });

const entry = (id: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  id,
  subscriber_id: null,
  shopify_customer_id: null,
  from_number: '+19075550100',
  body: 'SKIP',
  is_opt_out: false,
  received_at: noon + minute,
  ...more,
});

/** Hands these entries out once, then nothing more; everything counts as `limit` allows. */
function hand({ inbox }: ShopAtWork, entries: readonly unknown[]): void {
  inbox.twist(({ path }) => {
    const query = new URL(path, 'http://inbox').searchParams;
    const from = Number(query.get('after') ?? '');
    const page = entries.slice(from, from + Number(query.get('limit')));
    return jsonText(JSON.stringify({ responses: page, next_cursor: String(from + page.length) }));
  });
}

describe('answers of the inbox that are not what was promised', () => {
  it.each([
    ['a web page', html, 'The inbox answered 200, but with a web page instead of data.'],
    ['a page without replies', jsonText('{"next_cursor":"9"}'), 'The inbox answered, but without a list of replies.'],
    [
      'a page without a cursor',
      jsonText(JSON.stringify({ responses: [entry('a')] })),
      'The inbox answered without a cursor to go on from.',
    ],
    [
      'a reply without an id',
      jsonText(JSON.stringify({ responses: [entry('a'), entry('')], next_cursor: '2' })),
      "The inbox's reply number 2 after the cursor has no id.",
    ],
    ['half a document', jsonText('{"responses":['), 'The inbox answered 200, but the body is not JSON.'],
    [
      'its read token refused',
      { ...jsonText('{"error":"not authorised"}'), status: 401 },
      'The inbox answered 401: not authorised',
    ],
  ] as const)(
    '%s leaves the cursor where it is, with a sentence, and no reply is lost',
    async (_name, answer, sentence) => {
      const work = await openShopAtWork();
      const { shop, inbox, pass, store, texts, replyFrom, ourSkips } = work;
      await shop().runAll();
      const cursor = store().mark('reply_cursor');
      await replyFrom('Anna', 'SKIP');
      inbox.twist(() => answer);
      await pass(minute);
      expect(shop().connections.view('inbox')).toMatchObject({ problem: expect.stringContaining(sentence) as unknown });
      expect([store().mark('reply_cursor'), texts('SELECT id FROM replies')]).toEqual([cursor, []]);

      inbox.twist(undefined);
      await pass(minute);
      expect(shop().connections.view('inbox')).toMatchObject({ state: 'ok', problem: null });
      expect(texts('SELECT reason FROM replies')).toEqual(['skipped']);
      expect(await ourSkips()).toHaveLength(1);
    },
  );

  it('a page that is too large is read in smaller ones, past the huge text', async () => {
    const work = await openShopAtWork();
    // Two hundred at once are more than ten megabytes, and so are twenty; the huge one alone is just less.
    const long = { body: `Please ${'x'.repeat(600_000)}` };
    const huge = entry('huge', { body: 'Please '.repeat(1_400_000) });
    hand(work, [...Array.from({ length: 30 }, (_, index) => entry(`im_${index}`, long)), huge, entry('last')]);
    await work.shop().runAll();
    expect(work.count('SELECT count(*) FROM replies')).toBe(32);
    expect(work.texts("SELECT id || ' ' || length(body) FROM replies WHERE id = 'huge'")).toEqual(['huge 5000']);
    expect(work.count('SELECT count(*) FROM replies WHERE reason IS NULL')).toBe(0);
  });

  it('a text larger than any page is named, and what came before it is kept', async () => {
    const work = await openShopAtWork();
    hand(work, [entry('first'), entry('monster', { body: 'x'.repeat(10_500_000) })]);
    await work.shop().runAll();
    expect(work.texts('SELECT id FROM replies')).toEqual(['first']);
    expect(work.shop().connections.view('inbox').problem).toBe(
      'The inbox answered 200, but the body is larger than 10485760 bytes. Heads Up keeps trying.',
    );
  });

  it('fields of every wrong kind are kept and shown to a person, and skip nothing', async () => {
    const work = await openShopAtWork();
    const wrong: readonly unknown[] = [
      null,
      '',
      ' ',
      0,
      -1,
      1e300,
      true,
      [],
      {},
      '\u0000',
      '\ud800',
      '‮',
      'A'.repeat(20_000),
    ];
    const fields = ['subscriber_id', 'shopify_customer_id', 'from_number', 'body', 'is_opt_out', 'received_at'];
    const entries = fields.flatMap((field) =>
      wrong.map((value, index) => entry(`${field}${index}`, { [field]: value })),
    );
    hand(work, entries);
    await work.shop().runAll();
    expect(work.failureOf('replies')).toBeNull();
    expect(work.count('SELECT count(*) FROM replies')).toBe(entries.length);
    expect(work.count('SELECT count(*) FROM replies WHERE reason IS NULL')).toBe(0);
    expect(await work.ourSkips()).toEqual([]);
    expect(work.db.pragma('quick_check', { simple: true })).toBe('ok');
  });

  it('the same reply handed out again and again is one reply and one skip', async () => {
    const work = await openShopAtWork();
    const { shop, pass, replyFrom, ourSkips, count } = work;
    await shop().runAll();
    await replyFrom('Anna', 'Skip please');
    await pass(minute);
    for (let again = 0; again < 5; again += 1) {
      // As after an inbox was set up anew: everything is handed out from the beginning.
      work.store().setMark('reply_cursor', null);
      await pass(minute);
    }
    expect(count('SELECT count(*) FROM replies')).toBe(1);
    expect(await ourSkips()).toHaveLength(1);
  });

  it('a reply from the future counts as of now', async () => {
    const work = await openShopAtWork();
    await work.shop().runAll();
    hand(work, [entry('future', { received_at: noon + 400 * day })]);
    await work.pass(hour);
    expect(work.count('SELECT received_at FROM replies')).toBe(noon + hour);
  });
});
