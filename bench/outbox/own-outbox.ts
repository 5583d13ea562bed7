import { createCustomEventsChannel } from '../../main/api/postscript/custom-events-channel.ts';
import { deliverDue } from '../../main/core/deliver-due.ts';
import { queueDelivery } from '../../main/core/queue-delivery.ts';
import type { SendOutcome, TriggerChannel } from '../../shared/domain/remote.ts';
import type { OpenQueue } from './queue-session.ts';
import { answer, draftOf, noon, openShopFile } from './shop-file.ts';

const accepted: SendOutcome = { kind: 'accepted', status: 202, eventId: 'e-1', body: answer };
const { preview } = createCustomEventsChannel({
  request: () => Promise.reject(new Error('Expected nothing to leave this process')),
});

/** The product's own way of a delivery, but that nothing is requested and a turn is always free. */
export const openOwnOutbox: OpenQueue = async (folder, keys) => {
  const { db, store } = openShopFile(folder, keys);
  return {
    enqueue: async (batch) => {
      store.transaction(() => {
        for (const key of batch) queueDelivery(store, draftOf(key), noon);
      });
    },
    work: async (count, onJob) => {
      const channel: TriggerChannel = {
        preview,
        send: () => {
          onJob();
          return Promise.resolve(accepted);
        },
      };
      await deliverDue({
        store,
        platform: undefined,
        channel,
        clock: { now: () => noon, sleep: () => Promise.resolve() },
        takeTurn: () => Promise.resolve(),
        takeFreeTurn: () => true,
        random: () => 0.5,
        log: () => undefined,
      });
      const done = db.prepare<[], number>("SELECT count(*) FROM deliveries WHERE state = 'accepted'").pluck().get();
      if (done !== count) throw new Error(`Expected ${count} accepted deliveries, got ${done}`);
    },
    close: async () => void db.close(),
  };
};
