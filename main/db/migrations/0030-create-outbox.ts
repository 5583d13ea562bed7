import type { Migration } from '../types.ts';

export const createOutbox: Migration = {
  version: 30,
  name: 'create-outbox',
  up: (db) =>
    db.exec(`
      CREATE TABLE deliveries (
        id              INTEGER PRIMARY KEY,
        -- The index, not the code, forbids the second text: any job may run twice.
        key             TEXT    NOT NULL UNIQUE,
        trigger         TEXT    NOT NULL CHECK (trigger IN ('subscription_created','upcoming_order','skipped_order',
                                  'payment_method_updated','payment_method_failed','customer_deactivated')),
        state           TEXT    NOT NULL CHECK (state IN ('planned','waiting','sending','accepted','retrying','failed',
                                  'unknown','suppressed')),
        reason          TEXT    NOT NULL,     -- of the newest decision about it
        is_test         INTEGER NOT NULL CHECK (is_test IN (0, 1)),
        is_urgent       INTEGER NOT NULL CHECK (is_urgent IN (0, 1)),  -- a confirmation: no send window, first in line
        customer_id     TEXT,
        subscription_id TEXT,
        order_date      TEXT,
        order_at        INTEGER,
        bill_id         TEXT,
        phone           TEXT,
        email           TEXT,
        properties      TEXT    NOT NULL,     -- JSON object of scalars
        occurred_at     INTEGER NOT NULL,
        due_at          INTEGER NOT NULL,
        deadline_at     INTEGER NOT NULL,     -- after it the delivery has lost its point
        attempts        INTEGER NOT NULL DEFAULT 0,
        created_at      INTEGER NOT NULL,
        finished_at     INTEGER
      ) STRICT;
      CREATE INDEX deliveries_open ON deliveries (is_urgent DESC, deadline_at, id)
        WHERE state IN ('planned','waiting','retrying');
      CREATE INDEX deliveries_sending ON deliveries (id) WHERE state = 'sending';
      CREATE INDEX deliveries_for_person ON deliveries (id) WHERE state IN ('failed','unknown');
      CREATE INDEX deliveries_by_state ON deliveries (state, id);
      CREATE INDEX deliveries_by_trigger ON deliveries (trigger, id);
      CREATE INDEX deliveries_by_trigger_and_state ON deliveries (trigger, state, id);
      CREATE INDEX deliveries_by_created ON deliveries (created_at);
      CREATE INDEX notices_by_order ON deliveries (subscription_id, order_date)
        WHERE trigger = 'upcoming_order' AND is_test = 0;
      CREATE INDEX notices_by_customer ON deliveries (customer_id, order_date)
        WHERE trigger = 'upcoming_order' AND is_test = 0;

      CREATE TABLE attempts (
        id          INTEGER PRIMARY KEY,
        delivery_id INTEGER NOT NULL REFERENCES deliveries (id),
        number      INTEGER NOT NULL,
        origin      TEXT    NOT NULL CHECK (origin IN ('scheduled','manual','test')),
        outcome     TEXT    NOT NULL CHECK (outcome IN ('in_flight','accepted','already_there','rate_limited','not_sent',
                              'rejected','key_refused','plan_refused','unknown')),
        started_at  INTEGER NOT NULL,
        ended_at    INTEGER,
        http_status INTEGER,
        message     TEXT,
        request     TEXT,
        response    TEXT,
        UNIQUE (delivery_id, number)
      ) STRICT;
      -- What retention has still to erase.
      CREATE INDEX attempts_with_contents ON attempts (started_at) WHERE request IS NOT NULL;

      CREATE TABLE decisions (
        id              INTEGER PRIMARY KEY,
        at              INTEGER NOT NULL,
        -- One row per fact however often a job looks at it; NULL for what may repeat.
        fact            TEXT    UNIQUE,
        reason          TEXT    NOT NULL,
        trigger         TEXT,
        customer_id     TEXT,
        subscription_id TEXT,
        order_date      TEXT,
        delivery_id     INTEGER REFERENCES deliveries (id),
        reply_id        TEXT,
        detail          TEXT
      ) STRICT;
      CREATE INDEX decisions_by_customer ON decisions (customer_id, id);
      CREATE INDEX decisions_by_delivery ON decisions (delivery_id) WHERE delivery_id IS NOT NULL;
    `),
};
