/**
 * What a value of the platform may be taken for, written anew from its documentation (subscription-platforms.md 1.4)
 * without any code of the product: the product may read this, or say that it does not understand, and nothing else.
 */

const longestText = 500;
const longestId = 200;

export function strictText(value: unknown): string | null {
  if (Number.isSafeInteger(value)) return String(value);
  if (typeof value !== 'string' || value === '') return null;
  let text = value.slice(0, longestText);
  if (value.length > longestText && /[\ud800-\udbff]$/.test(text)) text = text.slice(0, -1);
  return text.toWellFormed();
}

/** An id names one thing: it is never cut, mended or rounded. */
export function strictId(value: unknown): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? String(value) : null;
  if (typeof value !== 'string' || value.trim() === '' || value.length > longestId) return null;
  return value.isWellFormed() ? value : null;
}

export function strictInteger(value: unknown): number | null {
  const digits = typeof value === 'string' && /^-?[0-9]+$/.test(value) ? Number(value) : value;
  return typeof digits === 'number' && Number.isSafeInteger(digits) ? digits : null;
}

export function strictAmount(value: unknown): number | null {
  const amount = strictInteger(value);
  return amount === null || amount < 0 ? null : amount;
}

const daysOf = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function daysIn(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && isLeap ? 29 : (daysOf[month - 1] ?? 0);
}

/** Counts days and minutes itself: what JavaScript makes of a 31st of February is what is to be found out. */
export function strictInstant(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const pattern =
    /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?(?:Z|([+-])(\d{2}):?(\d{2}))?)?$/;
  const found = pattern.exec(value.trim());
  if (found === null) return null;
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((part) => Number(found[part] ?? '0'));
  if (year === undefined || month === undefined || day === undefined) return null;
  if (hour === undefined || minute === undefined || second === undefined) return null;
  const [zoneHours, zoneMinutes] = [Number(found[9] ?? '0'), Number(found[10] ?? '0')];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  if (hour > 23 || minute > 59 || second > 59 || zoneHours > 23 || zoneMinutes > 59) return null;
  let days = 0;
  for (let one = 1970; one < year; one += 1) days += daysIn(one, 2) === 29 ? 366 : 365;
  if (year < 1970) return null;
  for (let one = 1; one < month; one += 1) days += daysIn(year, one);
  const zone = (zoneHours * 60 + zoneMinutes) * (found[8] === '-' ? -1 : 1);
  const minutes = (days + day - 1) * 1440 + hour * 60 + minute - zone;
  const ms = Number((found[7] ?? '').slice(0, 3).padEnd(3, '0'));
  const at = minutes * 60_000 + second * 1000 + ms;
  return at >= 0 && year < 9000 ? at : null;
}

const statuses: readonly unknown[] = ['ACTIVE', 'PAUSED', 'CANCELLED', 'EXPIRED', 'FAILED'];

/** The facts of one row that texts follow from. */
export type StrictRow = Readonly<{
  id: string;
  customerId: string | null;
  status: string | null;
  isDeleted: boolean;
  isMigrated: boolean;
  createdAt: number | null;
  updatedAt: number | null;
  nextOrderAt: number | null;
  totalCents: number | null;
  paymentMethod: Readonly<{ id: string; updatedAt: number }> | null;
}>;

/** Some services write the first or the last of all days for "never". */
const isAbsent = (value: unknown): boolean =>
  [null, undefined, '', false].some((nothing) => nothing === value) ||
  (typeof value === 'string' && (value.startsWith('0001-01-01') || value.startsWith('9999-12-31')));

export function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}

/** Null when nothing could be decided about the row, so that it may only be refused. */
export function strictRow(raw: unknown): StrictRow | null {
  const id = strictId(member(raw, 'id'));
  const number = strictId(member(raw, 'shopifyId'));
  const createdAt = strictInstant(member(raw, 'createdDate')) ?? strictInstant(member(raw, 'initialSubmissionDate'));
  const customerId = strictId(member(member(raw, 'custRel'), 'id'));
  if (id === null || number === null || createdAt === null || customerId === null) return null;
  const status = member(raw, 'purchaseStateStatus');
  const method = member(raw, 'pmtMth');
  const methodId = strictId(member(method, 'id'));
  const written = member(method, 'updatedDate');
  const date = isAbsent(written) ? member(method, 'shopifyUpdateDate') : written;
  const methodAt = isAbsent(date) ? 0 : strictInstant(date);
  return {
    id,
    customerId,
    status: statuses.includes(status) ? String(status) : null,
    isDeleted: !isAbsent(member(raw, 'deletedAt')),
    isMigrated: !isAbsent(member(raw, 'externalSubscriptionId')),
    createdAt,
    updatedAt: strictInstant(member(raw, 'updatedDate')) ?? createdAt,
    nextOrderAt: strictInstant(member(raw, 'nextBillingDate')),
    totalCents: strictAmount(member(raw, 'totalEstimatedNet')),
    paymentMethod: methodId === null || methodAt === null ? null : { id: methodId, updatedAt: methodAt },
  };
}

export type StrictBill = Readonly<{ id: string; status: string; retryCount: number }>;

export function strictBill(raw: unknown): StrictBill | null {
  const id = strictId(member(raw, 'id'));
  const status = member(raw, 'status');
  const retryCount = strictInteger(member(raw, 'retryCount'));
  if (id === null || typeof status !== 'string') return null;
  return { id, status, retryCount: retryCount ?? -1 };
}
