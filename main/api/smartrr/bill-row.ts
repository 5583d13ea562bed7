import { z } from 'zod';
import { billStatuses, type Bill, type BillStatus, type PlatformEvent } from '../../../shared/domain/platform.ts';
import { describeIssues, lenientCount, lenientId, lenientText, optionalId } from '../lenient.ts';
import { lenientInstant, parseInstant, toDate } from './instants.ts';
import type { RowReading } from './read-page.ts';
import type { BillMoment, KnownOwner } from './smartrr-types.ts';

/** A bill is tried again for days, not for years. */
const mostRetries = 1000;

const billFields = {
  status: lenientText,
  retryCount: lenientCount.transform((count) => (count !== null && count <= mostRetries ? count : null)),
  billingDate: lenientInstant,
  createdDate: lenientInstant,
  updatedDate: lenientInstant,
  error: lenientText,
};

const billSchema = z.object({
  ...billFields,
  updatedDate: z.unknown().optional(),
  id: lenientId,
  st: z
    .object({ id: optionalId, custRel: z.object({ id: optionalId }).nullish().catch(null) })
    .nullish()
    .catch(null),
});

const billMomentSchema = z.object({ ...billFields, billId: optionalId });

const eventSchema = z.object({
  id: lenientId,
  eventDate: lenientInstant,
  eventType: lenientId,
  createdBy: lenientText,
  eventData: z.object({ orderDate: lenientText }).nullish().catch(null),
});

type Standing = Readonly<{ ok: true; status: BillStatus; retryCount: number; at: number }>;
type Refusal = Readonly<{ ok: false; reason: string }>;

/**
 * Reads one bill (subscription-platforms.md 1.4).
 *
 * A bill has no place for "status unknown", so such a row is unreadable. A count of retries is required only where it
 * is used: a failed bill is announced once per count.
 */
export function readBill(json: unknown, known: KnownOwner | null = null): RowReading<Bill> {
  const parsed = billSchema.safeParse(json);
  if (!parsed.success) return { ok: false, reason: describeIssues(parsed.error) };
  const row = parsed.data;
  const updated = toDate(row.updatedDate);
  // Taken for the date of creation, it would be older than what is known, and passed over without a word.
  if (updated === 'unclear') return { ok: false, reason: 'updatedDate is not a date' };
  const standing = readStanding(row, updated?.at ?? row.createdDate);
  if (!standing.ok) return standing;
  const subscriptionId = row.st?.id ?? known?.subscriptionId;
  const customerId = row.st?.custRel?.id ?? known?.customerId;
  if (subscriptionId === undefined) return { ok: false, reason: 'st.id is missing or unreadable' };
  if (customerId === undefined) return { ok: false, reason: 'st.custRel.id is missing or unreadable' };
  const { status, retryCount, at: updatedAt } = standing;
  const bill: Bill = {
    id: row.id,
    subscriptionId,
    customerId,
    status,
    retryCount,
    billingAt: row.billingDate,
    updatedAt,
    error: row.error,
  };
  return { ok: true, row: bill, notes: [] };
}

/** An audit row has no `updatedDate`; it was written when the bill was like this. */
export function readBillMoment(json: unknown, billId: string): RowReading<BillMoment> {
  const parsed = billMomentSchema.safeParse(json);
  if (!parsed.success) return { ok: false, reason: describeIssues(parsed.error) };
  const row = parsed.data;
  const standing = readStanding(row, row.createdDate ?? row.updatedDate);
  if (!standing.ok) return standing;
  const { status, retryCount, at } = standing;
  return { ok: true, row: { billId: row.billId ?? billId, status, retryCount, at, error: row.error }, notes: [] };
}

/** The lists of event types and authors are open, so unknown ones pass through. */
export function readEvent(json: unknown): RowReading<PlatformEvent> {
  const parsed = eventSchema.safeParse(json);
  if (!parsed.success) return { ok: false, reason: describeIssues(parsed.error) };
  const { id, eventDate, eventType, createdBy, eventData } = parsed.data;
  if (eventDate === null) return { ok: false, reason: 'eventDate is missing or unreadable' };
  const row = {
    id,
    type: eventType,
    at: eventDate,
    createdBy: createdBy ?? '',
    orderIso: toOrderIso(eventData?.orderDate ?? null),
  };
  return { ok: true, row, notes: [] };
}

/** Only ever what JavaScript can read back: a text that is no instant, or one without its zone, would name a wrong day. */
function toOrderIso(text: string | null): string | null {
  const at = text === null ? null : parseInstant(text);
  return at === null ? null : new Date(at).toISOString();
}

function readStanding(
  row: Readonly<{ status: string | null; retryCount: number | null }>,
  at: number | null,
): Standing | Refusal {
  const status = billStatuses.find((known) => known === row.status);
  if (status === undefined) {
    const given = row.status === null ? 'missing' : `${JSON.stringify(row.status.slice(0, 40))}, which is unknown`;
    return { ok: false, reason: `status is ${given}` };
  }
  if (row.retryCount === null && status === 'failed')
    return { ok: false, reason: 'retryCount of a failed bill is missing' };
  if (at === null) return { ok: false, reason: 'updatedDate and createdDate are missing or unreadable' };
  return { ok: true, status, retryCount: row.retryCount ?? 0, at };
}
