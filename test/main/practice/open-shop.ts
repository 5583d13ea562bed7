import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { defaultPracticeOptions, defaultSwitches, startPracticeShop } from '../../../main/practice/practice-shop.ts';
import type { PracticeOptions, PracticeShop, PracticeSwitches } from '../../../main/practice/practice-shop-types.ts';

export const hour = 3_600_000;
export const day = 86_400_000;

export const purchaseStateSchema = z.object({
  id: z.string(),
  shopifyId: z.string(),
  purchaseStateStatus: z.string().optional(),
  updatedDate: z.string(),
  createdDate: z.string(),
  nextBillingDate: z.string(),
  pausedAt: z.string().nullable(),
  cancelledAt: z.string().nullable(),
  externalSubscriptionId: z.string().optional(),
  totalEstimatedNet: z.string(),
  sellingPlanId: z.string(),
  shippingAddress: z.object({ phone: z.string().nullable() }),
  pmtMth: z.object({ id: z.string(), lastDigits: z.string(), updatedDate: z.string() }).optional(),
  schedule: z.object({ paymentFrequencyMultiple: z.number(), deliveryRRuleString: z.string() }),
  custRel: z.object({
    id: z.string(),
    shopifyId: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    phone: z.string().nullable(),
    inferredPhone: z.string().nullable(),
    sellingOrganization: z.object({ billingTimezone: z.string() }),
  }),
});
export type PurchaseState = z.infer<typeof purchaseStateSchema>;

const pageSchema = z.object({
  totalCount: z.number(),
  totalPages: z.number(),
  pageSize: z.number(),
  pageNumber: z.number(),
  data: z.array(purchaseStateSchema),
});

const eventSchema = z.object({
  id: z.string(),
  eventType: z.string(),
  createdBy: z.string(),
  eventDate: z.string(),
  eventData: z.object({ orderDate: z.string().optional() }),
});

const billSchema = z.object({ id: z.number(), status: z.string(), retryCount: z.number(), billAmount: z.string() });
const billPageSchema = z.object({ totalCount: z.number(), data: z.array(billSchema) });
const repliesSchema = z.object({
  responses: z.array(z.object({ id: z.string(), body: z.string(), is_opt_out: z.boolean(), from_number: z.string() })),
  next_cursor: z.string(),
});

export type Answer = Readonly<{ status: number; headers: Headers; body: unknown }>;

type Overrides = Partial<Omit<PracticeOptions, 'switches'>> & { switches?: Partial<PracticeSwitches> };

/** A quiet shop with the scenario customers only, closed when the test ends. */
export async function openShop(overrides: Overrides = {}) {
  const shop = await startPracticeShop({
    ...defaultPracticeOptions,
    customers: 26,
    isLively: false,
    ...overrides,
    switches: { ...defaultSwitches, ...overrides.switches },
  });
  onTestFinished(() => shop.close());
  return { ...shop, ...clientsOf(shop) };
}

/** What a test asks the three services, over HTTP like anybody else. */
export function clientsOf({ urls, credentials, control }: PracticeShop) {
  async function ask(url: string, headers: Record<string, string>, method = 'GET', body?: unknown): Promise<Answer> {
    const answer = await fetch(url, {
      method,
      headers: { ...headers, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text.startsWith('<') ? text : JSON.parse(text) };
  }

  const smartrr = (path: string, method?: string, body?: unknown): Promise<Answer> =>
    ask(`${urls.smartrr}/vendor/${path}`, { 'x-smartrr-access-token': credentials.smartrrToken }, method, body);
  const postscript = (path: string, method?: string, body?: unknown): Promise<Answer> =>
    ask(`${urls.postscript}${path}`, { Authorization: `Bearer ${credentials.postscriptKey}` }, method, body);

  const page = async (query = '') => pageSchema.parse((await smartrr(`purchase-state?${query}`)).body);
  const everyState = async (): Promise<PurchaseState[]> => {
    const { pageNumber: first } = await page('pageSize=1');
    const rows: PurchaseState[] = [];
    for (let number = first; ; number++) {
      const { data } = await page(`pageSize=250&pageNumber=${number}&orderBy[createdDate]=ASC`);
      rows.push(...data);
      if (data.length < 250) return rows;
    }
  };

  return {
    smartrr,
    postscript,
    page,
    everyState,
    /** The subscriptions of the scenario customer with that first name. */
    statesOf: async (firstName: string): Promise<PurchaseState[]> =>
      (await everyState()).filter(({ custRel }) => custRel.firstName === firstName),
    stateOf: async (firstName: string): Promise<PurchaseState> => {
      const found = (await everyState()).find(({ custRel }) => custRel.firstName === firstName);
      if (found === undefined) throw new Error(`Expected a customer called ${firstName}`);
      return found;
    },
    change: (state: PurchaseState, action: string, body: unknown = {}): Promise<Answer> =>
      smartrr(`customer/${state.custRel.id}/purchase-state/${state.id}/${action}`, 'PUT', body),
    eventsOf: async ({ shopifyId }: PurchaseState) =>
      z.array(eventSchema).parse((await smartrr(`purchase-state/${shopifyId}/events`)).body),
    billsOf: async ({ shopifyId }: PurchaseState) =>
      billPageSchema.parse((await smartrr(`purchase-state/${shopifyId}/bills`)).body).data,
    bills: async (query = '') => billPageSchema.parse((await smartrr(`bill?${query}`)).body),
    sendEvent: (body: Readonly<Record<string, unknown>>): Promise<Answer> => postscript('/api/v2/events', 'POST', body),
    replies: async () => {
      const answer = await ask(`${urls.inbox}/responses?limit=500`, {
        Authorization: `Bearer ${credentials.inboxToken}`,
      });
      return repliesSchema.parse(answer.body).responses;
    },
    advance: async (ms: number): Promise<void> => control.advanceTo((await control.now()) + ms),
    messagesOf: async (name: string) => (await control.phones(name, 1))[0]?.messages ?? [],
  };
}

/** What the notice of an order looks like on the wire. */
export function noticeOf(state: PurchaseState, externalId = `upcoming:${state.id}`): Record<string, unknown> {
  return {
    type: 'smartrr_upcoming_order',
    phone: state.custRel.phone,
    external_id: externalId,
    properties: {
      account_page_link: 'https://fern.example/account',
      subscription_id: state.shopifyId,
      order_date_iso: state.nextBillingDate.slice(0, 10),
    },
  };
}
