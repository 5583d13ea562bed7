import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, Hono, MiddlewareHandler } from 'hono';
import type { FaultKind, FaultPlan, Service } from './faults.ts';

/** What every simulated service finds beside its request. */
export type ServiceEnv = {
  Bindings: HttpBindings;
  Variables: {
    /** A fault that the service itself has to play (wrong rows, stale reads). */
    fault: FaultKind | null;
    /** When it came in, by the world's clock: what stands before a service may hold a request. */
    arrivedAt: number;
    /** Events taken in by this request: marked when their answer does not get through. */
    received: { wasAnswered: boolean }[];
  };
};
export type ServiceContext = Context<ServiceEnv>;

export type FaultSetting = Readonly<{
  service: Service;
  plan: FaultPlan;
  holdMs: number;
  count: (name: string) => void;
  /** The service's own body for 429. */
  rateLimitBody: Record<string, unknown>;
  /** The service's own body for 400. */
  rejectionBody: Record<string, unknown>;
}>;

const htmlError =
  '<!doctype html><html><head><title>500</title></head><body><h1>Internal Server Error</h1></body></html>';

/** Retry-After of an injected 429, seconds. */
const retryAfterSeconds = 2;
const slowMs = 120;

/** Plays the faults that concern a whole request; hands the others on to the service. */
export function playFaults(setting: FaultSetting): MiddlewareHandler<ServiceEnv> {
  const { service, plan, holdMs, count, rateLimitBody, rejectionBody } = setting;
  return async (context, next) => {
    const kind = plan.choose(service, context.req.method, context.req.path);
    const received: { wasAnswered: boolean }[] = [];
    context.set('fault', kind);
    context.set('received', received);
    const { outgoing } = context.env;
    outgoing.once('close', () => {
      if (!outgoing.writableFinished) for (const event of received) event.wasAnswered = false;
    });
    const apply = async (): Promise<void> => {
      await next();
      for (const event of received) event.wasAnswered = false;
    };
    if (kind !== null && !isPlayedByService(kind)) count(`${service}:${kind}`);

    switch (kind) {
      case 'rate_limited':
        return context.json(rateLimitBody, 429, { 'Retry-After': String(retryAfterSeconds) });
      case 'rate_limited_bare':
        return context.json(rateLimitBody, 429);
      case 'rejected':
        return context.json(rejectionBody, 400);
      case 'error_before':
        return context.html(htmlError, 500);
      case 'error_after':
        await apply();
        context.res = undefined;
        context.res = new Response(htmlError, { status: 500, headers: { 'Content-Type': 'text/html' } });
        return;
      case 'timeout_before':
        await hold(context, holdMs);
        return drop(context);
      case 'timeout_after':
        await apply();
        await hold(context, holdMs);
        context.res = undefined;
        context.res = drop(context);
        return;
      case 'reset_before':
        return drop(context);
      case 'reset_after':
        await apply();
        context.res = undefined;
        context.res = drop(context);
        return;
      case 'slow':
        await hold(context, slowMs);
        return next();
      case 'web_page':
        await apply();
        context.res = undefined;
        context.res = new Response(htmlPage, { headers: { 'Content-Type': 'text/html' } });
        return;
      case 'truncated':
      case 'slow_drip':
      case 'wrong_shape':
        // Whoever understands the answer may take it for one, so the event counts as answered.
        await (kind === 'truncated' ? apply() : next());
        context.res = await twist(kind, context.res);
        return;
      case 'rate_limited_wrong':
        return context.json(rateLimitBody, 429, { 'Retry-After': 'shortly' });
      case 'duplicated_rows':
      case 'shifted_page':
      case 'missing_fields':
      case 'stale_read':
      case null:
        return next();
    }
  };
}

/**
 * Writes the time of the world on every answer, also where a fault spoils it. A service's clock does not stand still, so
 * it goes on in real time until the world moves again.
 */
export function dateAnswers(now: () => number): MiddlewareHandler<ServiceEnv> {
  let movedTo = now();
  let movedAt = performance.now();
  return (context, next) => {
    if (now() !== movedTo) {
      movedTo = now();
      movedAt = performance.now();
    }
    context.env.outgoing.setHeader('Date', new Date(movedTo + performance.now() - movedAt).toUTCString());
    return next();
  };
}

function isPlayedByService(kind: FaultKind): boolean {
  return ['duplicated_rows', 'shifted_page', 'missing_fields', 'stale_read'].includes(kind);
}

const htmlPage = '<!doctype html><html><head><title>Log in</title></head><body><h1>Log in</h1></body></html>';
const dripBytes = 40;
const dripPauseMs = 3;

async function twist(kind: 'truncated' | 'wrong_shape' | 'slow_drip', answer: Response): Promise<Response> {
  const { status, headers } = answer;
  const text = await answer.text();
  const init = { status, headers: { 'Content-Type': headers.get('Content-Type') ?? 'application/json' } };
  if (kind === 'truncated') return new Response(text.slice(0, Math.floor(text.length / 2)), init);
  if (kind === 'wrong_shape') return new Response(text.startsWith('[') ? '{"data": 7}' : '[null, 7]', init);
  const bytes = new TextEncoder().encode(text);
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      if (sent >= bytes.length) {
        controller.close();
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, dripPauseMs));
      controller.enqueue(bytes.subarray(sent, sent + dripBytes));
      sent += dripBytes;
    },
  });
  return new Response(body, init);
}

/** Waits, unless the client gives up first. */
async function hold(context: ServiceContext, ms: number): Promise<void> {
  const { socket } = context.env.incoming;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      socket.off('close', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    socket.once('close', done);
  });
}

/** Cuts the connection so that the client sees a reset. */
function drop(context: ServiceContext): Response {
  const { socket } = context.env.incoming;
  if ('resetAndDestroy' in socket) socket.resetAndDestroy();
  return RESPONSE_ALREADY_SENT;
}

export type RunningService = Readonly<{ url: string; close: () => Promise<void> }>;

/** Serves on a free port of this machine only. */
export async function listen(app: Hono<ServiceEnv>): Promise<RunningService> {
  const handle = getRequestListener((request, env) => app.fetch(request, env as HttpBindings));
  const server: Server = createServer((incoming, outgoing) => void handle(incoming, outgoing));
  // A connection that idles out while the client writes looks like a reset; only planned faults may do that.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
