import type { Hono } from 'hono';
import { findTrigger } from './automations.ts';
import type { ServiceContext, ServiceEnv } from './http-service.ts';
import { orderDate as nextOrderDate } from './intervals.ts';
import type { PhoneBook, PhoneLine } from './phones.ts';
import type { PostscriptParts } from './postscript-app.ts';
import { makeUuid } from './random.ts';

/** One event as it came in, whichever API carried it. */
export type IncomingEvent = Readonly<{
  eventType: string;
  externalId: string | null;
  line: PhoneLine | undefined;
  properties: Readonly<Record<string, unknown>>;
}>;

/** Matching happens after the answer. */
const matchMs = 5000;

function textOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

/** Writes the event to the ledger and starts the automation that listens to it. */
export function takeEvent(
  parts: PostscriptParts,
  context: ServiceContext,
  event: IncomingEvent,
  wasDropped = false,
): void {
  const { world, automations } = parts;
  const { eventType, externalId, line, properties } = event;
  const arrivedAt = context.get('arrivedAt');
  const subscriptionKey = textOf(properties['subscription_id']) ?? '';
  const subscription = world.subscriptionsByNumber.get(subscriptionKey) ?? world.subscriptionsById.get(subscriptionKey);
  const customer =
    subscription?.customer ??
    world.customersByNumber.get(textOf(properties['customer_id']) ?? '') ??
    line?.customers[0];
  const orderDate = textOf(properties['order_date_iso']);
  const received = world.ledger.addEvent({
    at: world.clock.now(),
    arrivedAt,
    eventType,
    externalId,
    customerId: customer?.id ?? null,
    subscriptionId: subscription?.id ?? null,
    orderDate,
    properties,
    wasAnswered: true,
    wasDropped,
  });
  context.get('received').push(received);
  if (wasDropped) return;

  const trigger = findTrigger(eventType);
  const nextOrder = subscription === undefined ? null : nextOrderDate(world, subscription);
  world.clock.plan(world.clock.now() + matchMs, () => {
    const [owner] = line?.customers ?? [];
    if (line === undefined || owner === undefined || trigger === undefined || !line.isSubscriber) return;
    const values: Record<string, string> = {};
    for (const [name, value] of Object.entries(properties)) {
      if (['string', 'number', 'boolean'].includes(typeof value)) values[name] = String(value);
    }
    automations.start(line, {
      trigger,
      // Postscript knows one person per number: with a shared phone that is the first one.
      customer: owner,
      values,
      subscriptionId: subscription?.id ?? null,
      // A notice that names no date means the order that was next when it came in.
      orderDate: orderDate ?? nextOrder,
      arrivedAt,
    });
  });
}

/** Adds `POST /api/v2/events`. */
export function addEventRoutes(app: Hono<ServiceEnv>, parts: PostscriptParts): void {
  const { world, phones } = parts;
  const definitions = new Map<string, Set<string>>();
  const knownIds = new Set<string>();
  let count = 0;

  app.post('/api/v2/events', async (context) => {
    const body = await readObject(context);
    if (body === undefined) return refuse(context, [], 'Invalid JSON body.', 'value_error.jsondecode');
    const type = body['type'];
    if (typeof type !== 'string' || !/^[A-Za-z0-9_]+$/.test(type)) {
      return refuse(context, ['body', 'type'], 'type must be made of letters, digits and underscores.', 'value_error');
    }
    const properties = toProperties(body['properties']);
    const names = definitions.get(type) ?? new Set();
    for (const name of Object.keys(properties)) names.add(name);
    definitions.set(type, names);

    const externalId = textOf(body['external_id']);
    const isRepeat = externalId !== null && knownIds.has(externalId);
    const isDropped = isRepeat && world.options.switches.externalId !== 'accept';
    if (externalId !== null) knownIds.add(externalId);
    takeEvent(parts, context, { eventType: type, externalId, line: match(phones, body), properties }, isDropped);
    if (isRepeat && world.options.switches.externalId === '409') {
      for (const event of context.get('received')) event.wasAnswered = false;
      return context.json(
        { errors: [{ loc: ['body', 'external_id'], msg: 'Already exists.', type: 'conflict' }] },
        409,
      );
    }
    return context.json({ event_ids: [makeUuid('event', world.options.seed, ++count)] }, 202);
  });
}

/** subscriber_id, then phone, then e-mail. */
function match(phones: PhoneBook, body: Readonly<Record<string, unknown>>): PhoneLine | undefined {
  const { subscriber_id: id, phone, email } = body;
  return (
    (typeof id === 'string' ? phones.findBySubscriberId(id) : undefined) ??
    (typeof phone === 'string' ? phones.findByNumber(phone) : undefined) ??
    (typeof email === 'string' ? phones.findByEmail(email) : undefined)
  );
}

function toProperties(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** The body as an object; undefined when it is not one. */
export async function readObject(context: ServiceContext): Promise<Record<string, unknown> | undefined> {
  try {
    const body: unknown = JSON.parse(await context.req.text());
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : undefined;
  } catch {
    return undefined;
  }
}

/** 400 in shape B. */
export function refuse(context: ServiceContext, loc: readonly string[], msg: string, type: string): Response {
  return context.json({ errors: [{ loc, msg, type }] }, 400);
}
