import { addToTotal } from './shop.ts';
import type { ReadDb, WriteDb } from './types.ts';
import { keepIdsInWalk } from './walks.ts';

export type Erasure = 'erased' | 'unknown' | 'under_way';

/** Who is erased, and the number if it is theirs alone: rows of nobody known are found by it. */
type Person = Readonly<{ id: string; rowId: number; ownPhone: string | null }>;

/**
 * Takes everything out that says who a customer is or what they wrote. Rows, keys and decisions stay without it, so that
 * no order is announced or skipped a second time, and the customer's own row stays empty, so that no sync brings them back.
 *
 * What is taken out is overwritten in the file too. `under_way` means that a request for them has no answer yet.
 */
export function eraseCustomer(db: WriteDb, id: string, now: number): Erasure {
  const person = findPerson(db, id);
  if (person === undefined) return 'unknown';
  if (isUnderWay(db, id)) return 'under_way';
  db.pragma('secure_delete = ON');
  try {
    db.transaction(() => {
      eraseReplies(db, person);
      eraseDeliveries(db, person, now);
      dropSubscriptions(db, id, now);
      emptyCustomer(db, person, now);
    }).immediate();
    forgetCopies(db);
  } finally {
    db.pragma('secure_delete = OFF');
  }
  return 'erased';
}

function findPerson(db: ReadDb, id: string): Person | undefined {
  const found = db
    .prepare<{ id: string }, { rowId: number; phone: string | null }>(
      'SELECT row_id AS rowId, phone FROM customers WHERE id = :id',
    )
    .get({ id });
  if (found === undefined) return undefined;
  const sharing = db
    .prepare<{ id: string; phone: string | null }>('SELECT 1 FROM customers WHERE phone = :phone AND id <> :id LIMIT 1')
    .get({ id, phone: found.phone });
  return { id, rowId: found.rowId, ownPhone: sharing === undefined ? found.phone : null };
}

function isUnderWay(db: ReadDb, id: string): boolean {
  const found = db
    .prepare<{ id: string }>(
      `SELECT 1 FROM deliveries INDEXED BY deliveries_by_kind WHERE state = 'sending' AND customer_id = :id
       UNION ALL SELECT 1 FROM skips WHERE customer_id = :id AND state IN ('sent','undo_sent')`,
    )
    .get({ id });
  return found !== undefined;
}

function eraseReplies(db: WriteDb, { id, ownPhone }: Person): void {
  db.prepare<{ id: string; ownPhone: string | null }>(
    `UPDATE replies SET body = '', from_number = '', phone = NULL, shopify_customer_id = NULL, detail = NULL,
       customer_id = :id, needs_person = 0, reason = coalesce(reason, 'erased')
     WHERE customer_id = :id OR (customer_id IS NULL AND phone = :ownPhone)`,
  ).run({ id, ownPhone });
}

function eraseDeliveries(db: WriteDb, { id, ownPhone }: Person, now: number): void {
  // A test to their number may be about nobody.
  const theirs = db
    .prepare<{ id: string; ownPhone: string | null }, { id: number; isOver: 0 | 1 }>(
      `SELECT id, state IN ('accepted','suppressed') AS isOver FROM deliveries
       WHERE customer_id = :id OR (customer_id IS NULL AND phone = :ownPhone)`,
    )
    .all({ id, ownPhone });
  const emptyAttempts = db.prepare<{ deliveryId: number }>(
    'UPDATE attempts SET request = NULL, response = NULL, message = NULL WHERE delivery_id = :deliveryId',
  );
  const emptyDelivery = db.prepare<{ deliveryId: number }>(
    `UPDATE deliveries SET phone = NULL, email = NULL, properties = '{}' WHERE id = :deliveryId`,
  );
  const suppress = db.prepare<{ deliveryId: number; now: number }>(
    `UPDATE deliveries SET state = 'suppressed', reason = 'erased', finished_at = :now WHERE id = :deliveryId`,
  );
  const decide = db.prepare<{ deliveryId: number; now: number }>(
    `INSERT INTO decisions (at, reason, trigger, customer_id, subscription_id, order_date, delivery_id)
     SELECT :now, 'erased', trigger, customer_id, subscription_id, order_date, id FROM deliveries WHERE id = :deliveryId`,
  );
  for (const { id: deliveryId, isOver } of theirs) {
    emptyAttempts.run({ deliveryId });
    emptyDelivery.run({ deliveryId });
    if (isOver === 1) continue;
    suppress.run({ deliveryId, now });
    decide.run({ deliveryId, now });
  }
}

/** Without them no notice is planned; what was announced about them is in the keys of the deliveries. */
function dropSubscriptions(db: WriteDb, id: string, now: number): void {
  db.prepare<{ id: string; now: number }>(
    `UPDATE skips SET state = CASE state WHEN 'planned' THEN 'dropped' ELSE 'verified' END, finished_at = :now
     WHERE state IN ('planned','undo_planned') AND customer_id = :id`,
  ).run({ id, now });
  db.prepare('DELETE FROM bills WHERE subscription_id IN (SELECT id FROM subscriptions WHERE customer_id = :id)').run({
    id,
  });
  const active = db
    .prepare<{ id: string }, number>(`SELECT count(*) FROM subscriptions WHERE customer_id = :id AND status = 'ACTIVE'`)
    .pluck()
    .get({ id });
  addToTotal(db, 'active_subscriptions', -(active ?? 0));
  keepIdsInWalk(db, id);
  db.prepare('DELETE FROM subscriptions WHERE customer_id = :id').run({ id });
}

function emptyCustomer(db: WriteDb, { id, rowId }: Person, now: number): void {
  // A detail may repeat what a service said about their number.
  db.prepare('UPDATE decisions SET detail = NULL WHERE customer_id = :id AND detail IS NOT NULL').run({ id });
  const { changes } = db
    .prepare<{ id: string; now: number }>(
      `UPDATE customers SET platform_number = NULL, first_name = NULL, last_name = NULL, email = NULL, phone = NULL,
         erased_at = :now WHERE id = :id AND erased_at IS NULL`,
    )
    .run({ id, now });
  addToTotal(db, 'customers', -changes);
  db.prepare('DELETE FROM customer_search WHERE rowid = :rowId').run({ rowId });
  db.prepare<{ id: string; now: number; fact: string }>(
    `INSERT INTO decisions (at, fact, reason, customer_id) VALUES (:now, :fact, 'erased', :id)
     ON CONFLICT (fact) WHERE fact IS NOT NULL DO NOTHING`,
  ).run({ now, fact: `erased:${id}`, id });
}

/** SQLite keeps the words elsewhere too: in the search index until its parts are merged, in statistics, in the WAL. */
function forgetCopies(db: WriteDb): void {
  db.exec(`INSERT INTO customer_search (customer_search) VALUES ('optimize')`);
  const statistics = db
    .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE name IN ('sqlite_stat1', 'sqlite_stat4')`)
    .pluck()
    .all();
  for (const table of statistics) db.exec(`DELETE FROM ${table}`);
  db.pragma('wal_checkpoint(TRUNCATE)');
}
