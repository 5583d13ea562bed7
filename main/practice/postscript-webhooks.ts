import type { World } from './world-types.ts';
import { createRandom, makeUuid } from './random.ts';
import { minuteMs, hourMs } from './zone-time.ts';

export type WebhookSubscription = {
  readonly id: string;
  callbackUrl: string;
  readonly event: string;
  headers: Readonly<Record<string, string>>;
  readonly createdAt: number;
  updatedAt: number;
};

/** Postscript's webhooks: who wants which event, and the deliveries with their repeats. */
export type PostscriptWebhooks = Readonly<{
  token: string;
  list: () => WebhookSubscription[];
  find: (id: string) => WebhookSubscription | undefined;
  create: (event: string, callbackUrl: string, headers: Readonly<Record<string, string>>) => WebhookSubscription;
  remove: (id: string) => boolean;
  /** Delivers to everyone who wants the event. Resolves when the first tries are through. */
  send: (event: string, data: Readonly<Record<string, unknown>>) => Promise<void>;
}>;

export const webhookEvents = [
  'shop.test',
  'shop.incoming_message',
  'shop.subscriber.opt_in',
  'shop.subscriber.opt_out',
  'shop.email_collected',
] as const;

const repeatMs = 5 * minuteMs;
const giveUpMs = hourMs;

/** Real time that a receiver has to answer. */
const answerTimeoutMs = 3000;

/** Zone-less with microseconds, as in the vendor's example. */
export function toStamp(at: number): string {
  return new Date(at).toISOString().replace('Z', '000');
}

/** The id by which Postscript calls the practice shop. */
export const shopId = 'shop_practice0001';

/** Opens the webhooks of the practice shop. Only addresses on this machine are ever called. */
export function createPostscriptWebhooks(world: World, token: string): PostscriptWebhooks {
  const { clock, options } = world;
  const subscriptions = new Map<string, WebhookSubscription>();
  let created = 0;
  let sent = 0;

  async function deliver(subscription: WebhookSubscription, body: string, firstAt: number): Promise<void> {
    if (!subscriptions.has(subscription.id)) return;
    if (await post(subscription, body, token)) return;
    if (clock.now() + repeatMs - firstAt > giveUpMs) return;
    clock.plan(clock.now() + repeatMs, () => deliver(subscription, body, firstAt));
  }

  return {
    token,
    list: () => [...subscriptions.values()],
    find: (id) => subscriptions.get(id),
    create: (event, callbackUrl, headers) => {
      const now = clock.now();
      const id = makeUuid('postscript-webhook', options.seed, ++created);
      const subscription = { id, event, callbackUrl, headers, createdAt: now, updatedAt: now };
      subscriptions.set(id, subscription);
      return subscription;
    },
    remove: (id) => subscriptions.delete(id),
    send: async (event, data) => {
      const random = createRandom(options.seed, 'webhook', ++sent);
      const isLate = options.isLively && random.isLucky(0.04);
      const isTwice = options.isLively && random.isLucky(0.06);
      for (const subscription of subscriptions.values()) {
        if (subscription.event !== event) continue;
        const body = JSON.stringify({
          webhook_id: subscription.id,
          resource_type: 'shop',
          resource_id: shopId,
          event_time: toStamp(clock.now()),
          event,
          event_data: data,
        });
        const lateMs = random.between(8, 100) * minuteMs;
        const again = (): Promise<void> => deliver(subscription, body, clock.now());
        if (isTwice) clock.plan(clock.now() + random.between(1, 200) * 1000, again);
        if (isLate) clock.plan(clock.now() + lateMs, again);
        else await deliver(subscription, body, clock.now());
      }
    },
  };
}

/** True when the receiver answered 200. */
async function post({ callbackUrl, headers }: WebhookSubscription, body: string, token: string): Promise<boolean> {
  if (!isOnThisMachine(callbackUrl)) return false;
  try {
    const answer = await fetch(callbackUrl, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json', 'Postscript-Signature': token },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(answerTimeoutMs),
    });
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}

/** Practice never calls out, whatever address was registered. */
export function isOnThisMachine(address: string): boolean {
  return URL.canParse(address) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(address).hostname);
}
