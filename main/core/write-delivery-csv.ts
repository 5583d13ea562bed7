import { stringify } from 'csv-stringify/sync';
import { formatWithOffset } from '../../shared/domain/calendar.ts';
import { decisionReasons } from '../../shared/domain/decisions.ts';
import { maskPhone } from '../../shared/domain/phone.ts';
import { triggers } from '../../shared/domain/triggers.ts';
import type { DeliveryRow } from '../../shared/ipc/schemas.ts';

export type CsvOptions = Readonly<{
  timeZone: string;
  withPhones: boolean;
  /** The first page brings the byte order mark, by which spreadsheets know UTF-8, and the headings. */
  isFirstPage: boolean;
}>;

type CsvRow = Omit<DeliveryRow, 'waitsFor'>;

const headings = [
  'Delivery',
  'Key',
  'Trigger',
  'State',
  'Why',
  'Test',
  'Customer',
  'Phone',
  'Subscription',
  'Order date',
  'Attempts',
  'Answer',
] as const;

/** Rows of the log as CSV. What a spreadsheet would take for a formula gets an apostrophe in front. */
export function writeDeliveryCsv(rows: readonly CsvRow[], options: CsvOptions): string {
  const { timeZone, isFirstPage } = options;
  const times = ['Decided', 'Due', 'Finished'].flatMap((name) => [`${name} (${timeZone})`, `${name} (UTC)`]);
  const records = rows.map((row) => toRecord(row, options));
  return stringify(isFirstPage ? [[...headings, ...times], ...records] : records, {
    bom: isFirstPage,
    escape_formulas: true,
    record_delimiter: 'windows',
    // Either of them alone ends a row for many a reader; the library quotes them as a pair only.
    quoted_match: /[\r\n]/,
  });
}

function toRecord(row: CsvRow, { timeZone, withPhones }: CsvOptions): string[] {
  const phone = row.phone ?? '';
  return [
    String(row.id),
    row.key,
    triggers[row.trigger].title,
    row.state,
    decisionReasons[row.reason].sentence,
    row.isTest ? 'test' : '',
    row.customerName,
    withPhones || phone === '' ? phone : maskPhone(phone),
    row.subscriptionId ?? '',
    row.orderDate ?? '',
    String(row.attempts),
    row.answer ?? '',
    ...[row.createdAt, row.dueAt, row.finishedAt].flatMap((at) =>
      at === null ? ['', ''] : [formatWithOffset(timeZone, at), formatWithOffset('UTC', at).replace(' +00:00', '')],
    ),
  ];
}
