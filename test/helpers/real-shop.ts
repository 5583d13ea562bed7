import { startTwistingProxy } from '../main/failures/twisting-proxy.ts';
import { openShop } from '../main/practice/open-shop.ts';
import { startTestEngine, type TestEngineOptions } from './engine.ts';

type Switches = NonNullable<Parameters<typeof openShop>[0]>['switches'];

/** The real engine on the computer's own clock, with the simulators in the place of the real services. */
export async function startRealShop(options: TestEngineOptions = {}, switches: Switches = {}) {
  const shop = await openShop({ startAt: Date.now(), switches });
  const postscript = await startTwistingProxy(shop.urls.postscript);
  const remotes = { ...shop.urls, postscript: postscript.url };
  const engine = await startTestEngine({ remotes, ...options });
  const { ask, call } = engine;
  const { postscriptKey, smartrrToken, inboxToken, webhookSecret } = shop.credentials;
  return {
    ...engine,
    shop,
    remotes,
    /** Stands before the simulated Postscript. */
    postscript,
    stateOf: async (name: string) => (await ask('connections.get', {})).find((each) => each.name === name)?.state,
    savePostscript: (key = postscriptKey) => call('connections.savePostscriptKey', { key }),
    saveSmartrr: (token = smartrrToken) => call('connections.saveSmartrrToken', { token }),
    saveInbox: (token = inboxToken, secret = webhookSecret) =>
      call('connections.saveInbox', { url: shop.urls.inbox, token, webhookSecret: secret }),
    /** Waits for something that a job in the background brings about. */
    until: async (isThere: () => Promise<boolean>) => {
      while (!(await isThere())) await new Promise((resolve) => setTimeout(resolve, 10));
    },
  };
}
