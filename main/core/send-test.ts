import type { StoredSubscription } from '../../shared/domain/platform.ts';
import { addDays, dateIn } from '../../shared/domain/calendar.ts';
import { normalisePhone } from '../../shared/domain/phone.ts';
import type { EventProperties, TriggerEvent } from '../../shared/domain/remote.ts';
import type { ShopSettings } from '../../shared/domain/settings.ts';
import { renderMessage, type TagValues } from '../../shared/domain/template.ts';
import { tags, tagsOf, triggers, type TriggerName } from '../../shared/domain/triggers.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { eventProperties } from './event-properties.ts';
import type { Store } from './store.ts';
import { currentCopy } from './write-template.ts';

/** What a person chose: a trigger, whose data (null: sample values), and which phone (null: nobody). */
export type TestRequest = Readonly<{ trigger: TriggerName; subscriptionId: string | null; phone: string | null }>;

const DAY_MS = 86_400_000;

/** The event that this test would send, to the letter, and the copy as it would read. */
export function prepareTest(
  store: Store,
  request: TestRequest,
  uniqueId: string,
  now: number,
): Result<Readonly<{ event: TriggerEvent; subscription: StoredSubscription | undefined; renderedCopy: string }>> {
  const settings = store.settings();
  const subscription = request.subscriptionId === null ? undefined : store.findSubscription(request.subscriptionId);
  if (request.subscriptionId !== null && subscription === undefined) {
    return fail('not_found', 'This subscription is not known.', 'Choose another one.');
  }
  const phone = request.phone === null ? null : normalisePhone(request.phone, settings.country);
  if (request.phone !== null && phone === null) {
    return fail(
      'invalid_input',
      'This is not a phone number that can be texted.',
      'Write it with the country, like +1 212 555 0100.',
    );
  }
  const spec = triggers[request.trigger];
  const properties = {
    ...sampleProperties(request.trigger, settings),
    ...realProperties(request.trigger, settings, subscription, now),
  };
  const event: TriggerEvent = {
    eventType: spec.eventType,
    legacyName: spec.legacyName,
    phone,
    email: null,
    externalId: `test:${request.trigger}:${uniqueId}`,
    occurredAt: now,
    properties,
  };
  return ok({ event, subscription, renderedCopy: renderCopy(store, request.trigger, subscription, properties) });
}

/** Queues a test. It is marked as one, never counted, and its key meets no real delivery's. */
export function queueTest(store: Store, request: TestRequest, uniqueId: string, now: number): Result<number> {
  const prepared = prepareTest(store, request, uniqueId, now);
  if (!prepared.ok) return prepared;
  const { event, subscription } = prepared.value;
  return ok(
    store.insertTestDelivery(
      {
        key: event.externalId,
        trigger: request.trigger,
        customerId: subscription?.customerId ?? null,
        subscriptionId: subscription?.id ?? null,
        orderDate: subscription?.nextOrderDate ?? null,
        orderAt: null,
        billId: null,
        properties: event.properties,
        phone: event.phone,
        email: null,
        occurredAt: now,
        dueAt: now,
        deadlineAt: now + DAY_MS,
        isUrgent: true,
      },
      now,
    ),
  );
}

/** The trigger's template with these properties in it: an estimate, because Postscript holds the live copy. */
export function renderCopy(
  store: Store,
  trigger: TriggerName,
  subscription: Pick<StoredSubscription, 'customerId'> | undefined,
  properties: EventProperties,
): string {
  return renderMessage(currentCopy(store, trigger), copyValues(store, subscription, properties));
}

/** What the tags say for this subscription, with nothing made up but the shop's link, which only Postscript knows. */
export function realValues(
  store: Store,
  trigger: TriggerName,
  subscription: StoredSubscription,
  now: number,
): TagValues {
  return copyValues(store, subscription, realProperties(trigger, store.settings(), subscription, now));
}

function copyValues(
  store: Store,
  subscription: Pick<StoredSubscription, 'customerId'> | undefined,
  properties: EventProperties,
): TagValues {
  const customer = subscription === undefined ? undefined : store.findCustomer(subscription.customerId);
  const values: Record<string, string> = {
    shop_name: store.settings().shopName,
    shop_link: tags.shop_link.samples.short,
    first_name: customer === undefined ? tags.first_name.samples.short : (customer.firstName ?? ''),
    last_name: customer === undefined ? tags.last_name.samples.short : (customer.lastName ?? ''),
  };
  for (const [name, value] of Object.entries(properties)) values[name] = String(value);
  return values;
}

function sampleProperties(trigger: TriggerName, settings: ShopSettings): Record<string, string> {
  const own = tagsOf(trigger).filter((tag) => tags[tag].origin !== 'postscript');
  const samples = Object.fromEntries(own.map((tag) => [tag, tags[tag].samples.short]));
  return settings.accountPageLink === '' ? samples : { ...samples, account_page_link: settings.accountPageLink };
}

function realProperties(
  trigger: TriggerName,
  settings: ShopSettings,
  subscription: StoredSubscription | undefined,
  now: number,
): EventProperties {
  if (subscription === undefined) return {};
  const orderDate = subscription.nextOrderDate ?? dateIn(settings.timeZone, now);
  const real = eventProperties(trigger, settings, subscription, {
    orderDate,
    newOrderDate: addDays(orderDate, 30),
    retryCount: 1,
  });
  return Object.fromEntries(Object.entries(real).filter(([, value]) => value !== ''));
}
