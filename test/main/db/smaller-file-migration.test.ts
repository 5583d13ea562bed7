import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { migrations } from '../../../main/db/migrations/index.ts';
import { smallerFile } from '../../../main/db/migrations/0100-smaller-file.ts';

/** A row in each table, as they were right before subscriptions had numbers. */
const rows = `
  INSERT INTO settings VALUES ('leadDays', '3');
  INSERT INTO marks VALUES ('synced_at', '5');
  INSERT INTO totals VALUES ('customers', 2);
  INSERT INTO hourly_counts VALUES (9, 'queued', 4);
  INSERT INTO customers VALUES (4, 'c-1', '670', 'Dana', 'Reyes', 'dana@mail.example', '+12125550100', 7, NULL);
  INSERT INTO customers VALUES (5, 'c-2', NULL, NULL, NULL, NULL, NULL, 7, 8);
  INSERT INTO customer_search (rowid, name, email, phone) VALUES (4, 'Dana Reyes', 'dana@mail.example', '12125550100');
  INSERT INTO subscriptions VALUES ('s-2', '8102', 'c-1', 'ACTIVE', 1, 2, NULL, '2027-03-05T14:30:00.000Z', 3, '2027-03-05', 0,
    '690005', 6, 'WEEK', '["Sampler ☕"]', 7800, 'USD', 'pm-1', '4157', '2027-01-01T00:00:00Z', '2027-03-05', 2, 9);
  INSERT INTO subscriptions VALUES ('s-1', '8101', 'c-1', 'PAUSED', 11, 12, NULL, NULL, NULL, NULL, 1,
    NULL, NULL, NULL, '[]', NULL, NULL, NULL, NULL, NULL, NULL, 12, 19);
  INSERT INTO subscriptions VALUES ('s-3', '8103', 'c-1', 'CANCELLED', 21, 22, 23, NULL, NULL, NULL, 0,
    NULL, 1, 'MONTH', '["Paper Filters"]', 2700, 'USD', NULL, NULL, NULL, '2027-02-01', 22, 29);
  INSERT INTO bills VALUES ('b-1', 's-2', 'c-1', 'failed', 2, '2027-02-05', 30, 31, 'declined');
  INSERT INTO selling_plans VALUES ('690005', 6, 'WEEK');
  INSERT INTO deliveries VALUES (6, 'upcoming:s-2:2027-03-05:3', 'upcoming_order', 'accepted', 'accepted', 0, 0, 'c-1', 's-2',
    '2027-03-05', 3, NULL, '+12125550100', NULL, '{}', 40, 41, 42, 1, 43, 44, '2xx');
  INSERT INTO deliveries VALUES (7, 'test:1', 'skipped_order', 'failed', 'rejected', 1, 1, NULL, NULL,
    NULL, NULL, NULL, '+12125550101', NULL, '{}', 40, 41, 42, 1, 43, 44, '4xx');
  INSERT INTO deliveries VALUES (8, 'payment-failed:b-1:2', 'payment_method_failed', 'waiting', 'queued', 0, 0, 'c-1', 's-2',
    '2027-02-05', NULL, 'b-1', '+12125550100', NULL, '{"retry_num":"2"}', 40, 41, 42, 0, 43, NULL, NULL);
  INSERT INTO attempts VALUES (3, 6, 1, 'scheduled', 'accepted', 50, 51, 202, NULL, '{}', '{}');
  INSERT INTO decisions VALUES (2, 60, 'fact', 'accepted', 'upcoming_order', 'c-1', 's-2', '2027-03-05', 6, NULL, NULL);
  INSERT INTO replies (sequence, id, received_at, from_number, body, is_opt_out) VALUES (1, 'im_1', 70, '+12125550100', 'SKIP', 0);
  INSERT INTO skips (id, subscription_id, customer_id, order_date, origin, reply_id, state, next_at, created_at)
    VALUES (1, 's-2', 'c-1', '2027-03-05', 'reply', 'im_1', 'planned', 80, 81);
  INSERT INTO template_versions VALUES (1, 'upcoming_order', 'Heads up', 90, NULL);
  INSERT INTO set_up_confirmations (trigger, activated_at) VALUES ('upcoming_order', 91);
  INSERT INTO bulk_resends (id, total, started_at) VALUES (1, 1, 92);
  INSERT INTO bulk_resend_rows VALUES (1, 7);`;

function setUp() {
  const db = new Database(':memory:');
  onTestFinished(() => void db.close());
  db.pragma('foreign_keys = ON');
  for (const { version, up } of migrations) if (version < smallerFile.version) up(db);
  db.exec(rows);
  const tables = db
    .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'customer_search_%'`)
    .pluck()
    .all();
  const read = () =>
    Object.fromEntries(tables.map((table) => [table, db.prepare<[], object>(`SELECT * FROM ${table}`).all()]));
  return { db, read };
}

it('brings every row of every table over as it was, and gives each subscription a number', () => {
  const { db, read } = setUp();
  const before = read();
  expect(Object.entries(before).filter(([, found]) => found.length === 0)).toEqual([]);
  db.transaction(() => smallerFile.up(db))();
  const subscriptions = before['subscriptions']?.map((row, index) => ({ row_id: index + 1, ...row }));
  expect(read()).toEqual({ ...before, subscriptions });
  expect(db.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  expect(db.pragma('foreign_key_check')).toEqual([]);
});

it('keeps what a subscription may not be: one without its customer, a second one of its id, one of no known status', () => {
  const { db } = setUp();
  smallerFile.up(db);
  const add = (id: string, customer: string, status: string) => () =>
    db
      .prepare(
        `INSERT INTO subscriptions (id, platform_number, customer_id, status, created_at, updated_at, is_migrated,
           product_titles, events_through, known_since) VALUES (?, '1', ?, ?, 1, 1, 0, '[]', 1, 1)`,
      )
      .run(id, customer, status);
  expect(add('s-4', 'nobody', 'ACTIVE')).toThrow('FOREIGN KEY');
  expect(add('s-1', 'c-1', 'ACTIVE')).toThrow('UNIQUE');
  expect(add('s-4', 'c-1', 'ODD')).toThrow('CHECK');
  expect(add('s-4', 'c-1', 'FAILED')).not.toThrow();
});
