import type { Migration } from '../types.ts';

/**
 * What the log of deliveries is filtered by.
 *
 * Every index ends in the time of the decision, so that a period is a range of each, and pages go by time and id.
 */
export const createDeliveryLog: Migration = {
  version: 60,
  name: 'create-delivery-log',
  up: (db) =>
    db.exec(`
      -- Of the newest attempt that has ended; NULL while none has.
      ALTER TABLE deliveries ADD COLUMN answer TEXT CHECK (answer IN ('2xx','3xx','4xx','5xx','none'));
      UPDATE deliveries SET answer = (
        SELECT CASE
            WHEN http_status IS NULL THEN 'none'
            WHEN http_status >= 500 THEN '5xx'
            WHEN http_status >= 400 THEN '4xx'
            WHEN http_status >= 300 THEN '3xx'
            ELSE '2xx'
          END
        FROM attempts
        WHERE delivery_id = deliveries.id AND outcome <> 'in_flight'
        ORDER BY number DESC LIMIT 1
      ) WHERE attempts > 0;

      DROP INDEX deliveries_by_state;
      DROP INDEX deliveries_by_trigger;
      DROP INDEX deliveries_by_trigger_and_state;
      CREATE INDEX deliveries_by_state ON deliveries (state, created_at);
      CREATE INDEX deliveries_by_trigger ON deliveries (trigger, created_at);
      CREATE INDEX deliveries_by_trigger_and_state ON deliveries (trigger, state, created_at);
      CREATE INDEX deliveries_by_answer ON deliveries (answer, created_at) WHERE answer IS NOT NULL;
      CREATE INDEX deliveries_by_customer ON deliveries (customer_id, created_at);
      CREATE INDEX deliveries_by_order ON deliveries (order_date, created_at) WHERE order_date IS NOT NULL;
      CREATE INDEX deliveries_tests ON deliveries (created_at) WHERE is_test = 1;
      CREATE INDEX subscriptions_by_platform_number ON subscriptions (platform_number);

      -- A resend of many that a person asked for. At most one is under way.
      CREATE TABLE bulk_resends (
        id           INTEGER PRIMARY KEY,
        total        INTEGER NOT NULL,
        resent       INTEGER NOT NULL DEFAULT 0,
        refused      INTEGER NOT NULL DEFAULT 0,
        started_at   INTEGER NOT NULL,
        ended_at     INTEGER,
        is_cancelled INTEGER NOT NULL DEFAULT 0 CHECK (is_cancelled IN (0, 1))
      ) STRICT;
      CREATE UNIQUE INDEX bulk_resends_open ON bulk_resends (ended_at IS NULL) WHERE ended_at IS NULL;
      -- What it has still to do: exactly the deliveries that the person saw counted.
      CREATE TABLE bulk_resend_rows (
        bulk_id     INTEGER NOT NULL REFERENCES bulk_resends (id),
        delivery_id INTEGER NOT NULL,
        PRIMARY KEY (bulk_id, delivery_id)
      ) STRICT, WITHOUT ROWID;
    `),
};
