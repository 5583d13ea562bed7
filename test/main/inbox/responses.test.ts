import { describe, expect, it } from 'vitest';
import { makeWebhook, serveInbox, toListed, webhookSecret, type Listed } from '../../helpers/inbox-server.ts';

describe('GET /responses', () => {
  const textMany = async (post: (body: unknown) => Promise<Response>, from: number, to: number) => {
    for (let number = from; number <= to; number += 1) await post(makeWebhook({ id: `im_${number}` }));
  };
  const toIds = ({ responses }: Listed) => responses.map(({ id }) => id);

  it.each(['', 'wrong', webhookSecret])('refuses the token "%s"', async (token) => {
    const { list } = await serveInbox();
    expect((await list('', token)).status).toBe(401);
  });

  it('refuses a call without a token', async () => {
    const { url } = await serveInbox();
    expect((await fetch(`${url}/responses`)).status).toBe(401);
  });

  it('hands out every message once, page by page, in the order of arrival', async () => {
    const { post, list } = await serveInbox();
    await textMany(post, 1, 5);
    const first = await toListed(await list('?limit=2'));
    const second = await toListed(await list(`?limit=2&after=${first.next_cursor}`));
    const third = await toListed(await list(`?limit=2&after=${second.next_cursor}`));
    expect([first, second, third].map(toIds)).toEqual([['im_1', 'im_2'], ['im_3', 'im_4'], ['im_5']]);
  });

  it('echoes the cursor when nothing is new and continues from it later', async () => {
    const { post, list } = await serveInbox();
    expect(await toListed(await list())).toEqual({ responses: [], next_cursor: '' });
    await textMany(post, 1, 2);
    const { next_cursor: cursor } = await toListed(await list());
    expect(await toListed(await list(`?after=${cursor}`))).toEqual({ responses: [], next_cursor: cursor });
    await textMany(post, 3, 3);
    expect(toIds(await toListed(await list(`?after=${cursor}`)))).toEqual(['im_3']);
  });

  it('keeps cursors valid after old messages were removed, the newest included', async () => {
    const { post, list, store } = await serveInbox();
    await textMany(post, 1, 3);
    const { next_cursor: cursor } = await toListed(await list());
    expect(store.purgeBefore(Number.MAX_SAFE_INTEGER)).toBe(3);
    await textMany(post, 4, 4);
    expect(toIds(await toListed(await list(`?after=${cursor}`)))).toEqual(['im_4']);
  });

  it('hands everything out again to a console that knows an older inbox', async () => {
    const before = await serveInbox();
    await textMany(before.post, 1, 9);
    const { next_cursor: cursor } = await toListed(await before.list());
    const after = await serveInbox();
    await textMany(after.post, 10, 11);
    expect(toIds(await toListed(await after.list(`?after=${cursor}`)))).toEqual(['im_10', 'im_11']);
  });

  it.each(['?after=garbage', '?after=1', '?limit=0', '?limit=501', '?limit=two', "?after=' OR 1=1"])(
    'answers 400 to %s',
    async (query) => {
      const { list } = await serveInbox();
      expect((await list(query)).status).toBe(400);
    },
  );

  it('is never cached', async () => {
    const { list } = await serveInbox();
    expect((await list()).headers.get('cache-control')).toBe('no-store');
  });
});
