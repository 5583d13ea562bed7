import { z } from 'zod';
import {
  subscriptionStatuses,
  type PaymentMethod,
  type PlatformSubscription,
  type SubscriptionStatus,
} from '../../../shared/domain/platform.ts';
import { describeIssues, lenientCount, lenientId, lenientText, optionalId } from '../lenient.ts';
import { organizationSchema, toBillingRun } from './billing-run.ts';
import { parseRuleFrequency } from './frequency.ts';
import { isNever, lenientInstant, toDate, type DateReading } from './instants.ts';
import type { RowReading } from './read-page.ts';

const mostTitles = 100;

const customerSchema = z.object({
  id: optionalId,
  shopifyId: optionalId,
  email: lenientText,
  phone: lenientText,
  inferredPhone: lenientText,
  firstName: lenientText,
  lastName: lenientText,
  sellingOrganization: organizationSchema.nullish().catch(null),
});

const lineItemSchema = z.object({ vnt: z.object({ purchasableVariantName: lenientText }) });

const purchaseStateSchema = z.object({
  id: lenientId,
  shopifyId: lenientId,
  purchaseStateStatus: lenientText,
  createdDate: lenientInstant,
  initialSubmissionDate: lenientInstant,
  updatedDate: z.unknown().optional(),
  cancelledAt: lenientInstant,
  deletedAt: z.unknown().optional(),
  nextBillingDate: z.unknown().optional(),
  sellingPlanId: optionalId,
  externalSubscriptionId: z.unknown().optional(),
  currency: lenientText,
  totalEstimatedNet: lenientCount,
  shippingAddress: z.object({ phone: lenientText }).nullish().catch(null),
  schedule: z.object({ deliveryRRuleString: lenientText }).nullish().catch(null),
  pmtMth: z
    .object({
      id: lenientId,
      lastDigits: lenientText,
      updatedDate: z.unknown().optional(),
      shopifyUpdateDate: z.unknown().optional(),
    })
    .nullish()
    .catch(null),
  stLineItems: z.array(z.unknown()).nullish().catch(null),
  custRel: customerSchema.nullish().catch(null),
});

type PurchaseState = z.infer<typeof purchaseStateSchema>;

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
 */
export function readSubscription(
  json: unknown,
  knownCustomerId: string | null = null,
): RowReading<PlatformSubscription> {
  const parsed = purchaseStateSchema.safeParse(json);
  if (!parsed.success) return { ok: false, reason: describeIssues(parsed.error) };
  const row = parsed.data;
  const createdAt = row.createdDate ?? row.initialSubmissionDate;
  if (createdAt === null) return { ok: false, reason: 'createdDate is missing or unreadable' };
  const customerId = row.custRel?.id ?? knownCustomerId;
  if (customerId === null) return { ok: false, reason: 'custRel.id is missing or unreadable' };
  const notes: string[] = [];
  const readDate = (name: string, value: unknown): DateReading => {
    const date = toDate(value);
    if (date === 'unclear') notes.push(`${name} is not a date`);
    return date === 'unclear' ? null : date;
  };
  const updated = readDate('updatedDate', row.updatedDate);
  const nextOrder = readDate('nextBillingDate', row.nextBillingDate);
  const status = readStatus(row, notes);
  const paymentMethod = readPaymentMethod(row, readDate);
  return {
    ok: true,
    notes,
    row: {
      subscription: {
        id: row.id,
        platformNumber: row.shopifyId,
        customerId,
        status,
        createdAt,
        updatedAt: updated?.at ?? createdAt,
        cancelledAt: row.cancelledAt,
        nextOrderIso: nextOrder?.text ?? null,
        nextOrderAt: nextOrder?.at ?? null,
        isMigrated: !isNever(row.externalSubscriptionId),
        sellingPlanId: row.sellingPlanId,
        frequency: parseRuleFrequency(row.schedule?.deliveryRRuleString ?? ''),
        productTitles: readTitles(row.stLineItems ?? []),
        totalCents: row.totalEstimatedNet,
        currency: row.currency,
        paymentMethod,
      },
      customer: {
        id: customerId,
        platformNumber: row.custRel?.shopifyId ?? null,
        firstName: row.custRel?.firstName ?? null,
        lastName: row.custRel?.lastName ?? null,
        email: row.custRel?.email ?? null,
      },
      phones: readPhones(row),
      billingRun: toBillingRun(row.custRel?.sellingOrganization ?? null),
    },
  };
}

function readStatus(row: PurchaseState, notes: string[]): SubscriptionStatus | null {
  const deleted = toDate(row.deletedAt);
  if (deleted === 'unclear') {
    // Whether it is still there at all is not known.
    notes.push('deletedAt is not a date');
    return null;
  }
  // A deleted subscription may keep its last status; nobody is to be texted about it, nor told that they cancelled.
  if (deleted !== null) return 'EXPIRED';
  const status = subscriptionStatuses.find((known) => known === row.purchaseStateStatus);
  if (status === undefined && row.purchaseStateStatus !== null)
    notes.push(`purchaseStateStatus ${JSON.stringify(row.purchaseStateStatus.slice(0, 40))} is unknown`);
  return status ?? null;
}

/** In the order in which public receivers look for a number (1.4, Notes); normalised by whoever knows the country. */
function readPhones({ custRel, shippingAddress }: PurchaseState): string[] {
  const candidates = [custRel?.phone, custRel?.inferredPhone, shippingAddress?.phone];
  const phones = candidates.flatMap((phone) => phone?.trim() ?? []).filter((phone) => phone !== '');
  return [...new Set(phones)];
}

function readTitles(lineItems: readonly unknown[]): string[] {
  return lineItems
    .flatMap((item) => lineItemSchema.safeParse(item).data?.vnt.purchasableVariantName ?? [])
    .slice(0, mostTitles);
}

/** Null as well when its date cannot be read: an update is told by the date, and a wrong one would be announced. */
function readPaymentMethod(
  { pmtMth }: PurchaseState,
  readDate: (name: string, value: unknown) => DateReading,
): PaymentMethod | null {
  if (pmtMth == null) return null;
  const name = isNever(pmtMth.updatedDate) ? 'shopifyUpdateDate' : 'updatedDate';
  const date = readDate(`pmtMth.${name}`, pmtMth[name]);
  if (date === null && !isNever(pmtMth[name])) return null;
  return { id: pmtMth.id, lastDigits: pmtMth.lastDigits, updatedAt: date?.text ?? '' };
}
