import type { Migration } from '../types.ts';

export const lookAhead: Migration = {
  version: 90,
  name: 'look-ahead',
  up: (db) =>
    db.exec(`
      -- Paused subscriptions too: their orders are shown with the reason why they get no notice. By date and then by
      -- id, the order of the pages; with the status, so that counting the active ones reads no row.
      DROP INDEX subscriptions_by_next_order;
      CREATE INDEX subscriptions_by_next_order ON subscriptions (next_order_date, id, status)
        WHERE status = 'ACTIVE' OR status = 'PAUSED';
      -- The notices that were missed, newest first, and how many there were lately.
      CREATE INDEX decisions_missed ON decisions (at) WHERE reason = 'too_late';
    `),
};
