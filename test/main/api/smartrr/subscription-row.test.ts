import { describe, expect, it } from 'vitest';
import { readSubscription } from '../../../../main/api/smartrr/subscription-row.ts';
import { makePurchaseState } from './purchase-state.ts';

function read(fields: Readonly<Record<string, unknown>> = {}, knownCustomerId?: string) {
  const reading = readSubscription(makePurchaseState(fields), knownCustomerId);
  if (!reading.ok) throw new Error(`Expected a readable row: ${reading.reason}`);
  return reading;
}

function without(...names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

describe('readSubscription', () => {
  it('reads every field that we use', () => {
    expect(read()).toEqual({
      ok: true,
      notes: [],
      row: {
        subscription: {
          id: '5b0c1f0a-0000-4000-8000-000000000001',
          platformNumber: '1234567890',
          customerId: '5b0c1f0a-0000-4000-8000-0000000000c1',
          status: 'ACTIVE',
          createdAt: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
          updatedAt: Date.UTC(2026, 9, 1),
          cancelledAt: null,
          nextOrderIso: '2026-11-05T14:30:00.000Z',
          nextOrderAt: Date.UTC(2026, 10, 5, 14, 30),
          isMigrated: false,
          sellingPlanId: '680002',
          frequency: { count: 2, unit: 'WEEK' },
          productTitles: ['House Espresso 500 g', 'Paper Filters'],
          totalCents: 2500,
          currency: 'USD',
          paymentMethod: {
            id: '5b0c1f0a-0000-4000-8000-0000000000aa',
            lastDigits: '4242',
            updatedAt: '2026-05-01T00:00:00.000Z',
          },
        },
        customer: {
          id: '5b0c1f0a-0000-4000-8000-0000000000c1',
          platformNumber: '987654321',
          firstName: 'Ada',
          lastName: 'Lovelace',
          email: 'ada@example.com',
        },
        phones: ['(555) 555-0123', '+15555550123', '+15555550777'],
        billingRun: {
          time: '09:30:00',
          timeZone: 'America/New_York',
          shopName: 'Fern & Fable',
          shopDomain: 'fern.myshopify.com',
        },
      },
    });
  });

  it('needs nothing but the ids, the creation date and the customer', () => {
    const bare = { id: 'a', shopifyId: 1, createdDate: '2026-01-01T00:00:00.000Z', custRel: { id: 'c' } };
    const reading = readSubscription(bare);
    expect(reading).toMatchObject({
      ok: true,
      row: {
        subscription: {
          id: 'a',
          platformNumber: '1',
          status: null,
          updatedAt: Date.UTC(2026, 0, 1),
          nextOrderIso: null,
          nextOrderAt: null,
          isMigrated: false,
          frequency: null,
          productTitles: [],
          totalCents: null,
          paymentMethod: null,
        },
        customer: { id: 'c', platformNumber: null, firstName: null, lastName: null, email: null },
        phones: [],
        billingRun: null,
      },
    });
  });

  it.each(['id', 'shopifyId', 'createdDate', 'custRel'])('cannot read a row without %s', (name) => {
    const row = makePurchaseState({
      ...without(name),
      ...(name === 'createdDate' ? without('initialSubmissionDate') : {}),
    });
    expect(readSubscription(row)).toMatchObject({
      ok: false,
      reason: `${name === 'custRel' ? 'custRel.id' : name} is missing or unreadable`,
    });
  });

  it.each([null, undefined, 7, 'text', [], true])('cannot read %j', (row) => {
    expect(readSubscription(row).ok).toBe(false);
  });

  it('takes the customer from the caller when the answer names none', () => {
    const { row } = read({ custRel: undefined }, 'known-customer');
    expect([row.subscription.customerId, row.customer.id]).toEqual(['known-customer', 'known-customer']);
  });

  it('takes null for every optional field', () => {
    const optional = Object.keys(makePurchaseState()).filter(
      (name) => !['id', 'shopifyId', 'createdDate', 'custRel'].includes(name),
    );
    const { row } = read(Object.fromEntries(optional.map((name) => [name, null])));
    expect(row.subscription).toMatchObject({
      status: null,
      nextOrderIso: null,
      paymentMethod: null,
      productTitles: [],
    });
  });

  it('takes the wrong type of an optional field for its absence', () => {
    const { row } = read({
      purchaseStateStatus: {},
      nextBillingDate: 20_261_105,
      totalEstimatedNet: 'a lot',
      shippingAddress: 'somewhere',
      schedule: [],
      pmtMth: 'card',
      stLineItems: 'espresso',
      updatedDate: 7,
    });
    expect(row.subscription).toMatchObject({
      status: null,
      nextOrderIso: null,
      nextOrderAt: null,
      totalCents: null,
      frequency: null,
      paymentMethod: null,
      productTitles: [],
      updatedAt: row.subscription.createdAt,
    });
    expect(row.phones).toEqual(['(555) 555-0123', '+15555550123']);
  });

  it('has no status when it is missing, without making a remark', () => {
    expect(read({ purchaseStateStatus: undefined })).toMatchObject({
      row: { subscription: { status: null } },
      notes: [],
    });
  });

  it('has no status when it is unknown, and says so', () => {
    expect(read({ purchaseStateStatus: 'FROZEN' })).toMatchObject({
      row: { subscription: { status: null } },
      notes: ['purchaseStateStatus "FROZEN" is unknown'],
    });
  });

  it('does not take a deleted subscription for a live one', () => {
    const { row, notes } = read({ deletedAt: '2026-09-01T00:00:00.000Z' });
    expect(row.subscription.status).toBe('EXPIRED');
    expect(notes).toEqual([]);
  });

  it('does not know whether a subscription is live whose date of deletion is none', () => {
    expect(read({ deletedAt: 'yesterday' })).toMatchObject({
      row: { subscription: { status: null } },
      notes: ['deletedAt is not a date'],
    });
    expect(read({ deletedAt: '0001-01-01T00:00:00Z' }).row.subscription.status).toBe('ACTIVE');
  });

  it.each([9_007_199_254_740_992, 1e21, 0.5, -1, ' ', 'x'.repeat(201), 'half\ud800'])('takes %j for no id', (id) => {
    expect(readSubscription(makePurchaseState({ id }))).toEqual({ ok: false, reason: 'id is missing or unreadable' });
  });

  it('has no card when its date cannot be read, and says so', () => {
    expect(read({ pmtMth: { id: 'card', lastDigits: '4242', updatedDate: 'May 2031' } })).toMatchObject({
      row: { subscription: { paymentMethod: null } },
      notes: ['pmtMth.updatedDate is not a date'],
    });
  });

  it('keeps the next order to the letter', () => {
    for (const iso of ['2026-11-05T14:30:00.000Z', '2026-11-05T09:30:00-05:00', '2026-11-05T14:30:00Z']) {
      expect(read({ nextBillingDate: iso }).row.subscription).toMatchObject({
        nextOrderIso: iso,
        nextOrderAt: Date.UTC(2026, 10, 5, 14, 30),
      });
    }
  });

  it('drops a next order that is not a date, and says so', () => {
    expect(read({ nextBillingDate: 'next Thursday' })).toMatchObject({
      row: { subscription: { nextOrderIso: null, nextOrderAt: null } },
      notes: ['nextBillingDate is not a date'],
    });
  });

  it('knows a migrated subscription by its external id', () => {
    expect(read({ externalSubscriptionId: 'old-1' }).row.subscription.isMigrated).toBe(true);
    expect(read({ externalSubscriptionId: '' }).row.subscription.isMigrated).toBe(false);
  });

  it('passes names and titles through as data, cut to 500 characters', () => {
    const names = ['Zoë 😀', 'שָׁלוֹם', '<script>alert(1)</script>', "Robert'); DROP TABLE customers;--", '{first_name}'];
    const custRel = { id: 'c' };
    for (const name of names) {
      const { row } = read({
        custRel: { ...custRel, firstName: name },
        stLineItems: [{ vnt: { purchasableVariantName: name } }],
      });
      expect([row.customer.firstName, ...row.subscription.productTitles]).toEqual([name, name]);
    }
    const long = read({ custRel: { ...custRel, firstName: `${'x'.repeat(499)}😀` } }).row.customer.firstName;
    expect(long).toBe('x'.repeat(499));
  });

  it('reads numbers where text is expected', () => {
    const { row } = read({
      id: 5,
      shopifyId: 77,
      sellingPlanId: 680_002,
      totalEstimatedNet: 2500,
      custRel: { id: 9, shopifyId: 11 },
    });
    expect(row).toMatchObject({
      subscription: { id: '5', platformNumber: '77', customerId: '9', sellingPlanId: '680002', totalCents: 2500 },
      customer: { platformNumber: '11' },
    });
  });

  it.each([
    ['2500', 2500],
    ['-100', null],
    ['0', 0],
    ['25.00', null],
    ['1e3', null],
    ['', null],
    ['99999999999999999999', null],
  ])('reads the amount %j as %j cents', (text, cents) => {
    expect(read({ totalEstimatedNet: text }).row.subscription.totalCents).toBe(cents);
  });

  it('lists each phone candidate once and no empty ones', () => {
    const custRel = { id: 'c', phone: ' ', inferredPhone: '+15555550123' };
    expect(read({ custRel, shippingAddress: { phone: ' +15555550123 ' } }).row.phones).toEqual(['+15555550123']);
    expect(read({ custRel: { id: 'c' }, shippingAddress: null }).row.phones).toEqual([]);
  });

  it('skips line items without a title', () => {
    const stLineItems = [
      {},
      null,
      { vnt: null },
      { vnt: { purchasableVariantName: '' } },
      { vnt: { purchasableVariantName: 'Tea' } },
    ];
    expect(read({ stLineItems }).row.subscription.productTitles).toEqual(['Tea']);
  });

  it("takes Shopify's date of a card only when Smartrr gives none", () => {
    const card = { id: 'p1', shopifyUpdateDate: '2026-04-30T00:00:00.000Z' };
    expect(read({ pmtMth: card }).row.subscription.paymentMethod?.updatedAt).toBe('2026-04-30T00:00:00.000Z');
    expect(read({ pmtMth: { id: 'p1' } }).row.subscription.paymentMethod).toEqual({
      id: 'p1',
      lastDigits: null,
      updatedAt: '',
    });
    expect(read({ pmtMth: { lastDigits: '4242' } }).row.subscription.paymentMethod).toBeNull();
  });

  it.each([
    [{ billingTime: '25:00', billingTimezone: 'America/New_York' }],
    [{ billingTime: '09:30:00', billingTimezone: 'Mars/Olympus' }],
    [{ billingTime: '09:30:00' }],
    [{ billingTimezone: 'America/New_York' }],
    [null],
    ['New York'],
  ])('has no billing run from %j', (sellingOrganization) => {
    expect(read({ custRel: { id: 'c', sellingOrganization } }).row.billingRun).toBeNull();
  });
});
