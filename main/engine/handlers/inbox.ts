import type { RemoteResult } from '../../../shared/domain/remote.ts';
import { webhookSecretHeader } from '../../../shared/domain/replies.ts';
import type { Handlers } from '../../../shared/ipc/contract.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { PostscriptClient } from '../../api/postscript/postscript-client.ts';
import type { EngineContext } from '../context.ts';
import { webhookAddress } from '../inbox-test.ts';
import { toFailure } from './remote-failure.ts';

type Channels =
  | 'connections.registerWebhook'
  | 'connections.startInboxTest'
  | 'connections.getInboxTest'
  | 'connections.cancelInboxTest';

const event = 'shop.incoming_message';
const inPractice = fail(
  'conflict',
  'The practice shop has an inbox of its own, which needs no set-up.',
  'Leave the practice shop first.',
);

/** Everything between Postscript's webhook and this computer. */
export function inboxHandlers(context: EngineContext): Pick<Handlers, Channels> {
  const { real, inboxTest } = context;

  return {
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
      const callbackUrl = webhookAddress(inbox.url);
      const subscribed = await subscribe(postscript, callbackUrl, inbox.webhookSecret);
      if (!subscribed.ok) return toFailure(subscribed.error);
      // Postscript may have no token before its first webhook exists (postscript-api.md 4.2), so it is asked for now.
      const token = await postscript.webhookToken();
      if (!token.ok) return toFailure(token.error);
      if (token.value === null) {
        return fail('bad_answer', 'Postscript has no signature token yet.', 'Register again in a minute.');
      }
      const handedOver = await inboxClient.saveSignatureToken(token.value);
      if (!handedOver.ok) return toFailure(handedOver.error);
      const message =
        subscribed.value === 'renewed'
          ? 'Postscript has this webhook already and now sends your webhook secret; the inbox knows its signature.'
          : 'Postscript now sends incoming texts to the inbox, which knows its signature.';
      return ok({ callbackUrl, message });
    },
    'connections.startInboxTest': ({ kind }) => (context.practice() === undefined ? inboxTest.start(kind) : inPractice),
    'connections.getInboxTest': () => ok(inboxTest.view()),
    'connections.cancelInboxTest': () => {
      inboxTest.cancel();
      return ok({});
    },
  };
}

/** One webhook for the address. One that is there gets the secret of now, which may have been changed since. */
async function subscribe(
  postscript: Pick<PostscriptClient, 'listWebhooks' | 'createWebhook' | 'updateWebhook'>,
  callbackUrl: string,
  webhookSecret: string,
): Promise<RemoteResult<'made' | 'renewed'>> {
  const headers = { [webhookSecretHeader]: webhookSecret };
  const known = await postscript.listWebhooks();
  if (!known.ok) return known;
  const there = known.value.find((webhook) => webhook.callbackUrl === callbackUrl && webhook.event === event);
  if (there === undefined) {
    const made = await postscript.createWebhook({ callbackUrl, event, headers });
    return made.ok ? { ok: true, value: 'made' } : made;
  }
  const renewed = await postscript.updateWebhook(there.id, { callbackUrl, headers });
  return renewed.ok ? { ok: true, value: 'renewed' } : renewed;
}
