import { createInboxClient, type InboxClient } from '../api/inbox-client.ts';
import { createCustomEventsChannel } from '../api/postscript/custom-events-channel.ts';
import { createLegacyTriggersChannel } from '../api/postscript/legacy-triggers-channel.ts';
import {
  createPostscriptClient,
  createPostscriptHttp,
  type PostscriptClient,
} from '../api/postscript/postscript-client.ts';
import { createRateLimiter, type RateLimiter } from '../api/rate-limiter.ts';
import { createSmartrrClient, type SmartrrClient } from '../api/smartrr/smartrr-client.ts';
import type { Clock } from '../core/store.ts';
import type { TriggerChannel } from '../../shared/domain/remote.ts';
import type { ShopSettings } from '../../shared/domain/settings.ts';
import type { Connections } from './connections.ts';

/** Addresses and secrets of one shop's services; null where one is not connected. */
export type Access = Readonly<{
  postscript: Readonly<{ url: string; key: string }> | null;
  smartrr: Readonly<{ url: string; token: string }> | null;
  inbox: Readonly<{ url: string; token: string }> | null;
}>;

export type Pace = Readonly<{
  /** Time for rate limits and for the pauses between tries of a read. */
  clock: Clock;
  timeoutMs: number;
  fetch: typeof globalThis.fetch;
}>;

export type Clients = Readonly<{
  postscript: PostscriptClient | null;
  smartrr: SmartrrClient | null;
  inbox: InboxClient | null;
  channels: Readonly<Record<ShopSettings['channel'], TriggerChannel>> | null;
}>;

export type Limiters = Readonly<{ postscript: RateLimiter; smartrr: RateLimiter }>;

/** Smartrr publishes no limit; two requests a second, one in flight, is what its users have found safe (1.2). */
const SMARTRR_PER_SECOND = 2;

export function createLimiters(settings: ShopSettings, pace: Pace): Limiters {
  return {
    postscript: createRateLimiter({ ratePerSecond: settings.ratePerSecond, clock: pace.clock }),
    smartrr: createRateLimiter({ ratePerSecond: SMARTRR_PER_SECOND, burst: 5, clock: pace.clock }),
  };
}

/** The clients of whatever is connected. Each call's outcome is noted as the connection's health. */
export function createClients(access: Access, limiters: Limiters, pace: Pace, connections: Connections): Clients {
  const { timeoutMs, clock, fetch } = pace;
  const { postscript, smartrr, inbox } = access;
  // The sender takes its turn before it claims, so its own requests do not wait a second time here.
  const sending =
    postscript === null
      ? null
      : createPostscriptHttp({ baseUrl: postscript.url, key: () => postscript.key, timeoutMs, fetch });
  return {
    postscript:
      postscript === null
        ? null
        : connections.observe(
            'postscript',
            createPostscriptClient({
              baseUrl: postscript.url,
              key: () => postscript.key,
              timeoutMs,
              fetch,
              limiter: limiters.postscript,
            }),
          ),
    smartrr:
      smartrr === null
        ? null
        : connections.observe(
            'smartrr',
            createSmartrrClient({
              baseUrl: smartrr.url,
              token: () => smartrr.token,
              timeoutMs: timeoutMs * 2,
              fetch,
              limiter: limiters.smartrr,
              sleep: clock.sleep,
            }),
          ),
    inbox:
      inbox === null
        ? null
        : connections.observe(
            'inbox',
            createInboxClient({ baseUrl: inbox.url, token: () => inbox.token, timeoutMs, fetch }),
          ),
    channels:
      sending === null
        ? null
        : {
            custom_events: connections.observeChannel(createCustomEventsChannel(sending)),
            legacy_triggers: connections.observeChannel(createLegacyTriggersChannel(sending)),
          },
  };
}
