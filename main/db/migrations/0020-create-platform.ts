import type { Migration } from '../types.ts';

export const createPlatform: Migration = {
  version: 20,
  name: 'create-platform',
  up: (db) =>
    db.exec(`
      CREATE TABLE customers (
        row_id          INTEGER PRIMARY KEY,
        id              TEXT    NOT NULL UNIQUE,
        platform_number TEXT,
        first_name      TEXT,
        last_name       TEXT,
        email           TEXT,
        phone           TEXT,             -- E.164
        known_since     INTEGER NOT NULL  -- epoch ms, UTC
      ) STRICT;
      CREATE INDEX customers_by_phone ON customers (phone) WHERE phone IS NOT NULL;
      CREATE INDEX customers_by_platform_number ON customers (platform_number) WHERE platform_number IS NOT NULL;

      -- Row ids are the customers'. Small on purpose: a full-text index makes an insert several times dearer.
      CREATE VIRTUAL TABLE customer_search USING fts5 (name, email, phone, content = '', contentless_delete = 1, prefix = '2 3');

      CREATE TABLE subscriptions (
        id                  TEXT    PRIMARY KEY,
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
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX subscriptions_by_customer ON subscriptions (customer_id);
      CREATE INDEX subscriptions_by_next_order ON subscriptions (next_order_date) WHERE status = 'ACTIVE';
      -- What the planner still has to look at: its cost grows with what is due, not with the shop.
      CREATE INDEX subscriptions_to_plan ON subscriptions (next_order_date)
        WHERE status = 'ACTIVE' AND next_order_date IS NOT NULL AND notice_order_date IS NOT next_order_date;

      CREATE TABLE bills (
        id              TEXT    PRIMARY KEY,
        subscription_id TEXT    NOT NULL,
        customer_id     TEXT    NOT NULL,
        status          TEXT    NOT NULL CHECK (status IN ('pending','processing','succeeded','failed','canceled')),
        retry_count     INTEGER NOT NULL,
        order_date      TEXT,
        billing_at      INTEGER,
        updated_at      INTEGER NOT NULL,
        error           TEXT
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX bills_by_order ON bills (subscription_id, order_date);

      CREATE TABLE selling_plans (
        id              TEXT    PRIMARY KEY,
        frequency_count INTEGER NOT NULL,
        frequency_unit  TEXT    NOT NULL CHECK (frequency_unit IN ('DAY','WEEK','MONTH','YEAR'))
      ) STRICT, WITHOUT ROWID;
    `),
};
