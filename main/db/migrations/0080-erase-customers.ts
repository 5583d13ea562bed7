import type { Migration } from '../types.ts';

export const eraseCustomers: Migration = {
  version: 80,
  name: 'erase-customers',
  up: (db) =>
    db.exec(`
      -- Set when a customer was erased on demand: the row stays empty, so that the next sync does not bring them back.
      ALTER TABLE customers ADD COLUMN erased_at INTEGER;

      -- What of theirs is found: replies by whom they are from, or by the number while they are from nobody known.
      CREATE INDEX replies_by_customer ON replies (customer_id) WHERE customer_id IS NOT NULL;
      CREATE INDEX replies_of_nobody ON replies (phone) WHERE customer_id IS NULL;
    `),
};
