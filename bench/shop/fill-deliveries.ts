import { eventProperties } from '../../main/core/event-properties.ts';
import { readSettings } from '../../main/db/shop.ts';
import { findSubscription } from '../../main/db/subscriptions.ts';
import type { WriteDb } from '../../main/db/types.ts';
import { createRandom } from '../../main/practice/random.ts';
import { addDays, dateIn } from '../../shared/domain/calendar.ts';
import type { DeliveryState } from '../../shared/domain/deliveries.ts';
import { deliveryKeys, type TriggerName } from '../../shared/domain/triggers.ts';
import type { PlatformPages } from './platform-pages.ts';

const dayMs = 86_400_000;
const yearMs = 365 * dayMs;
const perCommit = 5000;

const triggerWeights: readonly (readonly [TriggerName, number])[] = [
  ['upcoming_order', 80],
  ['skipped_order', 8],
  ['subscription_created', 4],
  ['payment_method_failed', 3],
  ['payment_method_updated', 3],
  ['customer_deactivated', 2],
];

/** What a quiet shop looks like: nearly all accepted, some dropped, a few refused or without a clear answer. */
const endWeights: readonly (readonly [readonly [DeliveryState, string, string | null, number | null], number])[] = [
  [['accepted', 'accepted', '2xx', 202], 9200],
  [['suppressed', 'order_moved', null, null], 600],
  [['suppressed', 'too_late', '4xx', 429], 20],
  [['failed', 'rejected', '4xx', 422], 100],
  [['unknown', 'unknown_outcome', 'none', null], 40],
  [['unknown', 'unknown_outcome', '5xx', 502], 20],
  [['accepted', 'marked_accepted', 'none', null], 20],
];

/**
 * A log of as many deliveries as there are subscriptions: a year's, each with the attempt and the decisions that the
 * engine would have written. What was sent and answered is kept for the last 30 days, as the product keeps it.
 */
export function fillDeliveries(db: WriteDb, { subscriptions, startAt, timeZone }: PlatformPages): void {
  const settings = readSettings(db);
  const random = createRandom(1, 'deliveries');
  // By age, which has nothing to do with the order of the ids: a year's deliveries come in no index's order either.
  const page = db.prepare<[string], { id: string; number: string }>(
    `SELECT id, platform_number AS number FROM subscriptions WHERE platform_number > ?
     ORDER BY platform_number LIMIT ${perCommit}`,
  );
  const contact = db.prepare<[string], { phone: string | null; email: string | null }>(
    'SELECT phone, email FROM customers WHERE id = ?',
  );
  const insert = db
    .prepare<Record<string, unknown>, number>(
      `INSERT INTO deliveries (key, trigger, state, reason, is_test, is_urgent, customer_id, subscription_id, order_date,
         order_at, phone, email, properties, occurred_at, due_at, deadline_at, attempts, created_at, finished_at, answer)
       VALUES (:key, :trigger, :state, :reason, :isTest, 0, :customerId, :subscriptionId, :orderDate, :orderAt, :phone,
         :email, :properties, :at, :at, :deadlineAt, :attempts, :at, :at, :answer)
       RETURNING id`,
    )
    .pluck();
  const attempt = db.prepare<Record<string, unknown>>(
    `INSERT INTO attempts (delivery_id, number, origin, outcome, started_at, ended_at, http_status, message, request, response)
     VALUES (:id, 1, 'scheduled', :outcome, :at, :at, :status, NULL, :request, :response)`,
  );
  const decision = db.prepare<Record<string, unknown>>(
    `INSERT INTO decisions (at, fact, reason, trigger, customer_id, subscription_id, order_date, delivery_id)
     VALUES (:at, NULL, :reason, :trigger, :customerId, :subscriptionId, :orderDate, :id)`,
  );

  function write(subscriptionId: string, place: number): void {
    const subscription = findSubscription(db, subscriptionId);
    if (subscription === undefined) throw new Error(`Expected subscription ${subscriptionId}`);
    const at = Math.floor(startAt - yearMs + (yearMs * place) / subscriptions);
    const trigger = random.weighted(triggerWeights);
    const [state, reason, answer, status] = random.weighted(endWeights);
    const orderDate = addDays(dateIn(timeZone, at), 3);
    const { customerId } = subscription;
    const { phone = null, email = null } = contact.get(customerId) ?? {};
    const properties = JSON.stringify(eventProperties(trigger, settings, subscription, { orderDate }));
    const about = { trigger, customerId, subscriptionId, orderDate, at };
    const id = insert.get({
      ...about,
      key:
        trigger === 'upcoming_order'
          ? deliveryKeys.upcoming(subscriptionId, orderDate, 3)
          : `${trigger}:${subscriptionId}`,
      state,
      reason,
      isTest: random.isLucky(0.001) ? 1 : 0,
      orderAt: at + 3 * dayMs,
      phone,
      email,
      properties,
      deadlineAt: at + 2 * dayMs,
      attempts: answer === null ? 0 : 1,
      answer,
    });
    decision.run({ ...about, id, reason: 'queued' });
    decision.run({ ...about, id, reason });
    if (answer === null) return;
    const isKept = startAt - at < settings.retentionDays * dayMs;
    attempt.run({
      id,
      at,
      status,
      outcome:
        state === 'accepted'
          ? 'accepted'
          : state === 'failed'
            ? 'rejected'
            : state === 'unknown'
              ? 'unknown'
              : 'rate_limited',
      request: isKept ? properties : null,
      response: isKept ? '{"event_ids":["e-1"]}' : null,
    });
  }

  let place = 0;
  for (let rows = page.all(''); rows.length > 0; rows = page.all(rows.at(-1)?.number ?? '')) {
    db.transaction(() => {
      for (const { id } of rows) write(id, place++);
    }).immediate();
  }
}
