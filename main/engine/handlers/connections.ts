import { checkBaseUrl } from '../../api/base-url.ts';
import { checkPostscriptKeyText } from '../../api/postscript/postscript-key-text.ts';
import { checkSmartrrTokenText } from '../../api/smartrr/smartrr-token-text.ts';
import type { RemoteError, RemoteErrorKind } from '../../../shared/domain/remote.ts';
import { webhookSecretHeader } from '../../../shared/domain/replies.ts';
import type { Handlers } from '../../../shared/ipc/contract.ts';
import type { ConnectionView } from '../../../shared/ipc/schemas.ts';
import { fail, ok, toError, type ErrorCode, type Result } from '../../../shared/result.ts';
import type { EngineContext } from '../context.ts';

type Channels =
  | 'connections.get'
  | 'connections.savePostscriptKey'
  | 'connections.saveSmartrrToken'
  | 'connections.saveInbox'
  | 'connections.remove'
  | 'connections.registerWebhook';

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
      if (!account.ok) return toFailure('Postscript', account.error);
      const { name, type } = account.value;
      const label = type !== null && type !== 'shop' ? `${name ?? 'unnamed'} (not a shop: ${type})` : name;
      return keep('postscript', () => real.savePostscriptKey(key.value, label));
    },
    'connections.saveSmartrrToken': async ({ token: text }) => {
      if (context.practice() !== undefined) return inPractice;
      const token = checkSmartrrTokenText(text);
      if (!token.ok) return token;
      const { smartrr } = real.tryAccess({ smartrrToken: token.value });
      // Key check of subscription-platforms.md 1.1; page 0 or 1, whichever the shop's numbering starts with.
      const page = await smartrr?.listSubscriptions({ page: 1, pageSize: 1 });
      if (page === undefined) throw new Error('Expected a Smartrr client for a token');
      if (!page.ok) return toFailure('Smartrr', page.error);
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
      if (!answer.ok) return toFailure('The inbox', answer.error);
      return keep('inbox', () => real.saveInbox(url.value, token.trim(), webhookSecret.trim()));
    },
    'connections.remove': async ({ name }) => {
      if (context.practice() !== undefined) return inPractice;
      await real.remove(name);
      return ok({});
    },
    'connections.registerWebhook': async () => {
      if (context.practice() !== undefined) return inPractice;
      const { postscript, inbox: inboxClient } = real.clients();
      const inbox = real.inbox();
      if (postscript === null)
        return fail('not_connected', 'Postscript is not connected.', 'Paste the private key first.');
      if (inbox === null || inboxClient === null) {
        return fail(
          'not_connected',
          'The inbox is not set up, or its webhook secret is missing.',
          'Save its address, read token and webhook secret first.',
        );
      }
      const callbackUrl = `${inbox.url.replace(/\/$/, '')}/webhooks/postscript`;
      const known = await postscript.listWebhooks();
      if (!known.ok) return toFailure('Postscript', known.error);
      const isThere = known.value.some(
        (webhook) => webhook.callbackUrl === callbackUrl && webhook.event === 'shop.incoming_message',
      );
      if (!isThere) {
        const created = await postscript.createWebhook({
          callbackUrl,
          event: 'shop.incoming_message',
          headers: { [webhookSecretHeader]: inbox.webhookSecret },
        });
        if (!created.ok) return toFailure('Postscript', created.error);
      }
      // Postscript may have no token before its first webhook exists (postscript-api.md 4.2), so it is asked for now.
      const token = await postscript.webhookToken();
      if (!token.ok) return toFailure('Postscript', token.error);
      if (token.value === null) {
        return fail('bad_answer', 'Postscript has no signature token yet.', 'Register again in a minute.');
      }
      const handedOver = await inboxClient.saveSignatureToken(token.value);
      if (!handedOver.ok) return toFailure('The inbox', handedOver.error);
      const message = isThere
        ? 'Postscript has this webhook already; the inbox knows its signature.'
        : 'Postscript now sends incoming texts to the inbox, which knows its signature.';
      return ok({ callbackUrl, message });
    },
  };
}

const codes: Record<RemoteErrorKind, ErrorCode> = {
  key_refused: 'key_refused',
  plan_refused: 'plan_refused',
  not_found: 'bad_answer',
  rejected: 'bad_answer',
  rate_limited: 'unreachable',
  server_error: 'unreachable',
  bad_answer: 'bad_answer',
  not_sent: 'unreachable',
  no_answer: 'unreachable',
};

const nextSteps: Record<RemoteErrorKind, string> = {
  key_refused: 'Copy the key again and check that it was not deleted.',
  plan_refused: 'The key is right, but the plan or its permissions do not allow this. Ask your representative.',
  not_found: 'Check the address.',
  rejected: 'Check the address and the key.',
  rate_limited: 'Wait a minute and try again.',
  server_error: 'Try again in a few minutes.',
  bad_answer: 'Something between here and the service answered in its place: a proxy, a firewall or a log-in page.',
  not_sent: 'Check the internet connection.',
  no_answer: 'Check the internet connection and try again.',
};

function toFailure(service: string, error: RemoteError): Result<never> {
  return fail(
    codes[error.kind],
    `${service} could not be verified: ${error.message} Nothing was saved.`,
    nextSteps[error.kind],
  );
}
