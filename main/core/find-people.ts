import type { StoredSubscription } from '../../shared/domain/platform.ts';
import type { TagValues } from '../../shared/domain/template.ts';
import type { TriggerName } from '../../shared/domain/triggers.ts';
import { realValues } from './send-test.ts';
import type { Store } from './store.ts';

/** Somebody whose values can fill the tags of a text. */
export type Person = Readonly<{ subscriptionId: string; customerName: string; values: TagValues }>;

/** How many from each end: enough for one with everything short or long to be among them. */
const EACH_END = 12;

/**
 * Those whose texts may be the shortest, the longest or the dearest of all.
 *
 * Only the ends of indexes are read; which of them it is depends on the copy, so whoever asks renders them.
 */
export function listExtremePeople(store: Store, trigger: TriggerName, now: number): readonly Person[] {
  const subscriptions = new Map<string, StoredSubscription>();
  for (const id of store.listExtremeSubscriptions(EACH_END)) {
    const subscription = store.findSubscription(id);
    if (subscription !== undefined) subscriptions.set(id, subscription);
  }
  for (const customerId of store.listExtremeCustomers(EACH_END)) {
    const own = store.listSubscriptionsOfCustomer(customerId);
    const subscription = own.find(({ status }) => status === 'ACTIVE') ?? own[0];
    if (subscription !== undefined) subscriptions.set(subscription.id, subscription);
  }
  return [...subscriptions.values()].map((subscription) => toPerson(store, trigger, subscription, now));
}

export function toPerson(store: Store, trigger: TriggerName, subscription: StoredSubscription, now: number): Person {
  const customer = store.findCustomer(subscription.customerId);
  return {
    subscriptionId: subscription.id,
    customerName: `${customer?.firstName ?? ''} ${customer?.lastName ?? ''}`.trim(),
    values: realValues(store, trigger, subscription, now),
  };
}
