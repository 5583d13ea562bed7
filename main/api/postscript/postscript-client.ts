import { z } from 'zod';
import type { RemoteResult } from '../../../shared/domain/remote.ts';
import { createHttp } from '../http.ts';
import type { Http, HttpAnswer } from '../http-types.ts';
import { lenientBoolean, lenientId, lenientText } from '../lenient.ts';
import { badAnswer, refuse } from '../remote-answers.ts';

/** Whose key it is. All null when only the fallback check worked; warn when `type` is known and not `shop`. */
export type PostscriptAccount = Readonly<{ id: string | null; name: string | null; type: string | null }>;

export type PostscriptSubscriber = Readonly<{
  id: string;
  phone: string | null;
  email: string | null;
  /** Null when Postscript did not say. */
  canSendPromotional: boolean | null;
  canSendTransactional: boolean | null;
}>;

/** A webhook subscription at Postscript. Its headers hold our secret and are left out on purpose. */
export type PostscriptWebhook = Readonly<{ id: string; callbackUrl: string; event: string }>;

export type NewPostscriptWebhook = Readonly<{
  callbackUrl: string;
  event: string;
  headers: Readonly<Record<string, string>>;
}>;

export type PostscriptClient = Readonly<{
  /** Checks the key without sending anything to anyone (postscript-api.md 1.4). */
  me: () => Promise<RemoteResult<PostscriptAccount>>;
  /** Null when nobody has this number. */
  findSubscriber: (phone: string) => Promise<RemoteResult<PostscriptSubscriber | null>>;
  listWebhooks: () => Promise<RemoteResult<readonly PostscriptWebhook[]>>;
  createWebhook: (webhook: NewPostscriptWebhook) => Promise<RemoteResult<PostscriptWebhook>>;
  /** The event of a webhook cannot be changed, and its other headers go. */
  updateWebhook: (id: string, change: Omit<NewPostscriptWebhook, 'event'>) => Promise<RemoteResult<null>>;
  deleteWebhook: (id: string) => Promise<RemoteResult<null>>;
  /** The text that Postscript puts into `Postscript-Signature`; null before the first subscription is made. */
  webhookToken: () => Promise<RemoteResult<string | null>>;
}>;

export type PostscriptOptions = Readonly<{
  baseUrl: string;
  key: () => string;
  timeoutMs?: number;
  /** Hand the same one to everything that uses this key: the whole account shares 15/s. */
  limiter?: Readonly<{ take: () => Promise<void> }>;
  fetch?: typeof globalThis.fetch;
}>;

const accountSchema = z.object({ resource_id: lenientId, resource_name: lenientText, resource_type: lenientText });

const canSendSchema = z.object({ can_send: lenientBoolean }).nullish().catch(null);

const subscriberSchema = z.object({
  id: lenientId,
  phone_number: lenientText,
  email: lenientText,
  subscriptions: z.object({ promotional: canSendSchema, transactional: canSendSchema }).nullish().catch(null),
});

const subscribersSchema = z.object({ subscribers: z.array(z.unknown()) });

const webhookSchema = z.object({ id: lenientId, callback_url: lenientText, event: lenientText });

const webhooksSchema = z.object({ webhook_subscriptions: z.array(z.unknown()) });

/** What both channels and the client send through. The private key goes as a bearer token (postscript-api.md 1.2). */
export function createPostscriptHttp({ key, timeoutMs = 15_000, ...rest }: PostscriptOptions): Http {
  return createHttp({
    ...rest,
    timeoutMs,
    service: 'Postscript',
    headers: () => ({ authorization: `Bearer ${key()}` }),
  });
}

/** Postscript beside the sending of triggers. Each call is made once; whoever asks may ask again. */
export function createPostscriptClient(options: PostscriptOptions): PostscriptClient {
  const { request } = createPostscriptHttp(options);

  /** Finds the one with the same digits: the answer may write the number without its plus (3.1, "phone format trap"). */
  const queryByPhone = async (wanted: string, digits: string): Promise<RemoteResult<PostscriptSubscriber | null>> => {
    const query = [['phone_number__eq', wanted]] as const;
    const answer = await request({ method: 'GET', path: '/api/v2/subscribers', query });
    if (!answer.ok) return answer;
    const list = subscribersSchema.safeParse(answer.value.json);
    if (!list.success) return badAnswer(answer.value, 'Postscript answered, but not with a list of subscribers.');
    for (const entry of list.data.subscribers) {
      const subscriber = subscriberSchema.safeParse(entry);
      if (subscriber.success && toDigits(subscriber.data.phone_number ?? '') === digits)
        return { ok: true, value: toSubscriber(subscriber.data) };
    }
    return { ok: true, value: null };
  };

  return {
    me: async () => {
      const answer = await request({ method: 'GET', path: '/api/v2/me' });
      if (answer.ok) return readAccount(answer.value);
      // `me` may be retired (1.3, "Risk"); reading one page of subscribers proves the key as well.
      if (answer.error.status !== 404 && answer.error.status !== 405) return answer;
      const page = await request({ method: 'GET', path: '/api/v2/subscribers', query: [['page', '1']] });
      if (!page.ok) return page;
      if (!subscribersSchema.safeParse(page.value.json).success)
        return badAnswer(page.value, 'Postscript answered, but not with a list of subscribers.');
      return { ok: true, value: { id: null, name: null, type: null } };
    },
    findSubscriber: async (phone) => {
      const digits = toDigits(phone);
      if (digits === '') return { ok: true, value: null };
      const plain = await queryByPhone(digits, digits);
      if (!plain.ok || plain.value !== null) return plain;
      return queryByPhone(`+${digits}`, digits);
    },
    listWebhooks: async () => {
      const answer = await request({ method: 'GET', path: '/api/v2/webhooks' });
      if (!answer.ok) return answer;
      const list = webhooksSchema.safeParse(answer.value.json);
      if (!list.success)
        return badAnswer(hideBody(answer.value), 'Postscript answered, but not with a list of webhooks.');
      return { ok: true, value: list.data.webhook_subscriptions.flatMap((entry) => toWebhook(entry) ?? []) };
    },
    createWebhook: async ({ callbackUrl, event, headers }) => {
      const answer = await request({
        method: 'POST',
        path: '/api/v2/webhooks',
        body: { callback_url: callbackUrl, event, headers },
        secrets: Object.values(headers),
      });
      if (!answer.ok) return answer;
      const webhook = toWebhook(answer.value.json);
      if (webhook === null) return badAnswer(hideBody(answer.value), 'Postscript answered, but not with a webhook.');
      return {
        ok: true,
        value: { ...webhook, callbackUrl: webhook.callbackUrl || callbackUrl, event: webhook.event || event },
      };
    },
    updateWebhook: async (id, { callbackUrl, headers }) => {
      if (!isWebhookId(id)) return refuse('rejected', notAnId);
      const answer = await request({
        method: 'PATCH',
        path: `/api/v2/webhooks/${id}`,
        body: { callback_url: callbackUrl, headers },
        secrets: Object.values(headers),
      });
      return answer.ok ? { ok: true, value: null } : answer;
    },
    deleteWebhook: async (id) => {
      if (!isWebhookId(id)) return refuse('rejected', notAnId);
      const answer = await request({ method: 'DELETE', path: `/api/v2/webhooks/${id}` });
      return answer.ok ? { ok: true, value: null } : answer;
    },
    webhookToken: async () => {
      const answer = await request({ method: 'GET', path: '/api/v2/webhooks/token' });
      if (!answer.ok) return answer.error.kind === 'not_found' ? { ok: true, value: null } : answer;
      const body = z.object({ token: z.string().nullish() }).safeParse(answer.value.json);
      if (!body.success) return badAnswer(hideBody(answer.value), 'Postscript answered, but not with a webhook token.');
      return { ok: true, value: body.data.token === undefined || body.data.token === '' ? null : body.data.token };
    },
  };
}

function readAccount(answer: HttpAnswer): RemoteResult<PostscriptAccount> {
  const account = accountSchema.safeParse(answer.json);
  if (!account.success) return badAnswer(answer, 'Postscript answered, but did not say whose key this is.');
  const { resource_id: id, resource_name: name, resource_type: type } = account.data;
  return { ok: true, value: { id, name, type } };
}

function toSubscriber(row: z.infer<typeof subscriberSchema>): PostscriptSubscriber {
  return {
    id: row.id,
    phone: row.phone_number,
    email: row.email,
    canSendPromotional: row.subscriptions?.promotional?.can_send ?? null,
    canSendTransactional: row.subscriptions?.transactional?.can_send ?? null,
  };
}

function toWebhook(entry: unknown): PostscriptWebhook | null {
  const row = webhookSchema.safeParse(entry);
  if (!row.success) return null;
  return { id: row.data.id, callbackUrl: row.data.callback_url ?? '', event: row.data.event ?? '' };
}

const notAnId = 'This is not the id of a webhook, so nothing was sent.';

function isWebhookId(id: string): boolean {
  return /^[\w-]+$/.test(id);
}

/** For answers that may quote a secret of ours or of Postscript's under a name that we do not know. */
function hideBody(answer: HttpAnswer): HttpAnswer {
  return { ...answer, text: '' };
}

function toDigits(phone: string): string {
  return phone.replace(/\D/g, '');
}
