import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import { webhookSecretHeader, type IncomingReply } from '../../shared/domain/replies.ts';
import { toError } from '../../shared/result.ts';
import { createIntake } from './intake.ts';
import type { InboxStore } from './store.ts';

export type InboxAppOptions = Readonly<{
  store: InboxStore;
  /**
   * From Postscript's `GET /webhooks/token`; sent back in `Postscript-Signature`. Null: the console hands it over when
   * it registers the webhook. What was handed over counts before what is set here.
   */
  signatureToken: string | null;
  /** Ours; given to Postscript in the webhook subscription's `headers`. */
  webhookSecret: string;
  /** What the console shows to fetch the replies. */
  readToken: string;
  /** Epoch ms, UTC. */
  now: () => number;
  /** How many webhooks may be under way; one more is told to come again. */
  places?: number;
  /** Told when the store refuses; the caller of the request only sees 503. */
  onProblem?: (error: Error) => void;
}>;

const maxWebhookBytes = 256 * 1024;
/** With the bodies of all of them in memory that is 64 MB; a store that keeps up never has as many. */
const defaultPlaces = 256;
const defaultPage = 100;
const maxPage = 500;

// The rest of a refused body is not read, so the connection cannot carry another request.
const unread = { Connection: 'close' };

const envelope = z.object({ event: z.string() });

// Lenient where the reference is silent (a picture message may have no text), strict where a row needs it.
const incomingMessage = z.object({
  event_data: z.object({
    // What is stored under an id that the console cannot read would keep it from reading on.
    id: z
      .string()
      .max(200)
      .refine((id) => id.trim() !== '' && id.isWellFormed()),
    subscriber_id: z.string().max(200).nullish(),
    shopify_customer_id: z.union([z.string().max(200), z.number()]).nullish(),
    from_number: z.string().min(1).max(40),
    body: z.string().nullish(),
    is_opt_out: z.boolean().nullish(),
  }),
});

const signatureBody = z.object({ token: z.string().min(1).max(1000) });

const pageQuery = z.object({
  after: z.string().max(100).default(''),
  limit: z.coerce.number().int().min(1).max(maxPage).default(defaultPage),
});

/** The reply inbox: takes Postscript's webhooks in, hands replies out to the console. */
export function createInboxApp(options: InboxAppOptions): Hono {
  const { store, now, onProblem } = options;
  const intake = createIntake(store, options.places ?? defaultPlaces);
  if (options.signatureToken !== null) createSecretCheck('signatureToken', options.signatureToken);
  const isWebhookSecret = createSecretCheck('webhookSecret', options.webhookSecret);
  const isReadToken = createSecretCheck('readToken', options.readToken);
  const app = new Hono();

  // Before the body is read, so that a stranger cannot make us hold or parse anything.
  app.use('/webhooks/*', async (context, next) => {
    const token = store.signatureToken() ?? options.signatureToken;
    // Not 401: Postscript comes again in five minutes, and the console may have handed the token over by then.
    if (token === null)
      return context.json({ error: 'no signature token yet' }, 503, { ...unread, 'Retry-After': '300' });
    const signature = createSecretCheck('signatureToken', token)(context.req.header('Postscript-Signature'));
    const secret = isWebhookSecret(context.req.header(webhookSecretHeader));
    // The answer does not say which of the two was wrong.
    if (!signature || !secret) return context.json({ error: 'not authorised' }, 401, unread);
    const answered = intake.hold(next);
    if (answered !== undefined) return answered;
    return context.json({ error: 'too many at once' }, 503, { ...unread, 'Retry-After': '300' });
  });

  app.post(
    '/webhooks/postscript',
    bodyLimit({ maxSize: maxWebhookBytes, onError: (context) => context.json({ error: 'too large' }, 413, unread) }),
    async (context) => {
      const body = parseJson(await context.req.text());
      const event = envelope.safeParse(body);
      if (!event.success) return context.json({ error: 'not an event' }, 400);
      // 200 for what we do not know: Postscript may add events, and would retry them for an hour.
      if (event.data.event !== 'shop.incoming_message') return context.json({ ok: true, ignored: true });
      const message = incomingMessage.safeParse(body);
      if (!message.success) return context.json({ error: 'not an incoming message' }, 400);
      await intake.save(toReply(message.data, now()));
      return context.json({ ok: true });
    },
  );

  const isConsole = (authorization: string | undefined): boolean =>
    isReadToken(/^Bearer (.+)$/i.exec(authorization ?? '')?.[1]);

  app.put('/signature-token', bodyLimit({ maxSize: 4096 }), async (context) => {
    if (!isConsole(context.req.header('Authorization'))) return context.json({ error: 'not authorised' }, 401);
    const body = signatureBody.safeParse(parseJson(await context.req.text()));
    if (!body.success) return context.json({ error: 'not a token' }, 400);
    store.saveSignatureToken(body.data.token);
    return context.json({ ok: true });
  });

  app.get('/responses', (context) => {
    if (!isConsole(context.req.header('Authorization'))) return context.json({ error: 'not authorised' }, 401);
    context.header('Cache-Control', 'no-store');
    const query = pageQuery.safeParse(context.req.query());
    const page = query.success ? store.listAfter(query.data.after, query.data.limit) : undefined;
    if (page === undefined) return context.json({ error: 'not a cursor or limit of this inbox' }, 400);
    return context.json({ responses: page.replies.map(toJson), next_cursor: page.nextCursor });
  });

  app.get('/healthz', (context) => {
    store.check();
    return context.json({ ok: true });
  });

  // What throws here is the store (disk full, file gone). Postscript takes 503 for "again in five minutes".
  app.onError((error, context) => {
    // Nobody waits for an answer, and nothing is wrong here: the request never came in whole.
    if (context.req.raw.signal.aborted) return context.body(null, 400);
    onProblem?.(toError(error));
    return context.json({ error: 'cannot store now' }, 503, { 'Retry-After': '300' });
  });
  app.notFound((context) => context.json({ error: 'not found' }, 404));
  return app;
}

/** Compares digests, so that neither the content nor the length of the secret shows in the time it takes. */
function createSecretCheck(name: string, secret: string): (given: string | undefined) => boolean {
  if (secret === '') throw new Error(`The inbox needs a ${name}: an empty one would let anybody in`);
  const expected = toDigest(secret);
  return (given) => timingSafeEqual(toDigest(given ?? ''), expected);
}

function toDigest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toReply({ event_data: data }: z.infer<typeof incomingMessage>, receivedAt: number): IncomingReply {
  return {
    id: data.id,
    subscriberId: data.subscriber_id ?? null,
    shopifyCustomerId: data.shopify_customer_id == null ? null : String(data.shopify_customer_id),
    fromNumber: data.from_number,
    body: data.body ?? '',
    isOptOut: data.is_opt_out ?? false,
    receivedAt,
  };
}

function toJson(reply: IncomingReply): Record<string, unknown> {
  return {
    id: reply.id,
    subscriber_id: reply.subscriberId,
    shopify_customer_id: reply.shopifyCustomerId,
    from_number: reply.fromNumber,
    body: reply.body,
    is_opt_out: reply.isOptOut,
    received_at: reply.receivedAt,
  };
}
