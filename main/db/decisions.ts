import type { DecisionDraft } from '../../shared/domain/decisions.ts';
import { prepared, type ReadDb, type WriteDb } from './types.ts';

/** True when this fact has its line already. */
export function isDecided(db: ReadDb, fact: string): boolean {
  return prepared<{ fact: string }>(db, 'SELECT 1 FROM decisions WHERE fact = :fact').get({ fact }) !== undefined;
}

/** Writes one line of the decision log. False when this fact was decided before: a job may look twice. */
export function insertDecision(db: WriteDb, decision: DecisionDraft, now: number): boolean {
  const { changes } = prepared<Record<string, unknown>>(
    db,
    `INSERT INTO decisions (at, fact, reason, trigger, customer_id, subscription_id, order_date, delivery_id, reply_id, detail)
     VALUES (:now, :fact, :reason, :trigger, :customerId, :subscriptionId, :orderDate, :deliveryId, :replyId, :detail)
     ON CONFLICT (fact) WHERE fact IS NOT NULL DO NOTHING`,
  ).run({
    now,
    fact: decision.fact,
    reason: decision.reason,
    trigger: decision.trigger ?? null,
    customerId: decision.customerId ?? null,
    subscriptionId: decision.subscriptionId ?? null,
    orderDate: decision.orderDate ?? null,
    deliveryId: decision.deliveryId ?? null,
    replyId: decision.replyId ?? null,
    detail: decision.detail ?? null,
  });
  return changes === 1;
}
