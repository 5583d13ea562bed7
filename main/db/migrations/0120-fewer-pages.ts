import type { Migration } from '../types.ts';

/**
 * Fewer pages to write for each text (docs/decisions/0027).
 *
 * A UNIQUE column has an entry in its index for each row, and nearly no decision has a fact. What is being sent is found
 * by its state in the log's index; one of its own, of three rows at most, was written twice for each text.
 */
export const fewerPages: Migration = {
  version: 120,
  name: 'fewer-pages',
  up: (db) =>
    db.exec(`
      -- A UNIQUE cannot be taken from a column, so the table is made anew.
      CREATE TABLE decisions_with_few_facts (
        id              INTEGER PRIMARY KEY,
        at              INTEGER NOT NULL,
        fact            TEXT,               -- NULL for what may repeat
        reason          TEXT    NOT NULL,
        trigger         TEXT,
        customer_id     TEXT,
        subscription_id TEXT,
        order_date      TEXT,
        delivery_id     INTEGER REFERENCES deliveries (id),
        reply_id        TEXT,
        detail          TEXT
      ) STRICT;
      INSERT INTO decisions_with_few_facts (id, at, fact, reason, trigger, customer_id, subscription_id, order_date,
          delivery_id, reply_id, detail)
        SELECT id, at, fact, reason, trigger, customer_id, subscription_id, order_date, delivery_id, reply_id, detail
        FROM decisions ORDER BY id;
      DROP TABLE decisions;
      ALTER TABLE decisions_with_few_facts RENAME TO decisions;
      -- One row per fact however often a job looks at it.
      CREATE UNIQUE INDEX decisions_by_fact ON decisions (fact) WHERE fact IS NOT NULL;
      CREATE INDEX decisions_by_customer ON decisions (customer_id, id);
      CREATE INDEX decisions_by_delivery ON decisions (delivery_id) WHERE delivery_id IS NOT NULL;
      CREATE INDEX decisions_missed ON decisions (at) WHERE reason = 'too_late';

      DROP INDEX deliveries_sending;
    `),
};
