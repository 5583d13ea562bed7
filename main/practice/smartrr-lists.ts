import type { FaultKind } from './faults.ts';
import type { Json } from './smartrr-rows.ts';

/** A field that lists can be filtered and sorted by. */
export type Field<T> = Readonly<{ isDate: boolean; read: (row: T) => string | number | null }>;

export type ListSource<T> = Readonly<{
  rows: readonly T[];
  changedAfter: (at: number) => T[];
  revision: () => number;
}>;

export type ListOptions<T> = Readonly<{
  source: ListSource<T>;
  fields: Readonly<Record<string, Field<T>>>;
  params: URLSearchParams;
  pageBase: 0 | 1;
  hasUpdatedDateFilter: boolean;
  /** False where the real list takes like, before and after only. */
  hasExactFilters: boolean;
  fault: FaultKind | null;
  toRow: (row: T) => Json;
}>;

export type ListAnswer =
  | Readonly<{ ok: true; page: Json & { data: Json[] }; isFaultPlayed: boolean }>
  | Readonly<{ ok: false; message: string }>;

type Test<T> = (row: T) => boolean;
type Selection<T> = Readonly<{ rows: readonly T[] }> | Readonly<{ problem: string }>;

const defaultPageSize = 25;
const maxPageSize = 250;
const filterPattern = /^(filter(?:Equals|In|Like|Before|After)|orderBy)\[([^\]]+)\](?:\[\d*\])?$/;

/** Answers the lists of the platform. Remembers the last selections, so that a walk filters only once. */
export function createLister<T extends { readonly createdAt: number }>(): (options: ListOptions<T>) => ListAnswer {
  const kept = new Map<string, { revision: number; selection: Selection<T> }>();

  function select(options: ListOptions<T>): Selection<T> {
    const criteria = [...options.params].filter(([key]) => key !== 'pageNumber' && key !== 'pageSize');
    if (criteria.length === 0) return { rows: options.source.rows };
    const key = JSON.stringify(criteria);
    const revision = options.source.revision();
    const known = kept.get(key);
    if (known?.revision === revision) return known.selection;
    const selection = selectRows(options, criteria);
    if (kept.size >= 8) kept.clear();
    kept.set(key, { revision, selection });
    return selection;
  }

  return (options) => {
    const pageSize = readWhole(options.params.get('pageSize'), defaultPageSize);
    const pageNumber = readWhole(options.params.get('pageNumber'), options.pageBase);
    if (pageSize === null || pageSize < 1) return { ok: false, message: 'pageSize must be a positive number' };
    if (pageNumber === null) return { ok: false, message: 'pageNumber must be a number' };
    const selection = select(options);
    if ('problem' in selection) return { ok: false, message: selection.problem };
    return toPage(options, selection.rows, Math.min(pageSize, maxPageSize), pageNumber);
  };
}

function toPage<T>(options: ListOptions<T>, rows: readonly T[], size: number, pageNumber: number): ListAnswer {
  const { fault, pageBase, toRow } = options;
  // Counted from 1, page 0 is taken for the first one.
  const start = Math.max(0, pageNumber - pageBase) * size;
  const isLater = start > 0 && start < rows.length;
  const isShifted = fault === 'shifted_page' && isLater;
  const isRepeated = fault === 'duplicated_rows' && isLater;
  const shift = isShifted ? (pageNumber % 2 === 0 ? 2 : -2) : 0;
  const shown = rows.slice(Math.max(0, start + shift), Math.max(0, start + shift) + size);
  if (isRepeated) shown.unshift(...rows.slice(start - 2, start));
  return {
    ok: true,
    isFaultPlayed: isShifted || isRepeated,
    page: {
      totalCount: rows.length,
      totalPages: Math.ceil(rows.length / size),
      pageSize: size,
      pageNumber,
      data: shown.map(toRow),
    },
  };
}

function readWhole(text: string | null, otherwise: number): number | null {
  if (text === null) return otherwise;
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

function selectRows<T extends { readonly createdAt: number }>(
  { source, fields, hasUpdatedDateFilter, hasExactFilters }: ListOptions<T>,
  criteria: readonly (readonly [string, string])[],
): Selection<T> {
  const tests: Test<T>[] = [];
  let changedAfter: number | undefined;
  let order: { field: Field<T>; isDescending: boolean } | undefined;
  const wanted = new Map<string, Set<string>>();

  for (const [key, value] of criteria) {
    const [, kind, name = ''] = filterPattern.exec(key) ?? [];
    if (kind === undefined) continue;
    const field = fields[name];
    if (field === undefined) return { problem: `There is no field ${name} to filter or sort by` };
    if (kind !== 'orderBy' && name === 'updatedDate' && !hasUpdatedDateFilter) {
      return { problem: 'updatedDate cannot be filtered' };
    }
    switch (kind) {
      case 'orderBy':
        order = { field, isDescending: value.toUpperCase() === 'DESC' };
        break;
      case 'filterEquals':
      case 'filterIn': {
        if (!hasExactFilters) return { problem: `${kind} is not supported here` };
        const values = wanted.get(name) ?? new Set();
        for (const one of kind === 'filterIn' ? value.split(',') : [value]) values.add(one);
        wanted.set(name, values);
        break;
      }
      case 'filterLike':
        tests.push((row) =>
          String(field.read(row) ?? '')
            .toLowerCase()
            .includes(value.toLowerCase()),
        );
        break;
      default: {
        const limit = field.isDate ? Date.parse(value) : Number(value);
        if (Number.isNaN(limit)) return { problem: `${kind}[${name}] must be a date or a number` };
        if (kind === 'filterAfter' && name === 'updatedDate') changedAfter = Math.max(changedAfter ?? limit, limit);
        else tests.push(compareTo(field, kind === 'filterAfter', limit));
      }
    }
  }
  for (const [name, values] of wanted) {
    const field = fields[name];
    if (field !== undefined) tests.push((row) => values.has(toText(field, row)));
  }

  let rows = changedAfter === undefined ? source.rows : source.changedAfter(changedAfter);
  if (tests.length > 0) rows = rows.filter((row) => tests.every((test) => test(row)));
  return { rows: sortRows(rows, changedAfter !== undefined, order, fields['createdDate']) };
}

function compareTo<T>(field: Field<T>, isAfter: boolean, limit: number): Test<T> {
  return (row) => {
    const value = field.read(row);
    if (value === null) return false;
    return isAfter ? Number(value) > limit : Number(value) < limit;
  };
}

function toText<T>(field: Field<T>, row: T): string {
  const value = field.read(row);
  if (value === null) return '';
  return field.isDate ? new Date(value).toISOString() : String(value);
}

function sortRows<T extends { readonly createdAt: number }>(
  rows: readonly T[],
  isChangeOrder: boolean,
  order: { field: Field<T>; isDescending: boolean } | undefined,
  created: Field<T> | undefined,
): readonly T[] {
  // Sources are kept in creation order, so the usual order costs nothing.
  const inCreation = isChangeOrder ? [...rows].sort((one, other) => one.createdAt - other.createdAt) : rows;
  if (order === undefined) return inCreation;
  const { field, isDescending } = order;
  const sorted = field === created ? inCreation : [...inCreation].sort((one, other) => compare(field, one, other));
  return isDescending ? sorted.toReversed() : sorted;
}

function compare<T>(field: Field<T>, one: T, other: T): number {
  const first = field.read(one) ?? '';
  const second = field.read(other) ?? '';
  return first < second ? -1 : first > second ? 1 : 0;
}
