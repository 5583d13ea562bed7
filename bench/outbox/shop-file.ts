import { join } from 'node:path';
import { allowVolume } from '../../main/core/storm-guard.ts';
import { openDatabase } from '../../main/db/open-database.ts';
import { saveSettings } from '../../main/db/shop.ts';
import type { WriteDb } from '../../main/db/types.ts';
import { createStore, type EngineStore } from '../../main/engine/store.ts';
import type { DeliveryDraft } from '../../shared/domain/deliveries.ts';
import type { Customer } from '../../shared/domain/platform.ts';

/** Monday, 2027-03-01, 12:00 in New York: inside the send window. */
export const noon = Date.UTC(2027, 2, 1, 17, 0);
const DAY_MS = 86_400_000;

/** What Postscript answers to an event that it takes. */
export const answer = '{"event_ids":["0192e4a0-7c1e-7f3b-8a51-3f1f2f9a6b10"]}';

export function customerOf(key: string): Customer {
  return {
    id: `customer-${key}`,
    platformNumber: key,
    firstName: 'Dana',
    lastName: 'Reyes',
    email: `dana.${key}@mail.example`,
    phone: `+1212555${key.padStart(4, '0').slice(-4)}`,
  };
}

/** A shop that sends, opened as the engine does, with a customer for each key. It has been told that so many texts are wanted. */
export function openShopFile(folder: string, keys: readonly string[]): { db: WriteDb; store: EngineStore } {
  const db = openDatabase({ path: join(folder, 'heads-up.db'), isExclusive: true });
  saveSettings(db, { sendingOn: true, accountPageLink: 'https://fern.example/account' });
  const store = createStore(db);
  allowVolume(store, keys.length, noon);
  store.transaction(() => {
    for (const key of keys) store.saveCustomer(customerOf(key), noon - DAY_MS);
  });
  return { db, store };
}

export function draftOf(key: string): DeliveryDraft {
  return {
    key: `created:subscription-${key}`,
    trigger: 'subscription_created',
    customerId: `customer-${key}`,
    subscriptionId: `subscription-${key}`,
    orderDate: null,
    orderAt: null,
    billId: null,
    properties: { account_page_link: 'https://fern.example/account', product_titles: 'House Espresso' },
    occurredAt: noon,
    dueAt: noon,
    deadlineAt: noon + 3 * DAY_MS,
    isUrgent: false,
  };
}
