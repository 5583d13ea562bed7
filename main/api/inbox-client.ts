import { z } from 'zod';
import { webhookSecretHeader, type IncomingReply, type RepliesPage } from '../../shared/domain/replies.ts';
import type { RemoteResult } from '../../shared/domain/remote.ts';
import { cutText } from './errors.ts';
import { createHttp } from './http.ts';
import { lenientInteger, lenientText } from './lenient.ts';
import { badAnswer } from './remote-answers.ts';

/** Several times the longest text a phone can send; longer ones are an inbox gone wrong. */
const longestBody = 5000;
/** As long as the contract lets the console ask for. */
const longestId = 200;
/** Nobody can have this number. */
const testNumber = '+10000000000';

export type InboxClient = Readonly<{
  /** `after` is the last page's `nextCursor`; empty for the beginning. */
  listReplies: (after: string, limit: number) => Promise<RemoteResult<RepliesPage>>;
  /** Hands over the text that Postscript signs its webhooks with, so that no person has to copy it. */
  saveSignatureToken: (token: string) => Promise<RemoteResult<null>>;
  /** Whether the inbox is there and can read its store. Proves nothing about the token. */
  health: () => Promise<RemoteResult<null>>;
  /** Posts a text as Postscript would, to prove that the inbox takes it. */
  postTest: (id: string, secrets: WebhookSecrets) => Promise<RemoteResult<null>>;
}>;

/** What Postscript sends along with each webhook. */
export type WebhookSecrets = Readonly<{ signatureToken: string; webhookSecret: string }>;

export const webhookPath = '/webhooks/postscript';

export type InboxClientOptions = Readonly<{
  baseUrl: string;
  token: () => string;
  timeoutMs?: number;
  fetch?: typeof globalThis.fetch;
  /** For entries whose time cannot be read. */
  now?: () => number;
}>;

const pageSchema = z.object({ responses: z.array(z.unknown()), next_cursor: lenientText });

/** Whatever an inbox has taken for an id: a stricter reader would stop at that message for ever. */
const replyId = z.union([z.string().min(1), z.number().transform(String)]).transform((id) => cutText(id, longestId));

const entrySchema = z.object({
  id: replyId,
  subscriber_id: lenientText,
  shopify_customer_id: lenientText,
  from_number: lenientText,
  body: z.union([z.string(), z.number().transform(String)]).catch(''),
  is_opt_out: z
    .union([z.boolean(), z.literal(1), z.literal('true')])
    .nullish()
    .catch(null),
  received_at: lenientInteger,
});

/**
 * Fetches replies from the inbox (design 3.5). Bodies are data from strangers: kept as they came, never interpreted.
 *
 * An entry with an id is always kept, even when the rest of it is unreadable, so that a person sees that somebody
 * wrote. One without an id could neither be kept nor told from its repeat: the whole page is refused, and the cursor
 * stays before it.
 */
export function createInboxClient(options: InboxClientOptions): InboxClient {
  const { token, timeoutMs = 15_000, now = Date.now, ...rest } = options;
  const headers = (): Record<string, string> => ({ authorization: `Bearer ${token()}` });
  const http = createHttp({ ...rest, timeoutMs, service: 'The inbox', headers });

  return {
    listReplies: async (after, limit) => {
      const query = [
        ['after', after],
        ['limit', String(limit)],
      ] as const;
      const answer = await http.request({ method: 'GET', path: '/responses', query });
      if (!answer.ok) return answer;
      const page = pageSchema.safeParse(answer.value.json);
      if (!page.success) return badAnswer(answer.value, 'The inbox answered, but without a list of replies.');
      const replies: IncomingReply[] = [];
      for (const [index, raw] of page.data.responses.entries()) {
        const entry = entrySchema.safeParse(raw);
        // The record of the error must not carry other customers' texts.
        if (!entry.success)
          return badAnswer(
            { ...answer.value, text: '' },
            `The inbox's reply number ${index + 1} after the cursor has no id.`,
          );
        replies.push(toReply(entry.data, now()));
      }
      const nextCursor = page.data.next_cursor ?? (replies.length === 0 ? after : null);
      if (nextCursor === null) return badAnswer(answer.value, 'The inbox answered without a cursor to go on from.');
      return { ok: true, value: { replies, nextCursor } };
    },
    saveSignatureToken: async (signature) => {
      const answer = await http.request({ method: 'PUT', path: '/signature-token', body: { token: signature } });
      return answer.ok ? { ok: true, value: null } : answer;
    },
    health: async () => {
      const answer = await http.request({ method: 'GET', path: '/healthz' });
      return answer.ok ? { ok: true, value: null } : answer;
    },
    postTest: async (id, { signatureToken, webhookSecret }) => {
      const answer = await http.request({
        method: 'POST',
        path: webhookPath,
        headers: { 'Postscript-Signature': signatureToken, [webhookSecretHeader]: webhookSecret },
        body: { event: 'shop.incoming_message', event_data: { id, from_number: testNumber, body: 'Heads Up test' } },
      });
      return answer.ok ? { ok: true, value: null } : answer;
    },
  };
}

function toReply(entry: z.infer<typeof entrySchema>, now: number): IncomingReply {
  const customer = entry.shopify_customer_id;
  return {
    id: entry.id,
    subscriberId: entry.subscriber_id,
    // Postscript's documented example writes 0 for "none".
    shopifyCustomerId: customer === '0' ? null : customer,
    fromNumber: entry.from_number ?? '',
    body: cutText(entry.body, longestBody),
    isOptOut: entry.is_opt_out != null && entry.is_opt_out !== false,
    receivedAt: entry.received_at ?? now,
  };
}
