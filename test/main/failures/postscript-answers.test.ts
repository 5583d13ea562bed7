import { describe, expect, it } from 'vitest';
import { minute, openShopAtWork, repeated } from './shop-at-work.ts';
import { html, type RawAnswer } from './twisting-proxy.ts';

const jsonText = (body: string, status = 202): RawAnswer => ({ status, type: 'application/json', body });
const isEvent = (path: string): boolean => path === '/api/v2/events';

/** Notices of two orders are due at once. */
async function openWithTwoDue(answer: RawAnswer) {
  const work = await openShopAtWork();
  work.postscript.twist(({ path }) => (isEvent(path) ? answer : undefined));
  await work.shop().runAll();
  return work;
}

describe('answers of Postscript that are not what was promised', () => {
  it.each([
    ['a web page with 200', html, 'Postscript answered 200, but with a web page instead of data.'],
    ['half a document', jsonText('{"event_ids":["e'), 'Postscript answered 202, but the body is not JSON.'],
    [
      'ten megabytes',
      jsonText('['.repeat(10_600_000)),
      'Postscript answered 202, but the body is larger than 10485760 bytes.',
    ],
    [
      'a redirect',
      { ...html, status: 301, headers: { location: 'https://elsewhere.example/' } },
      /redirect, which is not followed/,
    ],
    ['an error page', { ...html, status: 503 }, 'Postscript answered 503: a web page instead of data'],
  ] as const)(
    '%s leaves the text for a person to check, and it is never sent again by itself',
    async (_name, answer, sentence) => {
      const { texts, postscript, pass, events } = await openWithTwoDue(answer);
      expect(texts('SELECT state || reason FROM deliveries')).toEqual([
        'unknownunknown_outcome',
        'unknownunknown_outcome',
      ]);
      for (const message of texts('SELECT message FROM attempts')) expect(message).toMatch(sentence);
      expect(texts("SELECT detail FROM decisions WHERE reason = 'unknown_outcome'")).toHaveLength(2);

      const asked = postscript.asked.filter(({ path }) => isEvent(path)).length;
      postscript.twist(undefined);
      await pass(30 * minute);
      expect(postscript.asked.filter(({ path }) => isEvent(path))).toHaveLength(asked);
      expect(await events()).toEqual([]);
    },
  );

  it('a refusal that names its fields is a failed text with those fields on record', async () => {
    const body = '{"errors":[{"loc":["body","phone"],"msg":"is not a number","type":"value_error"}]}';
    const { texts } = await openWithTwoDue(jsonText(body, 422));
    expect(texts('SELECT state FROM deliveries')).toEqual(['failed', 'failed']);
    expect(texts("SELECT detail FROM decisions WHERE reason = 'rejected'")).toEqual([
      'Postscript answered 422: is not a number (phone: is not a number)',
      'Postscript answered 422: is not a number (phone: is not a number)',
    ]);
  });

  it('a plan that does not allow the API holds the line with a hint, and what waits goes out once when it does', async () => {
    const body = '{"errors":[{"loc":[],"msg":"Access denied. Your plan does not include API access."}]}';
    const { hold, texts, postscript, store, pass, events } = await openWithTwoDue(jsonText(body, 403));
    expect(hold()).toMatchObject({
      kind: 'plan_refused',
      message:
        'Postscript knows the key but does not allow this: Postscript answered 403: Access denied. Your plan does not include API access. API access depends on the Postscript plan; ask your Postscript representative, then release the queue.',
    });
    expect(texts('SELECT state FROM deliveries')).toEqual(['waiting', 'waiting']);
    const asked = postscript.asked.length;
    await pass(30 * minute);
    expect(postscript.asked.length).toBe(asked);

    postscript.twist(undefined);
    store().setMark('hold', null);
    await pass(minute);
    expect(texts('SELECT state FROM deliveries')).toEqual(['accepted', 'accepted']);
    expect(repeated(await events())).toEqual([]);
  });
});
