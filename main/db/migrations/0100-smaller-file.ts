import type { Migration } from '../types.ts';

/**
 * Less on the disk and less to write for each row (docs/decisions/0027).
 *
 * A table without row numbers repeats its key, 36 letters of the platform's, in every index; so subscriptions get
 * numbers. The deliveries' log had an index for each filter; one that begins with all three serves them all.
 */
export const smallerFile: Migration = {
  version: 100,
  name: 'smaller-file',
  up: (db) =>
    db.exec(`
      CREATE TABLE subscriptions_with_numbers (
        row_id              INTEGER PRIMARY KEY,
        id                  TEXT    NOT NULL UNIQUE,
        platform_number     TEXT    NOT NULL,
        customer_id         TEXT    NOT NULL REFERENCES customers (id),
        status              TEXT    NOT NULL CHECK (status IN ('ACTIVE','PAUSED','CANCELLED','EXPIRED','FAILED')),
        created_at          INTEGER NOT NULL,
        updated_at          INTEGER NOT NULL,
        cancelled_at        INTEGER,
        next_order_iso      TEXT,           -- to the letter, as the platform wrote it
        next_order_at       INTEGER,
        next_order_date     TEXT,           -- local date in the shop's zone
        is_migrated         INTEGER NOT NULL CHECK (is_migrated IN (0, 1)),
        selling_plan_id     TEXT,
        frequency_count     INTEGER,
        frequency_unit      TEXT CHECK (frequency_unit IN ('DAY','WEEK','MONTH','YEAR')),
        product_titles      TEXT    NOT NULL, -- JSON array
        total_cents         INTEGER,
        currency            TEXT,
        payment_method_id   TEXT,
        payment_last_digits TEXT,
        payment_updated_at  TEXT,
        -- The order that the planner has dealt with; another next order makes the row due again.
        notice_order_date   TEXT,
        -- The platform's time of change up to which the subscription's event log was read.
        events_through      INTEGER NOT NULL,
        known_since         INTEGER NOT NULL
      ) STRICT;
      INSERT INTO subscriptions_with_numbers (id, platform_number, customer_id, status, created_at, updated_at, cancelled_at,
          next_order_iso, next_order_at, next_order_date, is_migrated, selling_plan_id, frequency_count, frequency_unit,
          product_titles, total_cents, currency, payment_method_id, payment_last_digits, payment_updated_at,
          notice_order_date, events_through, known_since)
        SELECT id, platform_number, customer_id, status, created_at, updated_at, cancelled_at,
          next_order_iso, next_order_at, next_order_date, is_migrated, selling_plan_id, frequency_count, frequency_unit,
          product_titles, total_cents, currency, payment_method_id, payment_last_digits, payment_updated_at,
          notice_order_date, events_through, known_since FROM subscriptions ORDER BY id;
      DROP TABLE subscriptions;
      ALTER TABLE subscriptions_with_numbers RENAME TO subscriptions;
      CREATE INDEX subscriptions_by_customer ON subscriptions (customer_id);
      CREATE INDEX subscriptions_by_platform_number ON subscriptions (platform_number);
      -- In the order of the pages; with the status, so that counting the active ones reads no row.
      CREATE INDEX subscriptions_by_next_order ON subscriptions (next_order_date, row_id, status)
        WHERE status = 'ACTIVE' OR status = 'PAUSED';
      -- What the planner still has to look at: its cost grows with what is due, not with the shop.
      CREATE INDEX subscriptions_to_plan ON subscriptions (next_order_date)
        WHERE status = 'ACTIVE' AND next_order_date IS NOT NULL AND notice_order_date IS NOT next_order_date;
      CREATE INDEX subscriptions_by_titles_length ON subscriptions (length(product_titles));
      CREATE INDEX subscriptions_beyond_gsm ON subscriptions (length(product_titles))
        WHERE product_titles GLOB '*[^ -_a-~£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉÄÖÑÜ§¿äöñüà¡€]*';

      DROP INDEX deliveries_by_state;
      DROP INDEX deliveries_by_trigger;
      DROP INDEX deliveries_by_trigger_and_state;
      DROP INDEX deliveries_by_answer;
      -- A filter that leaves one of the three open reads this in several places at once; each is in the log's order.
      CREATE INDEX deliveries_by_kind ON deliveries (state, trigger, answer, created_at);
      -- The key of a notice begins with its order, and a customer's deliveries are few.
      DROP INDEX notices_by_order;
      DROP INDEX notices_by_customer;
    `),
};
