import { createCustomEventsChannel } from '../../main/api/postscript/custom-events-channel.ts';
import { triggers } from '../../shared/domain/triggers.ts';
import type { OpenQueue } from './queue-session.ts';
import { answer, customerOf, draftOf, noon, openShopFile } from './shop-file.ts';

type Claimed = { id: number; attempts: number; customer_id: string; subscription_id: string };

/**
 * What SQLite can do at most: the very rows that the product leaves behind, in the product's file, written in a bare loop
 * that asks no question. The end of one job and the claim of the next are one commit.
 */
export const openBareOutbox: OpenQueue = async (folder, keys) => {
  const { db } = openShopFile(folder, keys);
  const queue = db.prepare(
    `INSERT INTO deliveries (key, trigger, state, reason, is_test, is_urgent, customer_id, subscription_id, phone, email,
       properties, occurred_at, due_at, deadline_at, created_at)
     VALUES (:key, 'subscription_created', 'planned', 'queued', 0, 0, :customerId, :subscriptionId, :phone, :email,
       :properties, :occurredAt, :dueAt, :deadlineAt, :occurredAt)`,
  );
  const decide = db.prepare(
    `INSERT INTO decisions (at, reason, trigger, customer_id, subscription_id, delivery_id)
     VALUES (?, ?, 'subscription_created', ?, ?, ?)`,
  );
  const count = db.prepare(
    'INSERT INTO hourly_counts VALUES (?, ?, 1) ON CONFLICT (hour, name) DO UPDATE SET count = count + 1',
  );
  const claim = db.prepare<[number], Claimed>(
    `UPDATE deliveries SET state = 'sending', attempts = attempts + 1
     WHERE id = (
       SELECT id FROM deliveries INDEXED BY deliveries_open
       WHERE state IN ('planned','waiting','retrying') AND due_at <= ?
       ORDER BY is_urgent DESC, deadline_at, id LIMIT 1
     )
     RETURNING id, attempts, customer_id, subscription_id`,
  );
  const begin = db.prepare(
    `INSERT INTO attempts (delivery_id, number, origin, outcome, started_at, request)
     VALUES (?, ?, 'scheduled', 'in_flight', ?, ?)`,
  );
  const finish = db.prepare(
    `UPDATE deliveries SET state = 'accepted', reason = 'accepted', finished_at = ?, answer = '2xx'
     WHERE id = ? AND state = 'sending'`,
  );
  const end = db.prepare(
    `UPDATE attempts SET outcome = 'accepted', ended_at = ?, http_status = 202, response = ?
     WHERE delivery_id = ? AND number = ?`,
  );
  const hour = Math.floor(noon / 3_600_000);
  const request = sampleRequest(keys[0] ?? '');

  const enqueue = db.transaction((batch: readonly string[]) => {
    for (const key of batch) {
      const draft = draftOf(key);
      const { phone, email } = customerOf(key);
      const properties = JSON.stringify(draft.properties);
      const { lastInsertRowid } = queue.run({ ...draft, isUrgent: 0, properties, phone, email });
      decide.run(noon, 'queued', draft.customerId, draft.subscriptionId, lastInsertRowid);
      count.run(hour, 'queued');
    }
  });
  const next = db.transaction((ended: Claimed | undefined): Claimed | undefined => {
    if (ended !== undefined) {
      finish.run(noon, ended.id);
      end.run(noon, answer, ended.id, ended.attempts);
      decide.run(noon, 'accepted', ended.customer_id, ended.subscription_id, ended.id);
      count.run(hour, 'accepted');
      count.run(hour, 'accepted:subscription_created');
    }
    const claimed = claim.get(noon);
    if (claimed !== undefined) begin.run(claimed.id, claimed.attempts, noon, request);
    return claimed;
  });
  return {
    enqueue: async (batch) => enqueue.immediate(batch),
    work: async (_count, onJob) => {
      for (let claimed = next.immediate(undefined); claimed !== undefined; claimed = next.immediate(claimed)) onJob();
    },
    close: async () => void db.close(),
  };
};

/** As long as the product's, so that as many bytes are written. */
function sampleRequest(key: string): string {
  const { key: externalId, occurredAt, properties } = draftOf(key);
  const { phone, email } = customerOf(key);
  const { eventType, legacyName } = triggers.subscription_created;
  const { preview } = createCustomEventsChannel({
    request: () => Promise.reject(new Error('Expected nothing to leave this process')),
  });
  return JSON.stringify(preview({ eventType, legacyName, phone, email, externalId, occurredAt, properties }));
}
