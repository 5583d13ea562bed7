import { describe, expect, it } from 'vitest';
import { startTestEngine } from '../../helpers/engine.ts';
import { startRealShop } from '../../helpers/real-shop.ts';

describe('a key', () => {
  it('is kept once its service knows it, under the name that the service gives', async () => {
    const { savePostscript, saveSmartrr, saveInbox, vault, shop } = await startRealShop();
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
    const { savePostscript, saveSmartrr, saveInbox, vault, stateOf } = await startRealShop();
    const refused = { ok: false, error: { code: 'key_refused' } };
    expect(await savePostscript('sk_not_the_right_one_at_all')).toMatchObject(refused);
    expect(await saveSmartrr('not-the-right-token')).toMatchObject(refused);
    expect(await saveInbox('not-the-right-token')).toMatchObject(refused);
    expect(vault.size).toBe(0);
    expect(await stateOf('postscript')).toBe('missing');
  });

  it('that is wrong leaves the right one in its place', async () => {
    const { savePostscript, vault, stateOf, shop } = await startRealShop();
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
    const { savePostscript, vault } = await startRealShop({}, { planAllowsApi: false });
    expect(await savePostscript()).toMatchObject({ ok: false, error: { code: 'plan_refused' } });
    expect(vault.size).toBe(0);
  });

  it('is not kept where the host cannot keep it safely', async () => {
    const { savePostscript, stateOf } = await startRealShop({ refuseSecrets: 'This computer has no keyring.' });
    expect(await savePostscript()).toMatchObject({
      ok: false,
      error: { code: 'secure_store', message: 'This computer has no keyring.' },
    });
    expect(await stateOf('postscript')).toBe('missing');
  });

  it('is in no answer and in no line of the log', async () => {
    const { savePostscript, saveSmartrr, ask, logged, shop, until } = await startRealShop();
    await savePostscript();
    await saveSmartrr();
    await until(async () => (await ask('status.get', {})).lastSyncAt !== null);
    const said = JSON.stringify([await ask('status.get', {}), await ask('connections.get', {}), logged]);
    expect(said).not.toContain(shop.credentials.postscriptKey);
    expect(said).not.toContain(shop.credentials.smartrrToken);
  });

  it('keeps the name that its service gave it over a restart', async () => {
    const { savePostscript, stop, vault, dataFolder, remotes } = await startRealShop();
    await savePostscript();
    await stop();
    const again = await startTestEngine({ dataFolder, remotes, secrets: Object.fromEntries(vault) });
    expect((await again.ask('connections.get', {}))[0]).toMatchObject({ state: 'ok', label: 'Fern & Fable Coffee' });
  });

  it('can be taken away', async () => {
    const { savePostscript, ask, call, vault } = await startRealShop();
    await savePostscript();
    await ask('connections.remove', { name: 'postscript' });
    expect(vault.size).toBe(0);
    expect(await call('triggers.register', {})).toMatchObject({ ok: false, error: { code: 'not_connected' } });
  });
});

describe('the test of a connection', () => {
  it('asks the service now and says what it answered', async () => {
    const { savePostscript, saveSmartrr, saveInbox, ask } = await startRealShop();
    await savePostscript();
    await saveSmartrr();
    await saveInbox();
    const said = await Promise.all(
      (['postscript', 'smartrr', 'inbox'] as const).map((name) => ask('connections.test', { name })),
    );
    expect(said.map(({ message }) => message)).toEqual([
      'Postscript knows this key: Fern & Fable Coffee.',
      expect.stringMatching(/^Smartrr knows this token and counts \d+ subscriptions\.$/),
      'The inbox answers and takes the read token.',
    ]);
  });

  it('tells a refused key from a plan that does not allow it, and from nobody there', async () => {
    const { savePostscript, call, postscript, stateOf } = await startRealShop();
    const codeOf = async () => {
      const result = await call('connections.test', { name: 'postscript' });
      return result.ok ? 'ok' : result.error.code;
    };
    expect(await codeOf()).toBe('not_connected');
    await savePostscript();
    for (const [status, code, state] of [
      [401, 'key_refused', 'refused'],
      [403, 'plan_refused', 'refused'],
      [500, 'unreachable', 'failing'],
      [302, 'bad_answer', 'failing'],
    ] as const) {
      postscript.twist(() => ({ status, type: 'text/html', body: '<html>' }));
      expect([await codeOf(), await stateOf('postscript')]).toEqual([code, state]);
    }
    postscript.twist(undefined);
    expect([await codeOf(), await stateOf('postscript')]).toEqual(['ok', 'ok']);
    // Nobody listens where this engine looks for Postscript.
    const alone = await startTestEngine({ secrets: { postscript_key: 'sk_0123456789abcdef' } });
    expect(await alone.call('connections.test', { name: 'postscript' })).toMatchObject({
      error: { code: 'unreachable', nextStep: 'Check the internet connection and try again.' },
    });
  });
});

describe('a connected shop', () => {
  it('is read at once, without a word to anybody', async () => {
    const { saveSmartrr, savePostscript, ask, until, shop } = await startRealShop();
    await savePostscript();
    await saveSmartrr();
    await until(async () => (await ask('status.get', {})).lastSyncAt !== null);
    expect((await ask('overview.get', {})).customers).toBeGreaterThan(20);
    expect(await ask('status.get', {})).toMatchObject({ sendingOn: false, shopName: 'Fern & Fable Coffee' });
    expect((await shop.control.ledger()).events).toEqual([]);
  });

  it('sends a test by hand, though sending is off', async () => {
    const { savePostscript, ask, until, shop } = await startRealShop();
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
    const { savePostscript, saveInbox, saveSmartrr, ask, until, shop } = await startRealShop();
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
    const list = async (onlyNeedsPerson: boolean) =>
      (await ask('replies.listConversations', { cursor: null, onlyNeedsPerson })).rows;
    await until(async () => (await list(true)).length === 1);
    expect(await list(false)).toMatchObject([
      { lastText: 'When does it ship?', lastReason: 'not_understood', customerName: 'Toni Twodays' },
    ]);
  });
});
