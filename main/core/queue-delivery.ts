import type { DeliveryDraft } from '../../shared/domain/deliveries.ts';
import { nextWindowOpening } from '../../shared/domain/calendar.ts';
import type { DecisionReason } from '../../shared/domain/decisions.ts';
import type { Recipient } from '../../shared/domain/platform.ts';
import { mayBeHandedOver } from './restored.ts';
import type { Store } from './store.ts';

/**
 * Puts a delivery into the outbox, or records why not. Call it in the transaction of the change that caused it.
 *
 * Looking twice is safe: the key is unique and a refusal is one fact.
 */
export function queueDelivery(store: Store, draft: DeliveryDraft, now: number): 'queued' | 'refused' | 'known' {
  const settings = store.settings();
  const recipient = store.findRecipient(draft.customerId);
  const about = {
    trigger: draft.trigger,
    customerId: draft.customerId,
    subscriptionId: draft.subscriptionId,
    orderDate: draft.orderDate,
  };
  // A fact that was refused once stays refused: switching something on later announces nothing old. But what a customer
  // has just asked for is news, even about an order that was skipped without a notice once before and taken back.
  if (!draft.isUrgent && store.isDecided(`refused:${draft.key}`)) return 'known';
  const refusal = whyNot(store, draft, recipient);
  if (refusal !== undefined) {
    if (store.findDeliveryByKey(draft.key) !== undefined) return 'known';
    if (store.decide({ ...about, reason: refusal, fact: `refused:${draft.key}` }, now)) store.count('not_sent', now);
    return 'refused';
  }
  const dueAt = draft.isUrgent ? draft.dueAt : nextWindowOpening(settings.timeZone, settings.window, draft.dueAt);
  const deliveryId = store.insertDelivery(
    { ...draft, dueAt, phone: recipient?.phone ?? null, email: recipient?.email ?? null },
    now,
  );
  if (deliveryId === undefined) return 'known';
  store.count('queued', now);
  store.decide({ ...about, reason: 'queued', fact: null, deliveryId }, now);
  return 'queued';
}

function whyNot(store: Store, draft: DeliveryDraft, recipient: Recipient | undefined): DecisionReason | undefined {
  if (recipient?.isErased === true) return 'erased';
  if (mayBeHandedOver(store, draft)) return 'restored';
  const settings = store.settings();
  if (!settings.sendingOn) return 'sending_off';
  if (settings.enabledTriggers[draft.trigger] !== true) return 'trigger_off';
  return recipient !== undefined && hasRecipient(recipient) ? undefined : 'no_recipient';
}

/** Whether Postscript has anything to match the customer by. */
export function hasRecipient({ phone, email }: Pick<Recipient, 'phone' | 'email'>): boolean {
  return phone !== null || email !== null;
}
