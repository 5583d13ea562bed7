import type { Hono } from 'hono';
import type { World } from './world-types.ts';
import type { ServiceContext, ServiceEnv } from './http-service.ts';
import { makeUuid } from './random.ts';
import { readBody, refuse } from './smartrr-errors.ts';

type WebhookRecord = { id: string; eventType: string; url: string; createdDate: string; updatedDate: string };

/** Adds the management of webhooks. They are kept, never called: for us they are only a hint to read again. */
export function addSmartrrWebhooks(app: Hono<ServiceEnv>, world: World): void {
  const records = new Map<string, WebhookRecord>();
  let count = 0;

  const missing = (context: ServiceContext): Response => refuse(context, 404, 'NOT_FOUND', 'There is no such webhook');
  const iso = (): string => new Date(world.clock.now()).toISOString();

  async function readFields(context: ServiceContext): Promise<{ eventType: string; url: string } | undefined> {
    const { eventType, url } = await readBody(context);
    return typeof eventType === 'string' && typeof url === 'string' ? { eventType, url } : undefined;
  }

  app.get('/vendor/webhook', (context) => context.json([...records.values()]));
  app.post('/vendor/webhook', async (context) => {
    const fields = await readFields(context);
    if (fields === undefined) return refuse(context, 400, 'BAD_REQUEST', 'eventType and url are required');
    const id = makeUuid('smartrr-webhook', world.options.seed, ++count);
    const record = { id, ...fields, createdDate: iso(), updatedDate: iso() };
    records.set(id, record);
    return context.json(record);
  });
  app.put('/vendor/webhook/:id', async (context) => {
    const record = records.get(context.req.param('id'));
    if (record === undefined) return missing(context);
    const fields = await readFields(context);
    if (fields === undefined) return refuse(context, 400, 'BAD_REQUEST', 'eventType and url are required');
    Object.assign(record, fields, { updatedDate: iso() });
    return context.json(record);
  });
  app.delete('/vendor/webhook/:id', (context) =>
    records.delete(context.req.param('id')) ? context.json({}) : missing(context),
  );
  app.delete('/vendor/webhook', (context) => {
    const url = context.req.query('url');
    for (const record of records.values()) if (record.url === url) records.delete(record.id);
    return context.json({});
  });
}
