import { describe, expect, it } from 'vitest';
import { everyDelivery } from '../../../shared/domain/delivery-filter.ts';
import { openShop } from '../practice/open-shop.ts';
import { openEngine } from './open-engine.ts';
import { html, startTwistingProxy, type RawAnswer } from './twisting-proxy.ts';

/** Planted: must never be read anywhere but in the vault and in the request itself. */
const planted = 'sk_live_PLANTED0123456789abcdefPLANTED';

async function setUp() {
  const world = await openShop();
  const postscript = await startTwistingProxy(world.urls.postscript);
  const smartrr = await startTwistingProxy(world.urls.smartrr);
  const engine = await openEngine({ remotes: { postscript: postscript.url, smartrr: smartrr.url } });
  const { call, value } = engine;
  return {
    ...engine,
    world,
    postscript,
    smartrr,
    savePostscript: (key: string) => call('connections.savePostscriptKey', { key }),
    saveSmartrr: (token: string) => call('connections.saveSmartrrToken', { token }),
    view: async (name: string) => (await value('connections.get', {})).find((one) => one.name === name),
    sendTest: () =>
      call('triggers.sendTest', { trigger: 'upcoming_order', subscriptionId: null, phone: '+12125550100' }),
    hold: async () => (await value('status.get', {})).hold,
    deliveryStates: async () =>
      (await value('deliveries.list', { cursor: null, filter: everyDelivery })).rows.map(({ state }) => state),
  };
}

const quoting = (status: number, key: string): RawAnswer => ({
  status,
  type: 'application/json',
  body: JSON.stringify({ error: `The key ${key} is not valid.` }),
});

describe('a Postscript key that cannot work', () => {
  it.each([
    [
      'the public half',
      'pk_live_0123456789abcdef',
      'This is the public key of the pair (pk_…). It does not authorise anything.',
    ],
    [
      'a partner key',
      'sk_partner_0123456789abcdef',
      'This is a partner key (sk_partner_…). It works only together with a key of the shop.',
    ],
    ['a key that is cut off', 'sk_12345', 'The private key is too short to be whole.'],
    ['a key that is hidden', 'sk_live_••••••••••cdef', 'The private key is shortened or hidden.'],
    ['a key with a gap', 'sk_live_01234 56789abcdef', 'The private key has spaces inside.'],
    ['nothing', '   \n', 'The private key is empty.'],
    [
      'a key with letters that no key has',
      'sk_live_ключ0123456789',
      'The private key holds characters that a key cannot have.',
    ],
  ])('%s is refused with an explanation, and Postscript is not even asked', async (_name, key, message) => {
    const { savePostscript, postscript, vault, view } = await setUp();
    expect(await savePostscript(key)).toMatchObject({ ok: false, error: { code: 'invalid_input', message } });
    expect(postscript.asked).toEqual([]);
    expect(vault.size).toBe(0);
    expect(await view('postscript')).toMatchObject({ state: 'missing' });
  });

  it('a key that Postscript does not know is not kept, and leaves no trace, although the answer quotes it', async () => {
    const { savePostscript, postscript, vault, view, findTraces } = await setUp();
    postscript.twist(() => quoting(401, planted));
    expect(await savePostscript(planted)).toEqual({
      ok: false,
      error: {
        code: 'key_refused',
        message:
          'Postscript could not be verified: Postscript answered 401: The key [removed] is not valid. Nothing was saved.',
        nextStep: 'Copy the key again and check that it was not deleted.',
      },
    });
    expect(vault.size).toBe(0);
    expect(await view('postscript')).toMatchObject({ state: 'missing' });
    expect(findTraces(planted)).toEqual([]);
  });

  it('a key of a plan without the API is refused with the hint, and the old key stays', async () => {
    const { savePostscript, postscript, vault, world } = await setUp();
    await savePostscript(world.credentials.postscriptKey);
    postscript.twist(() => quoting(403, planted));
    expect(await savePostscript(planted)).toMatchObject({
      ok: false,
      error: {
        code: 'plan_refused',
        nextStep: 'The key is right, but the plan or its permissions do not allow this. Ask your representative.',
      },
    });
    expect(vault.get('postscript_key')).toBe(world.credentials.postscriptKey);
  });

  it('a log-in page in the place of Postscript proves no key', async () => {
    const { savePostscript, postscript, vault } = await setUp();
    postscript.twist(() => html);
    expect(await savePostscript(planted)).toMatchObject({ ok: false, error: { code: 'bad_answer' } });
    expect(vault.size).toBe(0);
  });
});

describe('a key that came wrapped in something', () => {
  it.each([
    ['spaces and line breaks', (key: string) => `  \n${key.slice(0, 10)}\r\n${key.slice(10)}\t`],
    ['quotes', (key: string) => `“${key}”,`],
    ['its header', (key: string) => `Authorization: Bearer ${key}`],
    ['characters that nobody sees', (key: string) => `\ufeff${key}\u200b`],
  ])('is taken out of %s and works', async (_name, wrap) => {
    const { savePostscript, vault, world } = await setUp();
    expect(await savePostscript(wrap(world.credentials.postscriptKey))).toMatchObject({
      ok: true,
      value: { state: 'ok', keyEnding: world.credentials.postscriptKey.slice(-4) },
    });
    expect(vault.get('postscript_key')).toBe(world.credentials.postscriptKey);
  });
});

describe('a Smartrr token that cannot work', () => {
  it('is refused with an explanation, and leaves no trace', async () => {
    const { saveSmartrr, vault, findTraces } = await setUp();
    expect(await saveSmartrr(planted)).toMatchObject({
      ok: false,
      error: { code: 'key_refused', message: expect.stringContaining('Unknown access token') as unknown },
    });
    expect(await saveSmartrr('abc')).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
    expect(vault.size).toBe(0);
    expect(findTraces(planted)).toEqual([]);
  });

  it('works out of the header line in which it was copied', async () => {
    const { saveSmartrr, world } = await setUp();
    expect(await saveSmartrr(` x-smartrr-access-token: ${world.credentials.smartrrToken} \n`)).toMatchObject({
      ok: true,
    });
  });
});

describe('a key that stops working later', () => {
  it('holds the line and asks for another; with that what waited goes out once', async () => {
    const { savePostscript, postscript, sendTest, hold, world, deliveryStates, findTraces } = await setUp();
    await savePostscript(world.credentials.postscriptKey);
    postscript.twist(() => quoting(401, world.credentials.postscriptKey));
    await sendTest();
    expect(await hold()).toMatchObject({
      kind: 'key_refused',
      message: 'Postscript refused the key. Paste a working private key in Settings; what is in line goes out then.',
    });
    expect(await deliveryStates()).toEqual(['waiting']);

    postscript.twist(undefined);
    await savePostscript(world.credentials.postscriptKey);
    await expect.poll(deliveryStates, { timeout: 20_000 }).toEqual(['accepted']);
    expect(await hold()).toBeNull();
    expect((await world.control.ledger()).events).toHaveLength(1);
    expect(findTraces(world.credentials.postscriptKey)).toEqual([]);
  });

  it('of a Smartrr token the connection says so, with what to do', async () => {
    const { saveSmartrr, smartrr, view, world, call, findTraces } = await setUp();
    await saveSmartrr(world.credentials.smartrrToken);
    smartrr.twist(() => quoting(401, world.credentials.smartrrToken));
    await call('sync.run', {});
    await expect
      .poll(() => view('smartrr'), { timeout: 20_000 })
      .toMatchObject({
        state: 'refused',
        problem: 'Smartrr answered 401: The key [removed] is not valid. Paste a working token in Settings.',
      });
    expect(findTraces(world.credentials.smartrrToken)).toEqual([]);
  });
});
