import type { Subscription, World } from './world-types.ts';
import { toEvents, toPurchaseState, type Json } from './smartrr-rows.ts';

/** What a reader is shown: the world as it is, or for a moment after a write as it was. */
export type SmartrrView = Readonly<{
  purchaseState: (subscription: Subscription) => Json;
  /** Oldest first. */
  events: (subscription: Subscription) => Json[];
  /** Keeps showing `before` for a while. */
  staleFrom: (subscription: Subscription, before: StaleRows) => void;
  snapshot: (subscription: Subscription) => StaleRows;
}>;

export type StaleRows = Readonly<{ row: Json; events: Json[] }>;

/** Practice time for which a stale read lasts. */
const staleMs = 20_000;

/** A clock that nobody moves would keep a stale read for ever, so it also ends after some reads. */
const staleReads = 4;

/** Opens the reading side of the simulated platform. */
export function createSmartrrView(world: World): SmartrrView {
  const stale = new Map<Subscription, { rows: StaleRows; until: number; readsLeft: number }>();

  function findStale(subscription: Subscription): StaleRows | undefined {
    const entry = stale.get(subscription);
    if (entry === undefined) return undefined;
    if (world.clock.now() >= entry.until || entry.readsLeft === 0) {
      stale.delete(subscription);
      return undefined;
    }
    entry.readsLeft--;
    return entry.rows;
  }

  return {
    purchaseState: (subscription) => {
      const rows = stale.size === 0 ? undefined : findStale(subscription);
      return rows?.row ?? toPurchaseState(world, subscription);
    },
    events: (subscription) => findStale(subscription)?.events ?? toEvents(world, subscription),
    staleFrom: (subscription, rows) => {
      stale.set(subscription, { rows, until: world.clock.now() + staleMs, readsLeft: staleReads });
    },
    snapshot: (subscription) => ({
      row: toPurchaseState(world, subscription),
      events: toEvents(world, subscription),
    }),
  };
}

/** Takes fields out of some rows, another kind each time. `turn` chooses the kind. */
export function removeFields(rows: Json[], turn: number): void {
  for (const [index, row] of rows.entries()) {
    if (index % 3 !== turn % 3 && rows.length > 2) continue;
    if (turn % 3 === 0) delete row['purchaseStateStatus'];
    else if (turn % 3 === 1) delete row['pmtMth'];
    else removePhones(row);
  }
}

function removePhones(row: Json): void {
  for (const name of ['custRel', 'shippingAddress']) {
    const part = row[name];
    if (typeof part !== 'object' || part === null) continue;
    row[name] = { ...part, phone: null, ...(name === 'custRel' ? { inferredPhone: null } : {}) };
  }
}
