/** Pages go by a number that only falls: the cursor is the last one shown, as text. */
export function readCursor(cursor: string | null): number {
  const number = cursor === null ? Number.NaN : Number(cursor);
  return Number.isSafeInteger(number) && number > 0 ? number : Number.MAX_SAFE_INTEGER;
}

/** Null when this page was not full: there is nothing behind it. */
export function toCursor<Row>(rows: readonly Row[], pageSize: number, numberOf: (row: Row) => number): string | null {
  const last = rows.at(-1);
  return last === undefined || rows.length < pageSize ? null : String(numberOf(last));
}
