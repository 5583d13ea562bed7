import type { Hono } from 'hono';
import type { ServiceEnv } from './http-service.ts';
import type { PhoneLine } from './phones.ts';
import type { PostscriptParts } from './postscript-app.ts';

const pageSize = 50;

function toSubscriber(line: PhoneLine): Record<string, unknown> {
  const [customer] = line.customers;
  const canSend = line.isSubscriber && !line.isOptedOut;
  return {
    id: line.subscriberId,
    ps_id: line.index + 1,
    phone_number: line.digits,
    email: customer?.email ?? null,
    shopify_customer_id: customer === undefined ? 0 : Number(customer.number),
    tags: [],
    properties: { has_purchased: true },
    data: {},
    subscriptions: { promotional: { can_send: canSend }, transactional: { can_send: canSend } },
    created_at: new Date(line.createdAt).toISOString(),
    updated_at: new Date(line.createdAt).toISOString(),
  };
}

const readers: Readonly<Record<string, (line: PhoneLine) => string>> = {
  phone_number: ({ digits }) => digits,
  email: ({ customers }) => customers[0]?.email ?? '',
  shopify_customer_id: ({ customers }) => customers[0]?.number ?? '',
};

/** The filters of the list; unknown ones are ignored, as servers do. */
function toTests(params: URLSearchParams): ((line: PhoneLine) => boolean)[] {
  const tests: ((line: PhoneLine) => boolean)[] = [];
  for (const key of new Set(params.keys())) {
    const [, name = '', operator] = /^(\w+?)__(eq|contains|in)$/.exec(key) ?? [];
    const read = readers[name];
    if (read === undefined) continue;
    const wanted = params.getAll(key);
    tests.push((line) =>
      operator === 'contains' ? wanted.some((part) => read(line).includes(part)) : wanted.includes(read(line)),
    );
  }
  return tests;
}

/** Adds reading of subscribers. Only those who have opted in are there. */
export function addSubscriberRoutes(app: Hono<ServiceEnv>, { phones }: PostscriptParts): void {
  app.get('/api/v2/subscribers', (context) => {
    const params = new URL(context.req.url).searchParams;
    const number = params.get('phone_number__eq');
    // Asking for one number is the common case; it must not walk through every phone.
    const exact = number === null || number === '' ? undefined : phones.findByNumber(number);
    const candidates = number === null ? phones.lines : exact === undefined ? [] : [exact];
    const tests = toTests(params);
    const found = candidates.filter((line) => line.isSubscriber && tests.every((test) => test(line)));
    const page = Math.max(1, Number.parseInt(params.get('page') ?? '1', 10) || 1);
    return context.json({
      page_info: { page, total_pages: Math.max(1, Math.ceil(found.length / pageSize)) },
      subscribers: found.slice((page - 1) * pageSize, page * pageSize).map(toSubscriber),
    });
  });
  app.get('/api/v2/subscribers/:id', (context) => {
    const line = phones.findBySubscriberId(context.req.param('id'));
    if (line === undefined || !line.isSubscriber) {
      return context.json({ error_code: 3001, error_message: 'Could not find subscriber', success: false }, 404);
    }
    return context.json(toSubscriber(line));
  });
}
