import { z } from 'zod';
import {
  subscriptionStatuses,
  type PaymentMethod,
  type PlatformSubscription,
  type SubscriptionStatus,
} from '../../../shared/domain/platform.ts';
import { fieldsOf, toCount, toId, toText, type Fields } from '../lenient.ts';
import { readBillingRun } from './billing-run.ts';
import { parseRuleFrequency } from './frequency.ts';
import { isNever, toDate, toInstant, type DateReading } from './instants.ts';
import type { RowReading } from './read-page.ts';

const mostTitles = 100;

/** The calls that change a subscription may wrap it (subscription-platforms.md 1.3, Write). */
const wrappedSchema = z.object({ newCustomerPurchaseState: z.unknown() });

export function unwrapPurchaseState(json: unknown): unknown {
  return wrappedSchema.safeParse(json).data?.newCustomerPurchaseState ?? json;
}

/**
 * Reads one purchase state with its customer (subscription-platforms.md 1.4).
 *
 * Required are only the ids, `createdDate` and, unless the caller knows it, the customer: without them nothing could
 * be decided about the subscription. A status that is missing (reported for filtered lists, 1.2) or unknown is null:
 * the caller keeps what it knew before.
 *
 * By hand and not by a schema: a sync reads every row of the shop, and a schema costs more than writing the row down.
 */
export function readSubscription(
  json: unknown,
  knownCustomerId: string | null = null,
): RowReading<PlatformSubscription> {
  const row = fieldsOf(json);
  if (row === null) return { ok: false, reason: 'it is not an object' };
  const id = toId(row['id']);
  if (id === null) return { ok: false, reason: 'id is missing or unreadable' };
  const platformNumber = toId(row['shopifyId']);
  if (platformNumber === null) return { ok: false, reason: 'shopifyId is missing or unreadable' };
  const createdAt = toInstant(row['createdDate']) ?? toInstant(row['initialSubmissionDate']);
  if (createdAt === null) return { ok: false, reason: 'createdDate is missing or unreadable' };
  const customer = fieldsOf(row['custRel']);
  const customerId = toId(customer?.['id']) ?? knownCustomerId;
  if (customerId === null) return { ok: false, reason: 'custRel.id is missing or unreadable' };
  const notes: string[] = [];
  const readDate = (name: string, value: unknown): DateReading => {
    const date = toDate(value);
    if (date === 'unclear') notes.push(`${name} is not a date`);
    return date === 'unclear' ? null : date;
  };
  const updated = readDate('updatedDate', row['updatedDate']);
  const nextOrder = readDate('nextBillingDate', row['nextBillingDate']);
  const status = readStatus(row, notes);
  const paymentMethod = readPaymentMethod(fieldsOf(row['pmtMth']), readDate);
  return {
    ok: true,
    notes,
    row: {
      subscription: {
        id,
        platformNumber,
        customerId,
        status,
        createdAt,
        updatedAt: updated?.at ?? createdAt,
        cancelledAt: toInstant(row['cancelledAt']),
        nextOrderIso: nextOrder?.text ?? null,
        nextOrderAt: nextOrder?.at ?? null,
        isMigrated: !isNever(row['externalSubscriptionId']),
        sellingPlanId: toId(row['sellingPlanId']),
        frequency: parseRuleFrequency(toText(fieldsOf(row['schedule'])?.['deliveryRRuleString']) ?? ''),
        productTitles: readTitles(row['stLineItems']),
        totalCents: toCount(row['totalEstimatedNet']),
        currency: toText(row['currency']),
        paymentMethod,
      },
      customer: {
        id: customerId,
        platformNumber: toId(customer?.['shopifyId']),
        firstName: toText(customer?.['firstName']),
        lastName: toText(customer?.['lastName']),
        email: toText(customer?.['email']),
      },
      phones: readPhones(customer, fieldsOf(row['shippingAddress'])),
      billingRun: readBillingRun(customer?.['sellingOrganization']),
    },
  };
}

function readStatus(row: Fields, notes: string[]): SubscriptionStatus | null {
  const deleted = toDate(row['deletedAt']);
  if (deleted === 'unclear') {
    // Whether it is still there at all is not known.
    notes.push('deletedAt is not a date');
    return null;
  }
  // A deleted subscription may keep its last status; nobody is to be texted about it, nor told that they cancelled.
  if (deleted !== null) return 'EXPIRED';
  const given = toText(row['purchaseStateStatus']);
  const status = subscriptionStatuses.find((known) => known === given);
  if (status === undefined && given !== null)
    notes.push(`purchaseStateStatus ${JSON.stringify(given.slice(0, 40))} is unknown`);
  return status ?? null;
}

/** In the order in which public receivers look for a number (1.4, Notes); normalised by whoever knows the country. */
function readPhones(customer: Fields | null, shippingAddress: Fields | null): string[] {
  const candidates = [customer?.['phone'], customer?.['inferredPhone'], shippingAddress?.['phone']];
  const phones = candidates.map((phone) => toText(phone)?.trim() ?? '').filter((phone) => phone !== '');
  return [...new Set(phones)];
}

function readTitles(lineItems: unknown): string[] {
  if (!Array.isArray(lineItems)) return [];
  return lineItems
    .flatMap((item) => toText(fieldsOf(fieldsOf(item)?.['vnt'])?.['purchasableVariantName']) ?? [])
    .slice(0, mostTitles);
}

/** Null as well when its date cannot be read: an update is told by the date, and a wrong one would be announced. */
function readPaymentMethod(
  method: Fields | null,
  readDate: (name: string, value: unknown) => DateReading,
): PaymentMethod | null {
  const id = toId(method?.['id']);
  if (method === null || id === null) return null;
  const name = isNever(method['updatedDate']) ? 'shopifyUpdateDate' : 'updatedDate';
  const date = readDate(`pmtMth.${name}`, method[name]);
  if (date === null && !isNever(method[name])) return null;
  return { id, lastDigits: toText(method['lastDigits']), updatedAt: date?.text ?? '' };
}
