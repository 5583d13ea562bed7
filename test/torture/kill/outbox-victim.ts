import { setTimeout as wait } from 'node:timers/promises';
import { createCustomEventsChannel } from '../../../main/api/postscript/custom-events-channel.ts';
import { createPostscriptHttp } from '../../../main/api/postscript/postscript-client.ts';
import { deliverDue, parkInterrupted, type DeliverDeps } from '../../../main/core/deliver-due.ts';
import { allowVolume } from '../../../main/core/storm-guard.ts';
import { queueDelivery } from '../../../main/core/queue-delivery.ts';
import { openDatabase } from '../../../main/db/open-database.ts';
import { saveSettings } from '../../../main/db/shop.ts';
import { createStore } from '../../../main/engine/store.ts';
import { enqueuedLine, type VictimEnvironment } from './victim.ts';

/** Our own outbox as a victim beside the others: entry of its process. The same queue and sender as in the engine. */

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const KNOCK_MS = 100;
/**
 * After noon in the shop's zone, whatever time it is: the send window is none of the other queues' concerns. It goes on
 * from start to start, or a pause of the line would never be over.
 */
const clock = {
  now: () => Date.UTC(2027, 2, 1, 17, 0) + (Date.now() % (3 * HOUR_MS)),
  sleep: (ms: number) => wait(ms),
};
const now = clock.now();

// The victims' loop starts this process, with all of them.
const { VICTIM_FOLDER, VICTIM_URL, VICTIM_KEY, VICTIM_JOBS } = process.env as VictimEnvironment;
const customer = { platformNumber: null, firstName: null, lastName: null, email: null, phone: '+12125550123' };
const db = openDatabase({ path: `${VICTIM_FOLDER}/heads-up.db` });
const store = createStore(db);
saveSettings(db, { sendingOn: true });
// Ten thousands of texts at one instant are a storm anywhere else.
allowVolume(store, 1_000_000, now);
parkInterrupted(store, now);
for (const key of JSON.parse(VICTIM_JOBS) as readonly string[]) {
  store.transaction(() => {
    store.saveCustomer({ ...customer, id: `customer of ${key}` }, now);
    queueDelivery(
      store,
      {
        key,
        trigger: 'subscription_created',
        customerId: `customer of ${key}`,
        subscriptionId: null,
        orderDate: null,
        orderAt: null,
        billId: null,
        properties: {},
        occurredAt: now,
        dueAt: now,
        deadlineAt: now + DAY_MS,
        isUrgent: false,
      },
      now,
    );
  });
}
process.stdout.write(`${enqueuedLine}\n`);
const deps: DeliverDeps = {
  store,
  platform: undefined,
  channel: createCustomEventsChannel(
    createPostscriptHttp({ baseUrl: new URL(VICTIM_URL).origin, key: () => VICTIM_KEY, timeoutMs: 10_000 }),
  ),
  clock,
  takeTurn: () => Promise.resolve(),
  takeFreeTurn: () => true,
  random: Math.random,
  log: () => undefined,
};
for (;;) {
  await deliverDue(deps);
  await wait(KNOCK_MS);
}
