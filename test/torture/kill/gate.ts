import type { MiddlewareHandler } from 'hono';
import type { ServiceContext, ServiceEnv } from '../../../main/practice/http-service.ts';
import { createRandom } from '../../../main/practice/random.ts';

/**
 * What has become of the request at which the one who asked is killed.
 *
 * - `arrived`: it came in, and nothing ever comes of it.
 * - `applied`: it was applied, and the answer never gets out.
 * - `late`: it came in, and is applied as soon as the one who asked is dead.
 * - `later`: it came in, and is applied only when the next life is over too, which may be hours later.
 */
export const fates = ['arrived', 'applied', 'late', 'later'] as const;
export type Fate = (typeof fates)[number];

/** `begin` lets it be applied; `done` says that it was. */
type Held = Readonly<{ lastLife: number; begin: () => void; done: Promise<void> }>;

/** A request, counted from 1 since the gate was armed, or the first one from there on that fits. */
export type Stop = Readonly<{ request: number; fate: Fate; fits?: string }>;

export type Seen = Readonly<{ request: number; method: string; path: string }>;

export type Gate = Readonly<{
  watch: MiddlewareHandler<ServiceEnv>;
  /** A life begins: starts the count anew; null stops nobody. */
  arm: (stop: Stop | null) => void;
  /** How many requests came in since then. */
  count: () => number;
  /** A life is over: applies what it left `late`, and what the life before it left `later`. */
  release: () => Promise<void>;
  /**
   * The keys of deliveries, since it was last asked for, whose answer did not get through because the connection broke;
   * without those of whom not even the body had come.
   */
  takeBroken: () => readonly string[];
  /** Answers come this much later at most, real ms, half of it before the effect. */
  setLatency: (ms: number) => void;
}>;

/** Stands before every simulated service, and says when the engine is to be killed. It holds the answer until then. */
export function createGate(seed: number, onReached: (seen: Seen) => void): Gate {
  const random = createRandom(seed, 'latency');
  let count = 0;
  let stop: Stop | null = null;
  let latencyMs = 0;
  let broken: string[] = [];
  let life = 0;
  let held: Held[] = [];

  const pause = (): Promise<void> =>
    latencyMs === 0
      ? Promise.resolve()
      : new Promise((resolve) => {
          setTimeout(resolve, (random.next() * latencyMs) / 2);
        });

  /** Holds a request until that life is over; returns what waits for it and then applies it. */
  function keep(lastLife: number): (apply: () => Promise<void>) => Promise<void> {
    const turn = Promise.withResolvers<void>();
    const done = Promise.withResolvers<void>();
    held.push({ lastLife, begin: turn.resolve, done: done.promise });
    return async (apply) => {
      await turn.promise;
      try {
        await apply();
      } finally {
        done.resolve();
      }
    };
  }

  const watch: MiddlewareHandler<ServiceEnv> = async (context, next) => {
    // Postscript's own request to the inbox is none of the engine's.
    if (context.req.path.startsWith('/webhooks/')) return next();
    count += 1;
    if (context.req.path === '/api/v2/events') {
      const { outgoing } = context.env;
      const key = keyIn(context);
      outgoing.once('close', () => {
        if (!outgoing.writableFinished) void key.then((known) => known !== null && broken.push(known));
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
    // Kept before anybody is told, so that nobody can ask for it too early.
    const release = fate === 'late' ? keep(life) : fate === 'later' ? keep(life + 1) : undefined;
    onReached(seen);
    await gone(context);
    await release?.(() => applyUnanswered(context, next));
    context.res = undefined;
    return context.body(null, 503);
  };

  return {
    watch,
    arm: (next) => {
      life += 1;
      count = 0;
      stop = next;
    },
    count: () => count,
    release: async () => {
      const due = held.filter(({ lastLife }) => lastLife <= life);
      held = held.filter(({ lastLife }) => lastLife > life);
      for (const { begin, done } of due) {
        begin();
        await done;
      }
    },
    takeBroken: () => {
      const taken = broken;
      broken = [];
      return taken;
    },
    setLatency: (ms) => {
      latencyMs = ms;
    },
  };
}

/** Null when the one who asked was gone before its body had come. */
async function keyIn(context: ServiceContext): Promise<string | null> {
  const body: unknown = await context.req.json().catch(() => null);
  if (typeof body !== 'object' || body === null || !('external_id' in body)) return null;
  return typeof body.external_id === 'string' ? body.external_id : null;
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
