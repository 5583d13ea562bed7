import { Hono, type MiddlewareHandler } from 'hono';
import type { World } from './world-types.ts';
import type { Automations } from './automations.ts';
import type { ServiceEnv } from './http-service.ts';
import type { PhoneBook } from './phones.ts';
import type { PostscriptWebhooks } from './postscript-webhooks.ts';
import { addLegacyRoutes } from './postscript-legacy.ts';
import { addEventRoutes } from './postscript-events.ts';
import { addSubscriberRoutes } from './postscript-subscribers.ts';
import { addWebhookRoutes } from './postscript-webhook-routes.ts';
import { shopId } from './postscript-webhooks.ts';
import { createTokenBucket } from './token-bucket.ts';

export type PostscriptParts = Readonly<{
  world: World;
  phones: PhoneBook;
  automations: Automations;
  webhooks: PostscriptWebhooks;
  faults: MiddlewareHandler<ServiceEnv>;
}>;

/** Postscript's own body for 429 (shape A). */
export const rateLimitBody = { error_code: 3002, error_message: 'Rate limit exceeded', success: false };

/** Postscript's own body for an event that it refuses (shape B). */
export const rejectionBody = {
  errors: [{ loc: ['body', 'type'], msg: 'Practice trouble: events are refused.', type: 'value_error' }],
};

/** The simulated Postscript API (postscript-api.md 11). */
export function createPostscriptApp(parts: PostscriptParts, key: string): Hono<ServiceEnv> {
  const { world } = parts;
  const { switches } = world.options;
  const app = new Hono<ServiceEnv>();
  const bucket = createTokenBucket(switches.ratePerSecond);

  app.use('*', (context, next) => {
    context.set('arrivedAt', world.clock.now());
    return next();
  });
  app.use('*', parts.faults);
  app.use('*', async (context, next) => {
    const given = /^Bearer (.+)$/.exec(context.req.header('Authorization') ?? '')?.[1];
    if (given !== key) return context.json({ error: 'Invalid API key.' }, 401);
    if (!switches.planAllowsApi) {
      const error = { loc: [], msg: 'Access denied. Your plan does not include API access.', type: 'v2.access_denied' };
      return context.json({ errors: [error] }, 403);
    }
    if (!bucket.take()) {
      return context.json(rateLimitBody, 429, switches.retryAfter ? { 'Retry-After': '1' } : {});
    }
    return next();
  });

  app.get('/api/v2/me', (context) =>
    context.json({ resource_id: shopId, resource_name: world.shop.name, resource_type: 'shop' }),
  );
  app.get('/api/v2/keywords', (context) =>
    context.json({
      keywords: [
        {
          id: 'kw_practice0001',
          keyword: 'FERN',
          triggered_count: 0,
          created_at: '2024-01-05T09:00:00Z',
          updated_at: '2024-01-05T09:00:00Z',
        },
      ],
    }),
  );
  addEventRoutes(app, parts);
  addSubscriberRoutes(app, parts);
  addWebhookRoutes(app, parts);
  if (switches.legacyApi) addLegacyRoutes(app, parts);
  app.notFound((context) => context.json({ error_code: 3001, error_message: 'Not found', success: false }, 404));
  return app;
}
