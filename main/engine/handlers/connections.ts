import { checkBaseUrl } from '../../api/base-url.ts';
import { checkPostscriptKeyText } from '../../api/postscript/postscript-key-text.ts';
import { checkSmartrrTokenText } from '../../api/smartrr/smartrr-token-text.ts';
import type { PostscriptAccount } from '../../api/postscript/postscript-client.ts';
import type { RemoteResult } from '../../../shared/domain/remote.ts';
import type { Handlers } from '../../../shared/ipc/contract.ts';
import type { ConnectionView } from '../../../shared/ipc/schemas.ts';
import { fail, ok, toError, type Result } from '../../../shared/result.ts';
import type { Clients } from '../clients.ts';
import type { EngineContext } from '../context.ts';
import { toFailure, toUnverified } from './remote-failure.ts';

type Channels =
  | 'connections.get'
  | 'connections.savePostscriptKey'
  | 'connections.saveSmartrrToken'
  | 'connections.saveInbox'
  | 'connections.remove'
  | 'connections.test';

const inPractice = fail('conflict', 'The practice shop uses no real keys.', 'Leave the practice shop first.');

export function connectionHandlers(context: EngineContext): Pick<Handlers, Channels> {
  const { real, active, changed } = context;
  const view = (name: ConnectionView['name']): Result<ConnectionView> => ok(real.shop.connections.view(name));

  /** A key is tried before it is kept; a wrong one leaves the old one in place. */
  async function keep(name: ConnectionView['name'], save: () => Promise<void>): Promise<Result<ConnectionView>> {
    try {
      await save();
    } catch (thrown) {
      return fail('secure_store', toError(thrown).message, 'The key was not saved.');
    }
    changed();
    void real.shop.runAll();
    return view(name);
  }

  return {
    'connections.get': () => ok(active().connections.viewAll()),
    'connections.savePostscriptKey': async ({ key: text }) => {
      if (context.practice() !== undefined) return inPractice;
      const key = checkPostscriptKeyText(text);
      if (!key.ok) return key;
      const { postscript } = real.tryAccess({ postscriptKey: key.value });
      const account = await postscript?.me();
      if (account === undefined) throw new Error('Expected a Postscript client for a key');
      if (!account.ok) return toUnverified('Postscript', account.error);
      return keep('postscript', () => real.savePostscriptKey(key.value, describeAccount(account.value)));
    },
    'connections.saveSmartrrToken': async ({ token: text }) => {
      if (context.practice() !== undefined) return inPractice;
      const token = checkSmartrrTokenText(text);
      if (!token.ok) return token;
      const { smartrr } = real.tryAccess({ smartrrToken: token.value });
      // Key check of subscription-platforms.md 1.1; page 0 or 1, whichever the shop's numbering starts with.
      const page = await smartrr?.listSubscriptions({ page: 1, pageSize: 1 });
      if (page === undefined) throw new Error('Expected a Smartrr client for a token');
      if (!page.ok) return toUnverified('Smartrr', page.error);
      const run = page.value.rows[0]?.billingRun ?? null;
      return keep('smartrr', () => real.saveSmartrrToken(token.value, run?.shopName ?? run?.shopDomain ?? null));
    },
    'connections.saveInbox': async ({ url: text, token, webhookSecret }) => {
      if (context.practice() !== undefined) return inPractice;
      const url = checkBaseUrl(text);
      if (!url.ok) return url;
      if (token.trim() === '')
        return fail(
          'invalid_input',
          "The inbox's read token is missing.",
          'It is HEADS_UP_INBOX_READ_TOKEN of the inbox.',
        );
      const { inbox } = real.tryAccess({ inbox: { url: url.value, token: token.trim() } });
      const answer = await inbox?.listReplies('', 1);
      if (answer === undefined) throw new Error('Expected an inbox client for an address');
      if (!answer.ok) return toUnverified('The inbox', answer.error);
      return keep('inbox', () => real.saveInbox(url.value, token.trim(), webhookSecret.trim()));
    },
    'connections.remove': async ({ name }) => {
      if (context.practice() !== undefined) return inPractice;
      await real.remove(name);
      return ok({});
    },
    'connections.test': async ({ name }) => {
      const answer = await testers[name](context.activeClients());
      if (answer === null) return fail('not_connected', `${names[name]} is not connected.`, 'Connect it first.');
      return answer.ok ? ok({ message: answer.value }) : toFailure(answer.error);
    },
  };
}

const names: Record<ConnectionView['name'], string> = {
  postscript: 'Postscript',
  smartrr: 'Smartrr',
  inbox: 'The reply inbox',
};

/** One harmless request each, which only the right key can make; null where there is no key. */
const testers: Record<ConnectionView['name'], (clients: Clients) => Promise<RemoteResult<string> | null>> = {
  postscript: async ({ postscript }) =>
    postscript &&
    mapAnswer(
      await postscript.me(),
      (account) => `Postscript knows this key: ${describeAccount(account) ?? 'it did not name the shop'}.`,
    ),
  smartrr: async ({ smartrr }) =>
    smartrr &&
    mapAnswer(await smartrr.listSubscriptions({ page: 1, pageSize: 1 }), ({ totalCount }) =>
      totalCount === null
        ? 'Smartrr knows this token.'
        : `Smartrr knows this token and counts ${totalCount} subscriptions.`,
    ),
  inbox: async ({ inbox }) =>
    inbox && mapAnswer(await inbox.listReplies('', 1), () => 'The inbox answers and takes the read token.'),
};

function mapAnswer<From, To>(answer: RemoteResult<From>, map: (value: From) => To): RemoteResult<To> {
  return answer.ok ? { ok: true, value: map(answer.value) } : answer;
}

/** The shop's name; with a warning when the key is not a shop's. */
function describeAccount({ name, type }: PostscriptAccount): string | null {
  return type !== null && type !== 'shop' ? `${name ?? 'unnamed'} (not a shop: ${type})` : name;
}
