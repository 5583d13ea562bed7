import { Hono, type MiddlewareHandler } from 'hono';
import type { Customer, Subscription, World } from './world-types.ts';
import type { ServiceContext, ServiceEnv } from './http-service.ts';
import { refuse } from './smartrr-errors.ts';
import { createLister, type ListAnswer, type ListSource } from './smartrr-lists.ts';
import { billFields, customerFields, subscriptionFields } from './smartrr-fields.ts';
import {
  toBill,
  toBillHistory,
  toCard,
  toCustomer,
  toOrganization,
  toSellingPlanGroups,
  type Json,
} from './smartrr-rows.ts';
import { addSmartrrWebhooks } from './smartrr-webhooks.ts';
import { addSmartrrWrites } from './smartrr-writes.ts';
import { createSmartrrView, removeFields } from './smartrr-view.ts';

const maxEvents = 250;

/** The simulated Smartrr vendor API (subscription-platforms.md 1.3, 1.4, 1.9). */
export function createSmartrrApp(world: World, token: string, faults: MiddlewareHandler<ServiceEnv>): Hono<ServiceEnv> {
  const { switches } = world.options;
  const app = new Hono<ServiceEnv>({ strict: false });
  const view = createSmartrrView(world);
  const listSubscriptions = createLister<Subscription>();
  const listBills = createLister<World['bills']['rows'][number]>();
  const listCustomers = createLister<Customer>();
  const fields = {
    subscription: subscriptionFields(world),
    bill: billFields(),
    customer: customerFields(),
  };
  let missingTurn = 0;

  app.use('*', faults);
  app.use('*', async (context, next) => {
    if (context.req.header('x-smartrr-access-token') !== token) {
      return refuse(context, 401, 'UNAUTHORIZED', 'Unknown access token');
    }
    return next();
  });

  function common(context: ServiceContext): {
    params: URLSearchParams;
    pageBase: 0 | 1;
    hasUpdatedDateFilter: boolean;
    fault: ServiceContext['var']['fault'];
  } {
    return {
      params: new URL(context.req.url).searchParams,
      pageBase: switches.pageBase,
      hasUpdatedDateFilter: switches.updatedDateFilter,
      fault: context.get('fault'),
    };
  }

  function countFault(context: ServiceContext): void {
    world.ledger.countFault(`smartrr:${context.get('fault')}`);
  }

  function answer(context: ServiceContext, list: ListAnswer): Response {
    if (!list.ok) return refuse(context, 400, 'BAD_REQUEST', list.message);
    if (list.isFaultPlayed) countFault(context);
    return context.json(list.page);
  }

  function strip(context: ServiceContext, rows: Json[]): void {
    if (context.get('fault') !== 'missing_fields' || rows.length === 0) return;
    removeFields(rows, missingTurn++);
    countFault(context);
  }

  function answerSubscriptions(context: ServiceContext, source: ListSource<Subscription>): Response {
    const list = listSubscriptions({
      ...common(context),
      source,
      fields: fields.subscription,
      hasExactFilters: true,
      toRow: view.purchaseState,
    });
    if (list.ok) strip(context, list.page.data);
    return answer(context, list);
  }

  function answerBills(context: ServiceContext, source: ListSource<World['bills']['rows'][number]>): Response {
    return answer(
      context,
      listBills({
        ...common(context),
        source,
        fields: fields.bill,
        hasExactFilters: false,
        toRow: (bill) => ({ ...toBill(world, bill), st: view.purchaseState(bill.subscription) }),
      }),
    );
  }

  function withSubscription(context: ServiceContext, show: (subscription: Subscription) => Response): Response {
    const subscription = world.subscriptionsByNumber.get(context.req.param('sid') ?? '');
    if (subscription === undefined) return refuse(context, 404, 'NOT_FOUND', 'There is no such subscription');
    return show(subscription);
  }

  app.get('/vendor/purchase-state', (context) => answerSubscriptions(context, world.subscriptions));
  app.get('/vendor/purchase-state/:sid', (context) =>
    withSubscription(context, (subscription) => {
      const row = { ...view.purchaseState(subscription) };
      strip(context, [row]);
      return context.json(row);
    }),
  );
  app.get('/vendor/purchase-state/:sid/events', (context) =>
    withSubscription(context, (subscription) => {
      const newest = view.events(subscription).slice(-maxEvents);
      return context.json(switches.eventsOrder === 'newest_first' ? newest.toReversed() : newest);
    }),
  );
  app.get('/vendor/purchase-state/:sid/bills', (context) =>
    withSubscription(context, (subscription) =>
      answerBills(
        context,
        toSource(world.billsBySubscription.get(subscription) ?? [], () => world.bills.revision()),
      ),
    ),
  );
  app.get('/vendor/customer/:crid/purchase-state', (context) => {
    const customer = world.customersById.get(context.req.param('crid'));
    if (customer === undefined) return refuse(context, 404, 'NOT_FOUND', 'There is no such customer');
    return answerSubscriptions(
      context,
      toSource(customer.subscriptions, () => world.subscriptions.revision()),
    );
  });

  app.get('/vendor/customer-relationship', (context) =>
    answer(
      context,
      listCustomers({
        ...common(context),
        source: toSource(world.customers, () => world.customers.length),
        fields: fields.customer,
        hasExactFilters: true,
        toRow: (customer) => toCustomer(world, customer),
      }),
    ),
  );
  app.get('/vendor/customer-relationship/:number', (context) => {
    const customer = world.customersByNumber.get(context.req.param('number'));
    if (customer === undefined) return refuse(context, 404, 'NOT_FOUND', 'There is no such customer');
    return context.json(toCustomer(world, customer));
  });
  app.get('/vendor/customer-relationship/:crid/payment-methods', (context) => {
    const customer = world.customersById.get(context.req.param('crid'));
    if (customer === undefined) return refuse(context, 404, 'NOT_FOUND', 'There is no such customer');
    const cards = new Map(customer.subscriptions.map(({ card }) => [card.id, card]));
    return context.json([...cards.values()].map(toCard));
  });

  app.get('/vendor/bill', (context) => answerBills(context, world.bills));
  app.get('/vendor/bill/:billId/history', (context) => {
    const id = Number(context.req.param('billId'));
    const bill = world.bills.rows.find((each) => each.id === id);
    if (bill === undefined) return refuse(context, 404, 'NOT_FOUND', 'There is no such bill');
    return context.json(toBillHistory(bill));
  });

  app.get('/vendor/selling-plan-group', (context) => context.json(toSellingPlanGroups(world)));
  app.get('/vendor/organizations', (context) => context.json([toOrganization(world)]));
  app.get('/vendor/customer-email-config', (context) =>
    context.json({ sendUpcomingOrderEmail: true, upcomingOrderEmailDeliveryDelay: 3 }),
  );
  app.get('/vendor/cancellation-reasons', (context) => context.json([{ id: 'too-much', reason: 'I have too much' }]));

  addSmartrrWrites(app, world, view);
  addSmartrrWebhooks(app, world);
  app.notFound((context) => context.json({ message: 'Not found', status: 404 }, 404));
  return app;
}

/** A short list, filtered the plain way. */
function toSource<T extends { readonly updatedAt: number }>(rows: readonly T[], revision: () => number): ListSource<T> {
  return { rows, changedAfter: (at) => rows.filter((row) => row.updatedAt > at), revision };
}
