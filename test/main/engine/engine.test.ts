import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createEngine } from '../../../main/engine/engine.ts';
import { makeDataFolder, startTestEngine } from '../../helpers/engine.ts';
import { openShop } from '../practice/open-shop.ts';

const setUp = startTestEngine;

describe('the engine', () => {
  it('refuses a data folder that another engine uses, and takes it when that one has stopped', async () => {
    const first = await setUp();
    await expect(setUp({ dataFolder: first.dataFolder })).rejects.toMatchObject({ kind: 'locked' });
    expect((await first.call('status.get', {})).ok).toBe(true);
    await first.stop();
    const second = await setUp({ dataFolder: first.dataFolder });
    expect((await second.call('status.get', {})).ok).toBe(true);
  });

  it('finds its settings and keys again', async () => {
    const shop = await openShop({ startAt: Date.now() });
    const first = await setUp({ remotes: shop.urls });
    const { sendingOn: _, enabledTriggers: __, ...settings } = await first.ask('settings.get', {});
    await first.ask('settings.save', { ...settings, leadDays: 7 });
    await first.ask('triggers.setEnabled', { trigger: 'customer_deactivated', isEnabled: false });
    await first.ask('connections.savePostscriptKey', { key: shop.credentials.postscriptKey });
    await first.stop();
    const secrets = Object.fromEntries(first.vault);
    const second = await setUp({ dataFolder: first.dataFolder, remotes: shop.urls, secrets });
    expect(await second.ask('settings.get', {})).toMatchObject({
      leadDays: 7,
      enabledTriggers: { customer_deactivated: false, upcoming_order: true },
    });
    expect((await second.ask('connections.get', {}))[0]).toMatchObject({ name: 'postscript', keyEnding: '0000' });
  });

  it('starts without a key that the vault cannot open, says so in the log, and takes it when the keyring opens', async () => {
    const logged: string[] = [];
    let isLocked = true;
    const engine = await createEngine({
      start: {
        host: 'desktop',
        version: '0',
        dataFolder: makeDataFolder(),
        startInPractice: false,
        remotes: { postscript: 'http://127.0.0.1:9', smartrr: 'http://127.0.0.1:9' },
      },
      vault: {
        read: (name) => {
          if (isLocked) return Promise.reject(new Error('The keyring is locked.'));
          return Promise.resolve(name === 'postscript_key' ? 'sk_of_a_test_0000' : null);
        },
        write: () => Promise.resolve(),
        remove: () => Promise.resolve(),
      },
      emit: () => undefined,
      restart: () => undefined,
      log: (_level, message) => void logged.push(message),
    });
    onTestFinished(() => engine.stop());
    const ending = async () => {
      const answer = await engine.call('connections.get', {});
      return answer.ok ? (answer.value as { keyEnding: string | null }[])[0]?.keyEnding : answer.error;
    };
    expect(await ending()).toBeNull();
    expect(logged.filter((message) => message === 'A saved key could not be opened')).toHaveLength(4);
    void engine.wake();
    expect(await ending()).toBeNull();
    isLocked = false;
    void engine.wake();
    while ((await ending()) === null) await new Promise((resolve) => setImmediate(resolve));
    expect(await ending()).toBe('0000');
    // Looked for again without a word each time.
    expect(logged.filter((message) => message === 'A saved key could not be opened')).toHaveLength(4);
  });

  it('tells the window that something changed, and nothing more', async () => {
    const { ask, events } = await setUp();
    await ask('triggers.setEnabled', { trigger: 'skipped_order', isEnabled: false });
    while (events.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(new Set(events)).toEqual(new Set(['changed']));
  });

  it('keeps the practice shop apart from the real one', async () => {
    const { ask, dataFolder, stop } = await setUp({ startInPractice: true });
    expect((await ask('overview.get', {})).customers).toBeGreaterThan(100);
    await ask('practice.stop', {});
    expect(await ask('overview.get', {})).toMatchObject({ customers: 0 });
    expect(await ask('status.get', {})).toMatchObject({ isPractice: false, sendingOn: false });
    await stop();
    const db = new Database(join(dataFolder, 'heads-up.db'), { readonly: true });
    onTestFinished(() => void db.close());
    expect(db.prepare('SELECT count(*) FROM customers').pluck().get()).toBe(0);
  });

  it('leaves one practice shop open when it is started twice at once', async () => {
    const { ask } = await setUp();
    await Promise.all([
      ask('practice.start', { customers: 30, seed: 1 }),
      ask('practice.start', { customers: 40, seed: 2 }),
    ]);
    expect((await ask('overview.get', {})).customers).toBe(40);
    await ask('practice.stop', {});
    expect((await ask('practice.get', { search: '' })).isRunning).toBe(false);
  });

  it('stops in the middle of a long sync, and asks nothing more', async () => {
    let asked = 0;
    const server = createServer((_request, response) => {
      asked += 1;
      const data = Array.from({ length: 100 }, (_, row) => makeState(asked * 100 + row));
      const body = JSON.stringify({ totalCount: 1_000_000, pageSize: 100, data });
      response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const secrets = { smartrr_token: 'some-token-that-is-long' };
    const { ask, stop } = await setUp({ remotes: { postscript: url, smartrr: url }, secrets });
    while ((await ask('status.get', {})).sync.rowsSeen === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await stop();
    const before = asked;
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(asked).toBe(before);
    expect(before).toBeLessThan(100);
  });
});

function makeState(number: number): Record<string, unknown> {
  const at = '2027-01-01T00:00:00.000Z';
  return {
    id: `subscription-${number}`,
    shopifyId: String(number),
    purchaseStateStatus: 'ACTIVE',
    createdDate: at,
    updatedDate: at,
    nextBillingDate: at,
    custRel: { id: `customer-${number}`, phone: '+12125550123' },
  };
}
