import type { Shelf } from './world-types.ts';

type Row = { updatedAt: number; version: number };
type Change<T> = Readonly<{ at: number; version: number; row: T }>;

/**
 * Keeps rows in creation order and, beside it, every change in time order.
 *
 * A change that a later one of the same row has overtaken stays in the log until half of it is stale: appending is
 * cheap, and a delta read costs what it returns and not what the shop holds.
 */
export function createShelf<T extends Row>(rows: T[], now: () => number): Shelf<T> {
  let changes: Change<T>[] = rows
    .map((row) => ({ at: row.updatedAt, version: row.version, row }))
    .sort((one, other) => one.at - other.at);
  let revision = 0;

  function log(row: T): void {
    if (changes.length > 1000 && changes.length > rows.length * 2) changes = changes.filter(isNewest);
    changes.push({ at: row.updatedAt, version: row.version, row });
    revision++;
  }

  return {
    rows,
    add: (row) => {
      rows.push(row);
      log(row);
    },
    touch: (row) => {
      row.updatedAt = now();
      row.version++;
      log(row);
    },
    changedAfter: (at) => {
      let low = 0;
      let high = changes.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((changes[middle]?.at ?? Infinity) > at) high = middle;
        else low = middle + 1;
      }
      return changes
        .slice(low)
        .filter(isNewest)
        .map(({ row }) => row);
    },
    revision: () => revision,
  };
}

function isNewest<T extends Row>({ row, version }: Change<T>): boolean {
  return row.version === version;
}
