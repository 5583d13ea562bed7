import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { migrations } from '../../../main/db/migrations/index.ts';

it('keeps on each delivery what Postscript answered to its newest attempt', () => {
  const db = new Database(':memory:');
  onTestFinished(() => void db.close());
  for (const { up } of migrations.filter(({ version }) => version < 60)) up(db);
  const insertDelivery = db.prepare(
    `INSERT INTO deliveries (id, key, trigger, state, reason, is_test, is_urgent, properties, occurred_at, due_at, deadline_at,
       attempts, created_at)
     VALUES (?, ?, 'upcoming_order', ?, 'queued', 0, 0, '{}', 1, 2, 3, ?, 4)`,
  );
  const insertAttempt = db.prepare(
    `INSERT INTO attempts (delivery_id, number, origin, outcome, started_at, http_status) VALUES (?, ?, 'scheduled', ?, 5, ?)`,
  );
  const before = [
    { id: 1, state: 'accepted', attempts: [['rate_limited', 429] as const, ['accepted', 202] as const], answer: '2xx' },
    { id: 2, state: 'failed', attempts: [['rejected', 400] as const], answer: '4xx' },
    { id: 3, state: 'unknown', attempts: [['unknown', 503] as const], answer: '5xx' },
    { id: 4, state: 'unknown', attempts: [['unknown', 302] as const], answer: '3xx' },
    {
      id: 5,
      state: 'retrying',
      attempts: [['rate_limited', 429] as const, ['not_sent', null] as const],
      answer: 'none',
    },
    {
      id: 6,
      state: 'sending',
      attempts: [['rate_limited', 429] as const, ['in_flight', null] as const],
      answer: '4xx',
    },
    { id: 7, state: 'sending', attempts: [['in_flight', null] as const], answer: null },
    { id: 8, state: 'planned', attempts: [], answer: null },
  ];
  for (const { id, state, attempts } of before) {
    insertDelivery.run(id, `upcoming:${id}`, state, attempts.length);
    attempts.forEach(([outcome, status], index) => insertAttempt.run(id, index + 1, outcome, status));
  }
  const rows = db.prepare<[], object>('SELECT * FROM deliveries ORDER BY id').all();

  migrations.find(({ version }) => version === 60)?.up(db);

  expect(db.prepare('SELECT * FROM deliveries ORDER BY id').all()).toEqual(
    rows.map((row, index) => ({ ...row, answer: before[index]?.answer })),
  );
});
