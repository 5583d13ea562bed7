import { describe, expect, it } from 'vitest';
import { startTestEngine, type TestEngineOptions } from '../../helpers/engine.ts';
import { openShop } from '../practice/open-shop.ts';

/** The real engine on the computer's own clock, with the simulators in the place of the real services. */
async function setUp(
  options: TestEngineOptions = {},
  switches: NonNullable<Parameters<typeof openShop>[0]>['switches'] = {},
) {
  const shop = await openShop({ startAt: Date.now(), switches });
  const engine = await startTestEngine({ remotes: shop.urls, ...options });
  const { ask, call } = engine;
  const { postscriptKey, smartrrToken, inboxToken, webhookSecret } = shop.credentials;
  return {
    ...engine,
    shop,
    stateOf: async (name: string) => (await ask('connections.get', {})).find((each) => each.name === name)?.state,
    savePostscript: (key = postscriptKey) => call('connections.savePostscriptKey', { key }),
    saveSmartrr: (token = smartrrToken) => call('connections.saveSmartrrToken', { token }),
    saveInbox: (token = inboxToken) => call('connections.saveInbox', { url: shop.urls.inbox, token, webhookSecret }),
    /** Waits for something that a job in the background brings about. */
    until: async (isThere: () => Promise<boolean>) => {
      while (!(await isThere())) await new Promise((resolve) => setTimeout(resolve, 10));
    },
  };
}

describe('a key', () => {
  it('is kept once its service knows it, under the name that the service gives', async () => {
    const { savePostscript, saveSmartrr, saveInbox, vault, shop } = await setUp();
    expect(await savePostscript(`  ${shop.credentials.postscriptKey}\n`)).toMatchObject({
      ok: true,
      value: { state: 'ok', keyEnding: '0000', problem: null },
    });
    expect(await saveSmartrr()).toMatchObject({ ok: true, value: { state: 'ok', keyEnding: 'oken' } });
    expect(await saveInbox()).toMatchObject({ ok: true, value: { state: 'ok' } });
    expect(Object.fromEntries(vault)).toEqual({
      postscript_key: shop.credentials.postscriptKey,
      smartrr_token: shop.credentials.smartrrToken,
      inbox_token: shop.credentials.inboxToken,
      inbox_webhook_secret: shop.credentials.webhookSecret,
    });
  });

  it('that is wrong is refused, and nothing of it is stored', async () => {
    const { savePostscript, saveSmartrr, saveInbox, vault, stateOf } = await setUp();
    const refused = { ok: false, error: { code: 'key_refused' } };
    expect(await savePostscript('sk_not_the_right_one_at_all')).toMatchObject(refused);
    expect(await saveSmartrr('not-the-right-token')).toMatchObject(refused);
    expect(await saveInbox('not-the-right-token')).toMatchObject(refused);
    expect(vault.size).toBe(0);
    expect(await stateOf('postscript')).toBe('missing');
  });

  it('that is wrong leaves the right one in its place', async () => {
    const { savePostscript, vault, stateOf, shop } = await setUp();
    await savePostscript();
    expect((await savePostscript('sk_not_the_right_one_at_all')).ok).toBe(false);
    expect(vault.get('postscript_key')).toBe(shop.credentials.postscriptKey);
    expect(await stateOf('postscript')).toBe('ok');
  });

  it.each(['pk_1234567890123456', 'sk_partner_1234567890', 'sk_1', '', '   '])(
    'that cannot be a private key is refused without asking anybody: %j',
    async (key) => {
      const { call, vault } = await startTestEngine();
      const result = await call('connections.savePostscriptKey', { key });
      expect(result).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
      expect(vault.size).toBe(0);
    },
  );

  it('of a shop whose plan does not allow the API is named as such', async () => {
    const { savePostscript, vault } = await setUp({}, { planAllowsApi: false });
    expect(await savePostscript()).toMatchObject({ ok: false, error: { code: 'plan_refused' } });
    expect(vault.size).toBe(0);
  });

  it('is not kept where the host cannot keep it safely', async () => {
    const { savePostscript, stateOf } = await setUp({ refuseSecrets: 'This computer has no keyring.' });
    expect(await savePostscript()).toMatchObject({
      ok: false,
      error: { code: 'secure_store', message: 'This computer has no keyring.' },
    });
    expect(await stateOf('postscript')).toBe('missing');
  });

  it('is in no answer and in no line of the log', async () => {
    const { savePostscript, saveSmartrr, ask, logged, shop, until } = await setUp();
    await savePostscript();
    await saveSmartrr();
    await until(async () => (await ask('status.get', {})).lastSyncAt !== null);
    const said = JSON.stringify([await ask('status.get', {}), await ask('connections.get', {}), logged]);
    expect(said).not.toContain(shop.credentials.postscriptKey);
    expect(said).not.toContain(shop.credentials.smartrrToken);
  });

  it('can be taken away', async () => {
    const { savePostscript, ask, call, vault } = await setUp();
    await savePostscript();
    await ask('connections.remove', { name: 'postscript' });
    expect(vault.size).toBe(0);
    expect(await call('triggers.register', {})).toMatchObject({ ok: false, error: { code: 'not_connected' } });
  });
});

describe('a connected shop', () => {
  it('is read at once, without a word to anybody', async () => {
    const { saveSmartrr, savePostscript, ask, until, shop } = await setUp();
    await savePostscript();
    await saveSmartrr();
    await until(async () => (await ask('status.get', {})).lastSyncAt !== null);
    expect((await ask('overview.get', {})).customers).toBeGreaterThan(20);
    expect(await ask('status.get', {})).toMatchObject({ sendingOn: false, shopName: 'Fern & Fable Coffee' });
    expect((await shop.control.ledger()).events).toEqual([]);
  });

  it('sends a test by hand, though sending is off', async () => {
    const { savePostscript, ask, until, shop } = await setUp();
    await savePostscript();
    const { deliveryId } = await ask('triggers.sendTest', {
      trigger: 'upcoming_order',
      subscriptionId: null,
      phone: null,
    });
    const stateOfTest = async () => (await ask('deliveries.get', { id: deliveryId })).delivery.state;
    await until(async () => (await stateOfTest()) === 'accepted');
    expect((await shop.control.ledger()).events).toMatchObject([{ eventType: 'smartrr_upcoming_order' }]);
  });

  it('registers its webhook once, and replies arrive', async () => {
    const { savePostscript, saveInbox, saveSmartrr, ask, until, shop } = await setUp();
    await savePostscript();
    await saveSmartrr();
    await saveInbox();
    const first = await ask('connections.registerWebhook', {});
    expect(first.callbackUrl).toBe(`${shop.urls.inbox}/webhooks/postscript`);
    expect((await ask('connections.registerWebhook', {})).message).toContain('already');
    await until(async () => (await ask('status.get', {})).lastSyncAt !== null);
    // The simulators' clock stands; what came in before the first sync would not be acted on.
    await shop.control.advanceTo(Date.now());
    await shop.control.reply((await shop.stateOf('Toni')).custRel.id, 'When does it ship?');
    // Saving looks at once: no test waits for the next poll.
    await saveInbox();
    await until(async () => (await ask('replies.list', { cursor: null, onlyNeedsPerson: true })).rows.length === 1);
    expect((await ask('replies.list', { cursor: null, onlyNeedsPerson: false })).rows).toMatchObject([
      { body: 'When does it ship?', reason: 'not_understood', customerName: 'Toni Twodays' },
    ]);
  });
});
