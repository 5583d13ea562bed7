import { randomUUID } from 'node:crypto';
import { webhookPath } from '../api/inbox-client.ts';
import { testWithSample, testWithText, type HopReport } from '../core/test-inbox.ts';
import { listNewestReplies } from '../db/reply-log.ts';
import type { InboxHop, InboxTestKind } from '../../shared/domain/inbox-test.ts';
import type { InboxTestView } from '../../shared/ipc/connections-contract.ts';
import { fail, ok, toError, type Result } from '../../shared/result.ts';
import type { EngineHost, RealShop } from './context.ts';

/** At most one at a time; its course is kept in memory only, because it proves nothing about later. */
export type InboxTest = Readonly<{
  view: () => InboxTestView | null;
  start: (kind: InboxTestKind) => Result<Record<string, never>>;
  cancel: () => void;
}>;

const hopsOf: Record<InboxTestKind, readonly InboxHop[]> = {
  sample: ['inbox_answers', 'webhook_known', 'sample_taken', 'sample_read'],
  text: ['inbox_answers', 'webhook_known', 'text_read'],
};

/** Where Postscript posts what customers text. */
export function webhookAddress(inboxUrl: string): string {
  return `${inboxUrl.replace(/\/$/, '')}${webhookPath}`;
}

export function createInboxTest(real: RealShop, log: EngineHost['log'], onChange: () => void): InboxTest {
  let current: InboxTestView | null = null;

  const change = (over: Partial<InboxTestView>): void => {
    if (current !== null) current = { ...current, ...over };
    onChange();
  };
  const setHop = (hop: InboxHop, over: Partial<InboxTestView['hops'][number]>): void => {
    change({ hops: (current?.hops ?? []).map((each) => (each.hop === hop ? { ...each, ...over } : each)) });
  };
  const newestReply = () => listNewestReplies(real.shop.db, 1)[0];

  function start(kind: InboxTestKind): Result<Record<string, never>> {
    const { inbox: client, postscript } = real.clients();
    const inbox = real.inbox();
    if (client === null || inbox === null)
      return fail(
        'not_connected',
        'The inbox is not set up, or its webhook secret is missing.',
        'Save its address, read token and webhook secret first.',
      );
    const { shop } = real;
    const began: InboxTestView = {
      kind,
      startedAt: shop.clock.now(),
      isRunning: true,
      hops: hopsOf[kind].map((hop) => ({ hop, state: 'waiting', message: null, nextStep: null })),
      reply: null,
    };
    current = began;
    // Another test, or a cancel, leaves this one behind: it stops at its next step and says nothing more.
    const isCancelled = (): boolean => current?.startedAt !== began.startedAt || !current.isRunning;
    const deps = {
      store: shop.store,
      clock: shop.clock,
      inbox: client,
      postscript,
      callbackUrl: webhookAddress(inbox.url),
      webhookSecret: inbox.webhookSecret,
      readReplies: shop.replies,
      newestReplyId: () => newestReply()?.id,
      isCancelled,
      begin: (hop: InboxHop) => setHop(hop, { state: 'running' }),
      end: (hop: InboxHop, { isPassed, message, nextStep }: HopReport) => {
        if (hop === 'text_read' && isPassed) change({ reply: newestReply() ?? null });
        setHop(hop, { state: isPassed ? 'passed' : 'failed', message, nextStep });
      },
    };
    const run = kind === 'sample' ? testWithSample(deps, randomUUID()) : testWithText(deps);
    void run
      .catch((thrown: unknown) => log('error', 'The inbox test broke', { why: toError(thrown).message }))
      .finally(() => {
        if (!isCancelled()) change({ isRunning: false });
      });
    onChange();
    return ok({});
  }

  return {
    view: () => current,
    start,
    cancel: () => {
      current = null;
      onChange();
    },
  };
}
