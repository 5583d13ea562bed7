import type { Bill, PlatformPage, PlatformSubscription } from '../../../shared/domain/platform.ts';
import { member, strictBill, strictRow, type StrictRow } from './strict-reading.ts';

/** Holds one page as the product has read it against what was served; each difference in a sentence. */
export function judgePage(raw: readonly unknown[], page: PlatformPage<PlatformSubscription>): string[] {
  const problems: string[] = [];
  if (page.received !== raw.length) problems.push(`received ${page.received} of ${raw.length} rows`);
  if (page.rows.length + page.unreadable.length !== raw.length)
    problems.push(`${raw.length - page.rows.length - page.unreadable.length} rows were neither read nor refused`);
  for (const name of page.unreadable)
    if (!/^subscription .+: .+/s.test(name)) problems.push(`a refusal names no cause: ${name.slice(0, 80)}`);
  const expected = raw.map(strictRow).filter((row) => row !== null);
  if (expected.length !== page.rows.length)
    problems.push(`${page.rows.length} rows were read where ${expected.length} can be`);
  else for (const [index, row] of page.rows.entries()) problems.push(...compare(row, expected[index]));
  return problems;
}

function compare({ subscription: read, customer }: PlatformSubscription, strict: StrictRow | undefined): string[] {
  if (strict === undefined) return ['a row too many'];
  const found = {
    id: read.id,
    customerId: customer.id,
    createdAt: read.createdAt,
    updatedAt: read.updatedAt,
    nextOrderAt: read.nextOrderAt,
    totalCents: read.totalCents,
    isMigrated: read.isMigrated,
    method: read.paymentMethod?.id ?? null,
  };
  const wanted = {
    id: strict.id,
    customerId: strict.customerId,
    createdAt: strict.createdAt,
    updatedAt: strict.updatedAt,
    nextOrderAt: strict.nextOrderAt,
    totalCents: strict.totalCents,
    isMigrated: strict.isMigrated,
    method: strict.paymentMethod?.id ?? null,
  };
  const differences = Object.entries(wanted).flatMap(([name, value]) => {
    const got = Object.entries(found).find(([key]) => key === name)?.[1];
    return got === value ? [] : [`${name} was read as ${show(got)}, it is ${show(value)}`];
  });
  const isTakenForLive = read.status === 'ACTIVE' || read.status === 'PAUSED';
  if (strict.isDeleted && isTakenForLive) differences.push(`a deleted subscription was read as ${String(read.status)}`);
  if (!strict.isDeleted && read.status !== strict.status)
    differences.push(`status was read as ${show(read.status)}, it is ${show(strict.status)}`);
  return differences;
}

export function judgeBills(raw: readonly unknown[], page: PlatformPage<Bill>): string[] {
  const problems: string[] = [];
  if (page.rows.length + page.unreadable.length !== raw.length) problems.push('a bill was neither read nor refused');
  for (const bill of page.rows) {
    const strict = raw.map(strictBill).filter((one) => one?.id === bill.id);
    const isSame = strict.some((one) => one?.status === bill.status && isCount(one.retryCount, bill));
    if (!isSame)
      problems.push(`bill ${bill.id.slice(0, 40)}: ${bill.status} ${bill.retryCount} is not what was served`);
  }
  return problems;
}

/** A count that means nothing may be left out where nothing is told by it. */
function isCount(strict: number, { status, retryCount }: Bill): boolean {
  const isPlausible = strict >= 0 && strict <= 1000;
  return isPlausible ? retryCount === strict : status !== 'failed' && retryCount === 0;
}

export function rowsOf(json: unknown): readonly unknown[] {
  const data = member(json, 'data');
  return Array.isArray(data) ? data : [];
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 80);
}
