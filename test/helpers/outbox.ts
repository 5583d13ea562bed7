import type { DeliveryDraft } from '../../shared/domain/deliveries.ts';
import { createCustomEventsChannel } from '../../main/api/postscript/custom-events-channel.ts';
import { createPostscriptHttp } from '../../main/api/postscript/postscript-client.ts';
import { deliverDue, type DeliverDeps } from '../../main/core/deliver-due.ts';
import { queueDelivery } from '../../main/core/queue-delivery.ts';
import { saveSettings } from '../../main/db/shop.ts';
import type { ShopSettings } from '../../shared/domain/settings.ts';
import { sendJson, serve, type Answerer, type SeenRequest } from '../main/api/loopback-server.ts';
import { makeCustomer, makeDraft, noon, openTestStore } from './core-shop.ts';

export const accept: Answerer = (_seen, response) => sendJson(response, 202, { event_ids: ['e-1'] });

/** The external ids of what reached the server, in order. */
export function externalIds(seen: readonly SeenRequest[]): unknown[] {
  return seen.map(({ body }) =>
    typeof body === 'object' && body !== null && 'external_id' in body ? body.external_id : body,
  );
}

/** The outbox in front of a real HTTP server that answers what the test says, on a clock that the test moves. */
export async function openOutbox(
  answer: Answerer,
  options: Readonly<{ settings?: Partial<ShopSettings>; timeoutMs?: number }> = {},
) {
  const { db, store } = openTestStore(options.settings);
  const server = await serve(answer);
  store.saveCustomer(makeCustomer(), noon);
  let now = noon;
  const channelTo = (baseUrl: string) =>
    createCustomEventsChannel(
      createPostscriptHttp({ baseUrl, key: () => 'sk_not_a_real_key', timeoutMs: options.timeoutMs ?? 20_000 }),
    );
  const deps = {
    store,
    platform: undefined,
    channel: channelTo(server.url),
    clock: { now: () => now, sleep: () => Promise.resolve() },
    takeTurn: () => Promise.resolve(),
    takeFreeTurn: () => true,
    random: () => 0.5,
    log: () => undefined,
  } satisfies DeliverDeps;

  return {
    db,
    store,
    server,
    deps,
    channelTo,
    now: () => now,
    set: (settings: Partial<ShopSettings>) => {
      saveSettings(db, settings);
      store.forgetSettings();
    },
    queue: (draft: Partial<DeliveryDraft> = {}) => queueDelivery(store, makeDraft(draft), now),
    /** One delivery each, and each to another customer, so that several may be under way at once. */
    queueEach: (keys: readonly string[]) => {
      for (const key of keys) {
        store.saveCustomer(makeCustomer({ id: `customer of ${key}`, platformNumber: null }), now);
        queueDelivery(store, makeDraft({ key, customerId: `customer of ${key}` }), now);
      }
    },
    /** Moves the clock to that instant, then sends what is due. */
    deliver: async (at = now, change: Partial<DeliverDeps> = {}) => {
      now = at;
      await deliverDue({ ...deps, ...change });
    },
    sentIds: () => externalIds(server.seen),
    rows: () =>
      db.prepare('SELECT key, state, reason, attempts, due_at AS dueAt FROM deliveries ORDER BY id').all() as {
        key: string;
        state: string;
        reason: string;
        attempts: number;
        dueAt: number;
      }[],
    attempts: () =>
      db
        .prepare('SELECT number, origin, outcome, http_status AS httpStatus, message FROM attempts ORDER BY id')
        .all() as { number: number; origin: string; outcome: string; httpStatus: number | null; message: string }[],
  };
}
