import { TEXT_PATIENCE_MS, type InboxHop } from '../../shared/domain/inbox-test.ts';
import type { RemoteError, RemoteResult } from '../../shared/domain/remote.ts';
import { testReplyPrefix, type RepliesPage } from '../../shared/domain/replies.ts';
import type { Clock, Store } from './store.ts';

/** What came of one part of the way. A failure says what to do. */
export type HopReport = Readonly<{ isPassed: boolean; message: string; nextStep: string | null }>;

type Secrets = Readonly<{ signatureToken: string; webhookSecret: string }>;

export type InboxTestDeps = Readonly<{
  store: Pick<Store, 'mark'>;
  clock: Clock;
  inbox: Readonly<{
    listReplies: (after: string, limit: number) => Promise<RemoteResult<RepliesPage>>;
    postTest: (id: string, secrets: Secrets) => Promise<RemoteResult<null>>;
  }>;
  /** Null while Postscript is not connected. */
  postscript: Readonly<{
    listWebhooks: () => Promise<RemoteResult<readonly Readonly<{ callbackUrl: string; event: string }>[]>>;
    webhookToken: () => Promise<RemoteResult<string | null>>;
  }> | null;
  callbackUrl: string;
  webhookSecret: string;
  /** The console's own way of reading replies, the very one that customers' texts take. */
  readReplies: () => Promise<void>;
  /** The newest text that a customer sent; undefined when there is none. */
  newestReplyId: () => string | undefined;
  isCancelled: () => boolean;
  begin: (hop: InboxHop) => void;
  end: (hop: InboxHop, report: HopReport) => void;
}>;

const LOOK_EVERY_MS = 1_000;
const SAMPLE_PATIENCE_MS = 20_000;

const registerAgain = 'Register the webhook again.';

/** Posts a text of its own to the inbox, signed as Postscript signs, and waits until this computer has read it. */
export async function testWithSample(deps: InboxTestDeps, id: string): Promise<void> {
  const signatureToken = await checkWay(deps);
  if (signatureToken === undefined) return;
  const { inbox, webhookSecret, store } = deps;
  const sampleId = `${testReplyPrefix}${id}`;
  const isTaken = await tryHop(deps, 'sample_taken', async () => {
    const answer = await inbox.postTest(sampleId, { signatureToken, webhookSecret });
    if (!answer.ok) return failed(answer.error, nextStepOfSample(answer.error));
    return passed('The inbox knows Postscript’s signature and your webhook secret, and kept the text.');
  });
  if (!isTaken) return;
  await tryHop(deps, 'sample_read', async () => {
    const isRead = await waitFor(deps, SAMPLE_PATIENCE_MS, () => store.mark('inbox_test_read') === sampleId);
    if (isRead) return passed('This computer read the text, knew it as a test, and put it aside.');
    return missed('The text did not come back within 20 seconds.', 'See whether the inbox answers, then test again.');
  });
}

/** Waits for a text that a person sends to the shop's Postscript number. It is handled like any other. */
export async function testWithText(deps: InboxTestDeps): Promise<void> {
  if ((await checkWay(deps)) === undefined) return;
  await tryHop(deps, 'text_read', async () => {
    // What waited in the inbox before is not the answer to "send a text now".
    await deps.readReplies();
    const before = deps.newestReplyId();
    const isRead = await waitFor(deps, TEXT_PATIENCE_MS, () => deps.newestReplyId() !== before);
    if (isRead) return passed('A text arrived, all the way from a phone.');
    return missed(
      'No text arrived within 5 minutes.',
      'Check that you texted the number of this shop, that you are subscribed there, and that Postscript shows the text.',
    );
  });
}

/** The parts that both tests need. Answers Postscript's signature token; undefined when something is missing. */
async function checkWay(deps: InboxTestDeps): Promise<string | undefined> {
  const { inbox, postscript, callbackUrl } = deps;
  const answers = await tryHop(deps, 'inbox_answers', async () => {
    const answer = await inbox.listReplies('', 1);
    if (!answer.ok) return failed(answer.error, nextStepOfInbox(answer.error));
    return passed('The inbox answers and takes the read token.');
  });
  if (!answers) return undefined;
  let signatureToken: string | null = null;
  const isKnown = await tryHop(deps, 'webhook_known', async () => {
    if (postscript === null) return missed('Postscript is not connected.', 'Save its private key first.');
    const webhooks = await postscript.listWebhooks();
    if (!webhooks.ok) return failed(webhooks.error, 'See the Postscript connection.');
    const isThere = webhooks.value.some(
      (webhook) => webhook.callbackUrl === callbackUrl && webhook.event === 'shop.incoming_message',
    );
    if (!isThere) return missed(`Postscript does not know ${callbackUrl}.`, 'Register the webhook, then test again.');
    const token = await postscript.webhookToken();
    if (!token.ok) return failed(token.error, 'See the Postscript connection.');
    if (token.value === null) return missed('Postscript has no signature token yet.', registerAgain);
    signatureToken = token.value;
    return passed(`Postscript sends incoming texts to ${callbackUrl}.`);
  });
  return isKnown && signatureToken !== null ? signatureToken : undefined;
}

async function tryHop(deps: InboxTestDeps, hop: InboxHop, attempt: () => Promise<HopReport>): Promise<boolean> {
  if (deps.isCancelled()) return false;
  deps.begin(hop);
  const report = await attempt();
  if (deps.isCancelled()) return false;
  deps.end(hop, report);
  return report.isPassed;
}

async function waitFor(deps: InboxTestDeps, patienceMs: number, isThere: () => boolean): Promise<boolean> {
  const until = deps.clock.now() + patienceMs;
  for (;;) {
    await deps.readReplies();
    if (isThere()) return true;
    if (deps.isCancelled() || deps.clock.now() >= until) return false;
    await deps.clock.sleep(LOOK_EVERY_MS);
  }
}

function passed(message: string): HopReport {
  return { isPassed: true, message, nextStep: null };
}

function missed(message: string, nextStep: string): HopReport {
  return { isPassed: false, message, nextStep };
}

function failed({ message }: RemoteError, nextStep: string): HopReport {
  return missed(message, nextStep);
}

function nextStepOfInbox({ kind }: RemoteError): string {
  if (kind === 'key_refused') return 'Save the read token again: it is HEADS_UP_INBOX_READ_TOKEN of the inbox.';
  return 'Check that the inbox runs and that its address is right.';
}

function nextStepOfSample({ kind, status }: RemoteError): string {
  if (kind === 'key_refused')
    return 'Save the webhook secret again (HEADS_UP_INBOX_WEBHOOK_SECRET of the inbox), then register the webhook.';
  if (status === 503) return `${registerAgain} The inbox has no signature yet, or its disk is full.`;
  return 'Check what stands between the internet and the inbox.';
}
