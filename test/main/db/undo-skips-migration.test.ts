import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { migrations } from '../../../main/db/migrations/index.ts';
import { undoSkips } from '../../../main/db/migrations/0070-undo-skips.ts';

const columns = `id, subscription_id, customer_id, order_date, origin, reply_id, state, puts, next_at, new_order_date,
  created_at, finished_at`;

/** A database as it was right before skips could be taken back, with one skip in each state. */
function setUp() {
  const db = new Database(':memory:');
  onTestFinished(() => void db.close());
  for (const { version, up } of migrations) if (version < undoSkips.version) up(db);
  const insert = db.prepare(`INSERT INTO skips (${columns}) VALUES (?, ?, 'c-1', ?, ?, 'im_1', ?, ?, 11, ?, 22, ?)`);
  insert.run(3, 's-1', '2027-03-04', 'reply', 'verified', 1, '2027-04-03', 33);
  insert.run(5, 's-2', '2027-03-04', 'person', 'planned', 0, null, null);
  insert.run(6, 's-3', '2027-03-04', 'reply', 'sent', 2, null, null);
  insert.run(7, 's-3', '2027-03-01', 'reply', 'dropped', 0, null, 44);
  insert.run(8, 's-4', '2027-03-04', 'reply', 'found', 0, '2027-04-03', 44);
  insert.run(9, 's-5', '2027-03-04', 'reply', 'refused', 1, null, 44);
  insert.run(12, 's-6', '2027-03-04', 'reply', 'unclear', 2, null, 44);
  const rows = () => db.prepare(`SELECT ${columns} FROM skips ORDER BY id`).all();
  return { db, rows };
}

it('brings every skip over as it was, and leaves nothing undone', () => {
  const { db, rows } = setUp();
  const before = rows();
  undoSkips.up(db);
  expect(rows()).toEqual(before);
  expect(db.prepare('SELECT DISTINCT order_iso, undo_asked_at, undo_of FROM skips').all()).toEqual([
    { order_iso: null, undo_asked_at: null, undo_of: null },
  ]);
});

it('keeps what forbids a second skip of one order, and frees the order once its skip is undone', () => {
  const { db } = setUp();
  undoSkips.up(db);
  const again = () =>
    db
      .prepare(
        `INSERT INTO skips (subscription_id, customer_id, order_date, origin, reply_id, state, next_at, created_at)
         VALUES ('s-1', 'c-1', '2027-03-04', 'reply', 'im_2', 'planned', 1, 1)`,
      )
      .run();
  expect(again).toThrow('UNIQUE constraint failed');
  db.prepare("UPDATE skips SET state = 'undone' WHERE id = 3").run();
  expect(again().changes).toBe(1);
});
