import type { Hono } from 'hono';
import type { ServiceEnv } from './http-service.ts';
import type { PostscriptParts } from './postscript-app.ts';
import { readObject, takeEvent } from './postscript-events.ts';
import { findTrigger } from './automations.ts';
import { triggers } from '../../shared/domain/triggers.ts';

type LegacyTrigger = Readonly<{ id: string; name: string; tags: unknown }>;

/** Adds the v1 routes that Legacy Automations are fired by (postscript-api.md 2.5). */
export function addLegacyRoutes(app: Hono<ServiceEnv>, parts: PostscriptParts): void {
  const { phones } = parts;
  const known = new Map<string, LegacyTrigger>();
  const notFound = { error_code: 3001, error_message: 'Not found', success: false };

  app.get('/v1/triggers', (context) => context.json([...known.values()]));
  app.post('/v1/triggers', async (context) => {
    const { name, tags } = (await readObject(context)) ?? {};
    if (typeof name !== 'string' || name === '') return context.json({}, 400);
    const trigger = { id: String(1000 + known.size), name, tags: tags ?? [] };
    known.set(trigger.id, trigger);
    return context.json(trigger);
  });
  app.get('/v1/subscribers', (context) => {
    const { id, phone_number: number, email } = context.req.query();
    if (id === undefined && number === undefined && email === undefined) return context.json({}, 400);
    const line =
      (id === undefined ? undefined : phones.findBySubscriberId(id)) ??
      (number === undefined ? undefined : phones.findByNumber(number)) ??
      (email === undefined ? undefined : phones.findByEmail(email));
    if (line === undefined || !line.isSubscriber) return context.json(notFound, 404);
    return context.json({
      id: line.subscriberId,
      phone_number: line.digits,
      email: line.customers[0]?.email ?? null,
      is_pending: false,
    });
  });
  app.post('/v1/triggers/:trigger/subscribers/:subscriber', async (context) => {
    const trigger = known.get(context.req.param('trigger'));
    const line = phones.findBySubscriberId(context.req.param('subscriber'));
    if (trigger === undefined || line === undefined) return context.json(notFound, 404);
    const body = (await readObject(context)) ?? {};
    const { tags } = body;
    const properties = typeof tags === 'object' && tags !== null ? { ...tags } : body;
    // The ledger knows every trigger by its event type, whichever way it came.
    const name = findTrigger(trigger.name);
    const eventType = name === undefined ? trigger.name : triggers[name].eventType;
    takeEvent(parts, context, { eventType, externalId: null, line, properties });
    return context.json({ success: true });
  });
}
