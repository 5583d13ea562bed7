import { z } from 'zod';
import type { PlatformPage } from '../../../shared/domain/platform.ts';
import type { RemoteResult } from '../../../shared/domain/remote.ts';
import type { HttpAnswer } from '../http-types.ts';
import { fieldsOf, lenientInteger, toId } from '../lenient.ts';
import { badAnswer } from '../remote-answers.ts';

/** One row of an answer: read, with remarks about fields of it that mean nothing, or the reason why it cannot be read. */
export type RowReading<T> =
  Readonly<{ ok: true; row: T; notes: readonly string[] }> | Readonly<{ ok: false; reason: string }>;

const pageSchema = z.object({ data: z.array(z.unknown()), pageSize: lenientInteger, totalCount: lenientInteger });
const listSchema = z.array(z.unknown());

/**
 * Reads a list answer row by row (subscription-platforms.md 1.2).
 *
 * One row that cannot be read must neither stop a walk nor vanish: it is named in `unreadable`. An answer without a
 * list at all is an error, because an empty page would end the walk as if all had been seen.
 */
export function readPage<T>(
  answer: HttpAnswer,
  requestedSize: number,
  what: string,
  readRow: (row: unknown) => RowReading<T>,
): RemoteResult<PlatformPage<T>> {
  const page = pageSchema.safeParse(answer.json);
  if (!page.success) return badAnswer(answer, `Smartrr answered ${answer.status}, but without a list of ${what}s.`);
  const { data, pageSize, totalCount } = page.data;
  // A page holds no more than was asked for: an echo that says so would end the walk at its first page.
  const size = pageSize !== null && pageSize > 0 ? Math.min(pageSize, requestedSize) : requestedSize;
  return { ok: true, value: { ...readRows(data, what, readRow), size, totalCount, answeredAt: answer.answeredAt } };
}

/** For the calls that answer with a plain array; one wrapped like a page is understood too. */
export function readPlainList<T>(
  answer: HttpAnswer,
  what: string,
  readRow: (row: unknown) => RowReading<T>,
): RemoteResult<PlatformPage<T>> {
  const list = listSchema.safeParse(answer.json);
  if (!list.success) return readPage(answer, 0, what, readRow);
  const { length: size } = list.data;
  const { answeredAt } = answer;
  return { ok: true, value: { ...readRows(list.data, what, readRow), size, totalCount: null, answeredAt } };
}

function readRows<T>(
  data: readonly unknown[],
  what: string,
  readRow: (row: unknown) => RowReading<T>,
): Pick<PlatformPage<T>, 'rows' | 'unreadable' | 'notes' | 'received'> {
  const rows: T[] = [];
  const unreadable: string[] = [];
  const notes: string[] = [];
  for (const [index, entry] of data.entries()) {
    const reading = readRow(entry);
    if (reading.ok) rows.push(reading.row);
    const remarks = reading.ok ? reading.notes : [reading.reason];
    if (remarks.length === 0) continue;
    const name = `${what} ${toId(fieldsOf(entry)?.['id']) ?? `number ${index + 1} of the page, without an id`}`;
    (reading.ok ? notes : unreadable).push(...remarks.map((remark) => `${name}: ${remark}`));
  }
  return { rows, unreadable, notes, received: data.length };
}
