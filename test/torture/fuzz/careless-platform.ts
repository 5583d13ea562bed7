import type { PlatformSubscription } from '../../../shared/domain/platform.ts';
import { member } from './strict-reading.ts';
import { ownClient, type MakePlatform } from './platform-rows.ts';

/** The control: reads a list as one does who trusts it, with what JavaScript makes of a value. The judge must object. */
export const carelessPlatform: MakePlatform = (fetch) => ({
  ...ownClient(fetch),
  listSubscriptions: async ({ page, pageSize }) => {
    const query = `pageSize=${pageSize}&pageNumber=${page}`;
    const answer = await fetch(`http://127.0.0.1:9/vendor/purchase-state?${query}`);
    const json: unknown = await answer.json().catch(() => ({ data: [] }));
    const data = member(json, 'data');
    const raw: unknown[] = Array.isArray(data) ? data : [];
    const rows = raw.filter((row) => member(row, 'id') !== undefined).map(readCarelessly);
    return {
      ok: true,
      value: {
        rows,
        unreadable: [],
        notes: [],
        received: raw.length,
        size: pageSize,
        totalCount: null,
        answeredAt: null,
      },
    };
  },
});

function readCarelessly(raw: unknown): PlatformSubscription {
  const text = (key: string): string => String(member(raw, key));
  const date = (key: string): number | null => Date.parse(text(key)) || null;
  const customer = member(raw, 'custRel');
  const method = member(raw, 'pmtMth');
  const status = text('purchaseStateStatus').toUpperCase();
  return {
    subscription: {
      id: text('id'),
      platformNumber: text('shopifyId'),
      customerId: String(member(customer, 'id')),
      status: status === 'PAUSED' || status === 'CANCELLED' ? status : 'ACTIVE',
      createdAt: date('createdDate') ?? 0,
      updatedAt: date('updatedDate') ?? 0,
      cancelledAt: date('cancelledAt'),
      nextOrderIso: date('nextBillingDate') === null ? null : text('nextBillingDate'),
      nextOrderAt: date('nextBillingDate'),
      isMigrated: Boolean(member(raw, 'externalSubscriptionId')),
      sellingPlanId: null,
      frequency: null,
      productTitles: [],
      totalCents: parseInt(text('totalEstimatedNet'), 10) || 0,
      currency: 'USD',
      paymentMethod: {
        id: String(member(method, 'id')),
        lastDigits: null,
        updatedAt: String(member(method, 'updatedDate')),
      },
    },
    customer: {
      id: String(member(customer, 'id')),
      platformNumber: null,
      firstName: null,
      lastName: null,
      email: null,
    },
    phones: [String(member(customer, 'phone'))],
    billingRun: null,
  };
}
