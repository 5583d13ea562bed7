import type { Migration } from '../types.ts';

export const createReplies: Migration = {
  version: 40,
  name: 'create-replies',
  up: (db) =>
    db.exec(`
      CREATE TABLE replies (
        sequence            INTEGER PRIMARY KEY,
        id                  TEXT    NOT NULL UNIQUE,  -- Postscript's; a webhook may be delivered many times
        received_at         INTEGER NOT NULL,
        from_number         TEXT    NOT NULL,
        phone               TEXT,                     -- E.164, when it can be read as one
        shopify_customer_id TEXT,
        body                TEXT    NOT NULL,
        is_opt_out          INTEGER NOT NULL CHECK (is_opt_out IN (0, 1)),  -- as Postscript says
        keyword             TEXT CHECK (keyword IN ('SKIP','OPT_OUT')),
        customer_id         TEXT,
        subscription_id     TEXT,
        order_date          TEXT,
        new_order_date      TEXT,
        reason              TEXT,                     -- NULL until it is decided
        detail              TEXT,
        needs_person        INTEGER NOT NULL DEFAULT 0 CHECK (needs_person IN (0, 1))
      ) STRICT;
      CREATE INDEX replies_undecided ON replies (sequence) WHERE reason IS NULL;
      CREATE INDEX replies_for_person ON replies (sequence) WHERE needs_person = 1;

      -- What retention has still to erase.
      CREATE INDEX replies_with_body ON replies (received_at) WHERE body <> '';

      CREATE TABLE skips (
        id              INTEGER PRIMARY KEY,
        subscription_id TEXT    NOT NULL,
        customer_id     TEXT    NOT NULL,
        order_date      TEXT    NOT NULL,
        origin          TEXT    NOT NULL CHECK (origin IN ('reply','person')),
        reply_id        TEXT    NOT NULL,
        state           TEXT    NOT NULL CHECK (state IN ('planned','sent','verified','found','dropped','refused','unclear')),
        puts            INTEGER NOT NULL DEFAULT 0,   -- requests that may have reached the platform
        next_at         INTEGER NOT NULL,
        new_order_date  TEXT,
        created_at      INTEGER NOT NULL,
        finished_at     INTEGER
      ) STRICT;
      -- An order can be skipped once: a second intent for it cannot be written while one is alive or done.
      CREATE UNIQUE INDEX skips_by_order ON skips (subscription_id, order_date)
        WHERE state IN ('planned','sent','verified','unclear');
      CREATE INDEX skips_open ON skips (next_at) WHERE state IN ('planned','sent');
      CREATE INDEX skips_by_customer ON skips (customer_id, order_date);
    `),
};
