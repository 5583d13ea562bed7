import type { Hono } from 'hono';
import type { Subscription, World } from './world-types.ts';
import type { ServiceContext, ServiceEnv } from './http-service.ts';
import { readBody, refuse } from './smartrr-errors.ts';
import type { SmartrrView } from './smartrr-view.ts';
import { cancel, moveOrder, pause, resume, skipOrder, unskipOrder, type ActionResult } from './subscription-actions.ts';
import { nextRunAfter } from './intervals.ts';

type Body = Readonly<Record<string, unknown>>;

/** What one write does; a string is a problem with the request itself. */
type Write = (world: World, subscription: Subscription, body: Body, context: ServiceContext) => ActionResult | string;

/** The local day of a date in the body; undefined when there is none, null when it cannot be read. */
function readDay(world: World, value: unknown): number | undefined | null {
  if (value === undefined || value === null) return undefined;
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : world.billingZone.dayOf(at);
}

const writes: Readonly<Record<string, Write>> = {
  skip: (world, subscription, body) => {
    const day = readDay(world, body['date']);
    return day === null ? 'date must be an ISO date' : skipOrder(world, subscription, day, 'API');
  },
  unskip: (world, subscription, body) => {
    const day = readDay(world, body['date']);
    return day === null ? 'date must be an ISO date' : unskipOrder(world, subscription, day, 'API');
  },
  'next-billing-date': (world, subscription, body, context) => {
    const isNow = context.req.query('sendNow') === 'true';
    const day = isNow ? world.billingZone.dayOf(nextRunAfter(world, world.clock.now())) : readDay(world, body['date']);
    return day === null || day === undefined ? 'date must be an ISO date' : moveOrder(world, subscription, day, 'API');
  },
  pause: (world, subscription, body) => {
    const day = readDay(world, body['unpauseDate']);
    if (day === null || day === undefined) return 'unpauseDate must be an ISO date';
    if (day <= world.billingZone.dayOf(world.clock.now())) return 'unpauseDate must be in the future';
    return pause(world, subscription, day, 'API');
  },
  cancel: (world, subscription, body) => {
    if (typeof body['reasonId'] !== 'string') return 'reasonId is required';
    return cancel(world, subscription, 'API');
  },
  activate: (world, subscription, body) => {
    const day = readDay(world, body['nextBillingDate']);
    if (day === null || day === undefined) return 'nextBillingDate must be an ISO date';
    return resume(world, subscription, 'API', day);
  },
};

const wrapped = new Set(['pause', 'cancel', 'activate']);

/** Adds the calls that change a subscription. */
export function addSmartrrWrites(app: Hono<ServiceEnv>, world: World, view: SmartrrView): void {
  app.put('/vendor/customer/:crid/purchase-state/:psid/:action', async (context) => {
    const action = context.req.param('action');
    const write = writes[action];
    if (write === undefined) return refuse(context, 404, 'NOT_FOUND', 'Not found');
    const subscription = world.subscriptionsById.get(context.req.param('psid'));
    if (subscription === undefined || subscription.customer.id !== context.req.param('crid')) {
      return refuse(context, 404, 'NOT_FOUND', 'There is no such subscription');
    }

    const body = await readBody(context);
    const before = context.get('fault') === 'stale_read' ? view.snapshot(subscription) : undefined;
    const result = write(world, subscription, body, context);
    if (typeof result === 'string') return refuse(context, 400, 'BAD_REQUEST', result);
    if (result !== undefined) return refuse(context, 422, result.code, result.message);

    // The writer's own answer is fresh; only later reads lag behind.
    const row = view.snapshot(subscription).row;
    if (before !== undefined) {
      view.staleFrom(subscription, before);
      world.ledger.countFault('smartrr:stale_read');
    }
    return context.json(wrapped.has(action) ? { newCustomerPurchaseState: row } : row);
  });
}
