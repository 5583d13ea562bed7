import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { insertDecision } from '../../../main/db/decisions.ts';
import { listSendingDeliveries } from '../../../main/db/deliveries.ts';
import { fewerPages } from '../../../main/db/migrations/0120-fewer-pages.ts';
import { migrations } from '../../../main/db/migrations/index.ts';

/** A database as it was before, with decisions that have a fact and such as may repeat, and a text under way. */
function setUp() {
  const db = new Database(':memory:');
  onTestFinished(() => void db.close());
  db.pragma('foreign_keys = ON');
  for (const { version, up } of migrations) if (version < fewerPages.version) up(db);
  db.exec(`
    INSERT INTO deliveries (id, key, trigger, state, reason, is_test, is_urgent, properties, occurred_at, due_at, deadline_at,
        attempts, created_at)
      VALUES (6, 'upcoming:s-1:2027-03-05:3', 'upcoming_order', 'sending', 'queued', 0, 0, '{}', 1, 2, 3, 1, 4);
    INSERT INTO decisions VALUES
      (2, 60, NULL, 'queued', 'upcoming_order', 'c-1', 's-1', '2027-03-05', 6, NULL, NULL),
      (3, 61, NULL, 'queued', NULL, NULL, NULL, NULL, NULL, NULL, NULL),
      (5, 62, 'refused:upcoming:s-2:2027-03-05:3', 'too_late', 'upcoming_order', 'c-1', 's-2', '2027-03-05', NULL, NULL, 'late'),
      (9, 63, 'reply:im_1', 'no_order', NULL, 'c-2', NULL, NULL, NULL, 'im_1', NULL);`);
  const rows = () => db.prepare<[], { fact: string | null }>('SELECT * FROM decisions ORDER BY id').all();
  return { db, rows };
}

it('brings every decision over as it was', () => {
  const { db, rows } = setUp();
  const before = rows();
  db.transaction(() => fewerPages.up(db))();
  expect(rows()).toEqual(before);
  expect(db.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  expect(db.pragma('foreign_key_check')).toEqual([]);
});

it('keeps what forbids a second decision of one fact, and what a decision may be about', () => {
  const { db, rows } = setUp();
  fewerPages.up(db);
  const decide = (fact: string | null, deliveryId: number | null = null) =>
    insertDecision(db, { reason: 'queued', fact, deliveryId }, 70);
  expect([decide('reply:im_1'), decide('reply:im_2'), decide('reply:im_2')]).toEqual([false, true, false]);
  expect([decide(null, 6), decide(null, 6)]).toEqual([true, true]);
  expect(() => decide(null, 7)).toThrow('FOREIGN KEY');
  const again = db.prepare("INSERT INTO decisions (at, fact, reason) VALUES (80, 'reply:im_1', 'queued')");
  expect(() => again.run()).toThrow('UNIQUE constraint failed: decisions.fact');
  expect(rows().filter(({ fact }) => fact !== null)).toHaveLength(3);
});

it('still finds what was left in the middle of a request', () => {
  const { db } = setUp();
  fewerPages.up(db);
  expect(listSendingDeliveries(db).map(({ id }) => id)).toEqual([6]);
});
