import type { Migration } from '../types.ts';

export const undoSkips: Migration = {
  version: 70,
  name: 'undo-skips',
  up: (db) =>
    db.exec(`
      -- A CHECK cannot be changed, so the table is made anew.
      CREATE TABLE skips_with_undo (
        id              INTEGER PRIMARY KEY,
        subscription_id TEXT    NOT NULL,
        customer_id     TEXT    NOT NULL,
        order_date      TEXT    NOT NULL,
        origin          TEXT    NOT NULL CHECK (origin IN ('reply','person')),
        reply_id        TEXT    NOT NULL,
        state           TEXT    NOT NULL CHECK (state IN ('planned','sent','verified','found','dropped','refused','unclear',
                                  'undo_planned','undo_sent','undone','undo_unclear')),
        puts            INTEGER NOT NULL DEFAULT 0,   -- requests of the step it is in that may have reached the platform
        next_at         INTEGER NOT NULL,
        order_iso       TEXT,             -- to the letter, as the skip was asked for
        new_order_date  TEXT,
        created_at      INTEGER NOT NULL,
        finished_at     INTEGER,
        undo_asked_at   INTEGER,
        undo_of         TEXT              -- the entry of the platform's log that is being taken back
      ) STRICT;
      INSERT INTO skips_with_undo (id, subscription_id, customer_id, order_date, origin, reply_id, state, puts, next_at,
          new_order_date, created_at, finished_at)
        SELECT id, subscription_id, customer_id, order_date, origin, reply_id, state, puts, next_at,
          new_order_date, created_at, finished_at FROM skips;
      DROP TABLE skips;
      ALTER TABLE skips_with_undo RENAME TO skips;
      -- One live skip of an order. What was taken back is over, so that the order can be skipped again.
      CREATE UNIQUE INDEX skips_by_order ON skips (subscription_id, order_date)
        WHERE state IN ('planned','sent','verified','unclear','undo_planned','undo_sent');
      CREATE INDEX skips_undone ON skips (subscription_id, order_date)
        WHERE state IN ('undo_sent','undone','undo_unclear');
      CREATE INDEX skips_open ON skips (next_at) WHERE state IN ('planned','sent','undo_planned','undo_sent');
      CREATE INDEX skips_by_customer ON skips (customer_id, order_date);

      -- What a closed reply had come to, for the person who closed it by mistake.
      ALTER TABLE replies ADD COLUMN reason_before TEXT;
      -- A conversation is everything from one number; one that cannot be read as a number stands for itself.
      CREATE INDEX replies_by_line ON replies (coalesce(phone, from_number), sequence);
      CREATE INDEX replies_waiting_by_line ON replies (coalesce(phone, from_number), sequence) WHERE needs_person = 1;
      CREATE INDEX deliveries_on_phone ON deliveries (phone, id) WHERE state = 'accepted' AND is_test = 0;
    `),
};
