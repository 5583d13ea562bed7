import type { Hono } from 'hono';
import type { ServiceContext, ServiceEnv } from './http-service.ts';
import type { PostscriptParts } from './postscript-app.ts';
import { readObject, refuse } from './postscript-events.ts';
import { isOnThisMachine, shopId, toStamp, webhookEvents, type WebhookSubscription } from './postscript-webhooks.ts';

function toJson(subscription: WebhookSubscription): Record<string, unknown> {
  return {
    id: subscription.id,
    callback_url: subscription.callbackUrl,
    event: subscription.event,
    headers: subscription.headers,
    created_at: toStamp(subscription.createdAt),
    updated_at: toStamp(subscription.updatedAt),
  };
}

function isUsable(address: unknown): address is string {
  // HTTPS only, but for the inbox on this very machine.
  return (
    typeof address === 'string' &&
    URL.canParse(address) &&
    (new URL(address).protocol === 'https:' || isOnThisMachine(address))
  );
}

function toHeaders(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, String(text)]));
}

function sample(event: string, at: number): Record<string, unknown> {
  if (event !== 'shop.incoming_message') return {};
  return {
    id: 'im_1b2a005a386281c9',
    subscriber_id: 's_1234567abcd',
    shop_id: shopId,
    is_opt_out: false,
    shopify_customer_id: null,
    from_number: '+15555555555',
    created_at: toStamp(at),
    body: 'Hello, world',
  };
}

/** Adds the management of webhook subscriptions (postscript-api.md 4.2). */
export function addWebhookRoutes(app: Hono<ServiceEnv>, { world, webhooks }: PostscriptParts): void {
  const { clock } = world;
  const missing = (context: ServiceContext): Response =>
    context.json({ error_code: 3001, error_message: 'Could not find webhook', success: false }, 404);
  const isKnown = (event: unknown): event is string => webhookEvents.some((known) => known === event);

  app.get('/api/v2/webhooks', (context) => context.json({ webhook_subscriptions: webhooks.list().map(toJson) }));
  app.post('/api/v2/webhooks', async (context) => {
    const { event, callback_url: address, headers } = (await readObject(context)) ?? {};
    if (!isKnown(event)) return refuse(context, ['body', 'event'], 'Unknown event.', 'value_error');
    if (!isUsable(address))
      return refuse(context, ['body', 'callback_url'], 'Must be an HTTPS address.', 'value_error');
    return context.json(toJson(webhooks.create(event, address, toHeaders(headers))));
  });
  app.get('/api/v2/webhooks/token', (context) => context.json({ token: webhooks.token }));
  app.get('/api/v2/webhooks/example', (context) => {
    const event = context.req.query('event') ?? 'shop.test';
    return context.json({ event, event_data: sample(event, clock.now()) });
  });
  app.post('/api/v2/webhooks/test', async (context) => {
    const { event } = (await readObject(context)) ?? {};
    if (!isKnown(event)) return refuse(context, ['body', 'event'], 'Unknown event.', 'value_error');
    clock.plan(clock.now(), () => webhooks.send(event, sample(event, clock.now())));
    return context.json({ message: 'OK' }, 202);
  });
  app.get('/api/v2/webhooks/:id', (context) => {
    const subscription = webhooks.find(context.req.param('id'));
    return subscription === undefined ? missing(context) : context.json(toJson(subscription));
  });
  app.patch('/api/v2/webhooks/:id', async (context) => {
    const subscription = webhooks.find(context.req.param('id'));
    if (subscription === undefined) return missing(context);
    const { callback_url: address, headers } = (await readObject(context)) ?? {};
    if (address !== undefined) {
      if (!isUsable(address)) return refuse(context, ['body', 'callback_url'], 'Must be HTTPS.', 'value_error');
      subscription.callbackUrl = address;
    }
    if (headers !== undefined) subscription.headers = toHeaders(headers);
    subscription.updatedAt = clock.now();
    return context.json(toJson(subscription));
  });
  app.delete('/api/v2/webhooks/:id', (context) =>
    webhooks.remove(context.req.param('id')) ? context.json({}) : missing(context),
  );
}
