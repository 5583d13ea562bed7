import type { Clock, Log } from '../core/store.ts';
import { clearHold } from '../core/hold.ts';
import type { WriteDb } from '../db/types.ts';
import { toError } from '../../shared/result.ts';
import { createClients, createLimiters, type Access, type Clients } from './clients.ts';
import { createConnections } from './connections.ts';
import type { EngineHost, RealShop } from './context.ts';
import { secretNames, type SecretName } from './port.ts';
import { createServerClock } from './server-clock.ts';
import { createShop } from './shop.ts';
import type { StorageWatch } from './storage.ts';

const TIMEOUT_MS = 15_000;
const systemClock: Clock = { now: Date.now, sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) };
const defaultRemotes = { postscript: 'https://api.postscript.io', smartrr: 'https://api.smartrr.com' } as const;

/** The merchant's own shop: real services, real keys from the host's vault, the host's clock. */
export async function createRealShop(
  db: WriteDb,
  host: EngineHost,
  log: Log,
  onChange: () => void,
  storage: StorageWatch,
): Promise<RealShop> {
  const { clock = systemClock, requestTimeoutMs = TIMEOUT_MS } = host;
  const remotes = host.start.remotes ?? defaultRemotes;
  const serverClock = createServerClock(clock.now, onChange);
  const pace = { clock, timeoutMs: requestTimeoutMs, fetch: serverClock.fetch };
  const connections = createConnections(clock.now, onChange);
  const secrets = new Map<SecretName, string>();
  /** Saved, as far as is known, and not opened yet. */
  const unopened = new Set<SecretName>(secretNames);

  const shop = createShop({
    db,
    clock,
    log,
    connections,
    clients: () => ({
      platform: clients.smartrr,
      channel: clients.channels?.[shop.store.settings().channel] ?? null,
      replies: clients.inbox,
    }),
    takeTurn: () => limiters.postscript.take(),
    takeFreeTurn: () => limiters.postscript.takeFree(),
    random: Math.random,
    onChange,
    ready: storage.looked,
    mayWork: storage.mayWork,
    onJobEnd: storage.noteJob,
  });
  const limiters = createLimiters(shop.store.settings(), pace);

  function access(): Access {
    const postscriptKey = secrets.get('postscript_key');
    const smartrrToken = secrets.get('smartrr_token');
    const inboxToken = secrets.get('inbox_token');
    const inboxUrl = shop.store.mark('inbox_url');
    return {
      postscript: postscriptKey === undefined ? null : { url: remotes.postscript, key: postscriptKey },
      smartrr: smartrrToken === undefined ? null : { url: remotes.smartrr, token: smartrrToken },
      inbox: inboxToken === undefined || inboxUrl === undefined ? null : { url: inboxUrl, token: inboxToken },
    };
  }

  function connect(): Clients {
    const { postscript, smartrr, inbox } = access();
    const label = (name: 'postscript' | 'smartrr'): string | null => shop.store.mark(`label:${name}`) ?? null;
    connections.configure(
      'postscript',
      postscript === null ? null : { label: label('postscript'), keyEnding: ending(postscript.key) },
    );
    connections.configure(
      'smartrr',
      smartrr === null ? null : { label: label('smartrr'), keyEnding: ending(smartrr.token) },
    );
    connections.configure(
      'inbox',
      inbox === null ? null : { label: new URL(inbox.url).host, keyEnding: ending(inbox.token) },
    );
    return createClients(access(), limiters, pace, connections);
  }

  async function keep(name: SecretName, value: string): Promise<void> {
    await host.vault.write(name, value);
    secrets.set(name, value);
    unopened.delete(name);
  }

  async function forget(name: SecretName): Promise<void> {
    await host.vault.remove(name);
    secrets.delete(name);
    unopened.delete(name);
  }

  /** A secret that cannot be opened is as good as missing, until its keyring opens it or a person enters it again. */
  async function openSecrets(onProblem: (name: SecretName, thrown: unknown) => void): Promise<boolean> {
    const before = secrets.size;
    for (const name of unopened) {
      try {
        const value = await host.vault.read(name);
        // While the vault was asked, a person may have entered or removed it.
        if (!unopened.delete(name)) continue;
        if (value !== null) secrets.set(name, value);
      } catch (thrown) {
        onProblem(name, thrown);
      }
    }
    return secrets.size > before;
  }

  await openSecrets((name, thrown) =>
    log('error', 'A saved key could not be opened', { name, why: toError(thrown).message }),
  );
  let clients = connect();

  return {
    shop,
    clients: () => clients,
    clockSkewMs: serverClock.skewMs,
    savePostscriptKey: async (key, label) => {
      await keep('postscript_key', key);
      clearHold(shop.store, 'key_refused');
      clearHold(shop.store, 'plan_refused');
      shop.store.setMark('label:postscript', label);
      clients = connect();
      onChange();
    },
    saveSmartrrToken: async (token, label) => {
      await keep('smartrr_token', token);
      shop.store.setMark('label:smartrr', label);
      clients = connect();
      onChange();
    },
    saveInbox: async (url, token, webhookSecret) => {
      await keep('inbox_token', token);
      if (webhookSecret !== '') await keep('inbox_webhook_secret', webhookSecret);
      shop.store.setMark('inbox_url', url);
      clients = connect();
      onChange();
    },
    inbox: () => {
      const url = shop.store.mark('inbox_url');
      const webhookSecret = secrets.get('inbox_webhook_secret');
      return url === undefined || webhookSecret === undefined ? null : { url, webhookSecret };
    },
    openSecretsAgain: async () => {
      if (unopened.size === 0 || !(await openSecrets(() => undefined))) return;
      log('info', 'A saved key was opened after all');
      clients = connect();
      onChange();
      await shop.runAll();
    },
    remove: async (name) => {
      if (name === 'postscript') await forget('postscript_key');
      if (name === 'smartrr') await forget('smartrr_token');
      if (name !== 'inbox') shop.store.setMark(`label:${name}`, null);
      if (name === 'inbox') {
        await forget('inbox_token');
        await forget('inbox_webhook_secret');
        shop.store.setMark('inbox_url', null);
      }
      clients = connect();
      onChange();
    },
    tryAccess: ({ postscriptKey, smartrrToken, inbox }) =>
      createClients(
        {
          postscript: postscriptKey === undefined ? null : { url: remotes.postscript, key: postscriptKey },
          smartrr: smartrrToken === undefined ? null : { url: remotes.smartrr, token: smartrrToken },
          inbox: inbox ?? null,
        },
        limiters,
        pace,
        createConnections(clock.now, () => undefined),
      ),
    settingsChanged: () => {
      shop.store.forgetSettings();
      limiters.postscript.setRate(shop.store.settings().ratePerSecond);
      onChange();
    },
  };
}

/** Enough to recognise a key by, never more than four characters. */
function ending(secret: string): string {
  return secret.slice(-4);
}
