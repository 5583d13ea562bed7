import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { queueDelivery } from '../../../main/core/queue-delivery.ts';
import { allowVolume } from '../../../main/core/storm-guard.ts';
import { backUp } from '../../../main/db/back-up.ts';
import { openDatabase } from '../../../main/db/open-database.ts';
import { stageRestore } from '../../../main/db/restore.ts';
import { saveSettings } from '../../../main/db/shop.ts';
import { createStore } from '../../../main/engine/store.ts';
import { defaultSettings } from '../../../shared/domain/settings.ts';

const DAY_MS = 86_400_000;

/** A data folder with as many deliveries in line, all of them due, none of which needs a look at the platform. */
export function makeDataFolder(folder: string, prefix: string, inLine: number): void {
  mkdirSync(folder, { recursive: true });
  const db = openDatabase({ path: join(folder, 'heads-up.db') });
  const store = createStore(db);
  const now = Date.now();
  saveSettings(db, { sendingOn: true });
  allowVolume(store, inLine * 2, now);
  const customer = { platformNumber: null, firstName: 'Dana', lastName: 'Reyes', email: null, phone: '+12125550123' };
  for (let index = 1; index <= inLine; index += 1) {
    store.saveCustomer({ ...customer, id: `customer-${index}` }, now);
    queueDelivery(
      store,
      {
        key: `${prefix}:${index}`,
        trigger: 'payment_method_updated',
        customerId: `customer-${index}`,
        subscriptionId: null,
        orderDate: null,
        orderAt: null,
        billId: null,
        properties: { account_page_link: 'https://fern.example/account' },
        occurredAt: now,
        dueAt: now,
        deadlineAt: now + DAY_MS,
        // At any hour of the day.
        isUrgent: true,
      },
      now,
    );
  }
  db.close();
}

/** A backup, and its restore up to where the next start goes on with it. */
export async function beginRestore(folder: string): Promise<void> {
  const path = join(folder, 'heads-up.db');
  const db = openDatabase({ path });
  const name = await backUp(db, { path, kind: 'asked', now: Date.now(), mayGoOn: () => true });
  db.close();
  const staged = stageRestore(path, name, Date.now(), defaultSettings);
  if (!staged.ok) throw new Error(staged.error.message);
}

export type FolderBooks = Readonly<{
  accepted: readonly string[];
  unknown: readonly string[];
  others: number;
  isSound: boolean;
}>;

/** What stands in a folder that no engine uses. */
export function readBooks(folder: string): FolderBooks {
  const db = openDatabase({ path: join(folder, 'heads-up.db'), isExclusive: true });
  try {
    const keys = (where: string): string[] =>
      db.prepare<[], string>(`SELECT key FROM deliveries WHERE ${where} ORDER BY id`).pluck().all();
    return {
      accepted: keys("state = 'accepted'"),
      unknown: keys("state = 'unknown'"),
      others: keys("state NOT IN ('accepted','unknown')").length,
      isSound: db.pragma('integrity_check', { simple: true }) === 'ok',
    };
  } finally {
    db.close();
  }
}
