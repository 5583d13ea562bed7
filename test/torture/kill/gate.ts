import type { MiddlewareHandler } from 'hono';
import type { ServiceContext, ServiceEnv } from '../../../main/practice/http-service.ts';
import { createRandom } from '../../../main/practice/random.ts';

/**
 * What has become of the request at which the one who asked is killed.
 *
 * - `arrived`: it came in, and nothing ever comes of it.
 * - `applied`: it was applied, and the answer never gets out.
 * - `late`: it came in, and is applied after the one who asked is dead.
 */
export const fates = ['arrived', 'applied', 'late'] as const;
export type Fate = (typeof fates)[number];

/** A request, counted from 1 since the gate was armed, or the first one from there on that fits. */
export type Stop = Readonly<{ request: number; fate: Fate; fits?: string }>;

export type Seen = Readonly<{ request: number; method: string; path: string }>;

export type Gate = Readonly<{
  watch: MiddlewareHandler<ServiceEnv>;
  /** Starts the count anew; null stops nobody. */
  arm: (stop: Stop | null) => void;
  /** How many requests came in since then. */
  count: () => number;
  /** The one who asked is dead: what was held `late` is applied now. */
  release: () => Promise<void>;
  /** Deliveries, since it was last asked for, whose answer did not get through because the connection broke. */
  takeBroken: () => number;
  /** Answers come this much later at most, real ms, half of it before the effect. */
  setLatency: (ms: number) => void;
}>;

/** Stands before every simulated service, and says when the engine is to be killed. It holds the answer until then. */
export function createGate(seed: number, onReached: (seen: Seen) => void): Gate {
  const random = createRandom(seed, 'latency');
  let count = 0;
  let stop: Stop | null = null;
  let latencyMs = 0;
  let broken = 0;
  const late: (() => void)[] = [];
  const applied: (() => void)[] = [];

  const pause = (): Promise<void> =>
    latencyMs === 0
      ? Promise.resolve()
      : new Promise((resolve) => {
          setTimeout(resolve, (random.next() * latencyMs) / 2);
        });

  const watch: MiddlewareHandler<ServiceEnv> = async (context, next) => {
    // Postscript's own request to the inbox is none of the engine's.
    if (context.req.path.startsWith('/webhooks/')) return next();
    count += 1;
    if (context.req.path === '/api/v2/events') {
      const { outgoing } = context.env;
      outgoing.once('close', () => {
        if (!outgoing.writableFinished) broken += 1;
      });
    }
    const seen = { request: count, method: context.req.method, path: context.req.path };
    if (stop === null || !isStop(stop, seen)) {
      await pause();
      await next();
      await pause();
      return undefined;
    }
    const { fate } = stop;
    stop = null;
    // The body must be here before its sender is gone.
    await context.req.text();
    if (fate === 'applied') await applyUnanswered(context, next);
    onReached(seen);
    await gone(context);
    if (fate === 'late') {
      await new Promise<void>((resolve) => void late.push(resolve));
      await applyUnanswered(context, next);
      applied.shift()?.();
    }
    context.res = undefined;
    return context.body(null, 503);
  };

  return {
    watch,
    arm: (next) => {
      count = 0;
      stop = next;
    },
    count: () => count,
    release: async () => {
      for (const apply of late.splice(0)) {
        const done = new Promise<void>((resolve) => void applied.push(resolve));
        apply();
        await done;
      }
    },
    takeBroken: () => {
      const taken = broken;
      broken = 0;
      return taken;
    },
    setLatency: (ms) => {
      latencyMs = ms;
    },
  };
}

function isStop({ request, fits }: Stop, seen: Seen): boolean {
  if (fits === undefined) return seen.request === request;
  return seen.request >= request && `${seen.method} ${seen.path}`.includes(fits);
}

async function applyUnanswered(context: ServiceContext, next: () => Promise<void>): Promise<void> {
  await next();
  for (const event of context.get('received')) event.wasAnswered = false;
}

/** Waits until whoever asked has gone. */
function gone({ env: { incoming } }: ServiceContext): Promise<void> {
  const { socket } = incoming;
  if (socket.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    socket.once('close', () => resolve());
  });
}
