import { describe, expect, it } from 'vitest';
import { readBill, readBillMoment, readEvent } from '../../../../main/api/smartrr/bill-row.ts';
import { parseRuleFrequency, toFrequency } from '../../../../main/api/smartrr/frequency.ts';
import { parseInstant } from '../../../../main/api/smartrr/instants.ts';
import { readSellingPlans } from '../../../../main/api/smartrr/selling-plans.ts';
import { makePurchaseState } from './purchase-state.ts';

describe('parseInstant', () => {
  const at = Date.UTC(2026, 10, 5, 14, 30);

  it.each([
    ['2026-11-05T14:30:00.000Z', at],
    ['2026-11-05T14:30Z', at],
    ['2026-11-05T09:30:00-05:00', at],
    ['2026-11-05T14:30:00', at],
    ['2026-11-05 14:30:00.000', at],
    ['2026-11-05T14:30:00.123456', at + 123],
    ['2026-11-05', Date.UTC(2026, 10, 5)],
  ])('reads %s, as UTC when it names no zone', (text, expected) => {
    expect(parseInstant(text)).toBe(expected);
  });

  it.each([
    '',
    '5',
    '2026',
    '11/05/2026',
    'Thu Nov 05 2026',
    '2026-13-45T00:00:00Z',
    '2027-02-31',
    '2027-02-29T10:00:00Z',
    '2026-11-05T24:00:00Z',
    'next week',
    '1762353000000',
  ])('does not take %j for a date', (text) => {
    expect(parseInstant(text)).toBeNull();
  });
});

describe('frequencies', () => {
  it.each([
    ['FREQ=DAILY', { count: 1, unit: 'DAY' }],
    ['RRULE:FREQ=WEEKLY;INTERVAL=2', { count: 2, unit: 'WEEK' }],
    ['DTSTART:20260101T000000Z\nRRULE:INTERVAL=3;FREQ=MONTHLY;BYMONTHDAY=31', { count: 3, unit: 'MONTH' }],
    ['FREQ=YEARLY;INTERVAL=1;COUNT=5', { count: 1, unit: 'YEAR' }],
    ['freq=weekly;interval=4', { count: 4, unit: 'WEEK' }],
  ])('reads the rule %j', (rule, frequency) => {
    expect(parseRuleFrequency(rule)).toEqual(frequency);
  });

  it.each([
    '',
    'FREQ=HOURLY',
    'INTERVAL=2',
    'FREQ=WEEKLY;INTERVAL=0',
    'FREQ=WEEKLY;INTERVAL=2.5',
    'FREQ=WEEKLY;INTERVAL=-2',
    'FREQ=WEEKLY;INTERVAL=99999',
    'FREQ=',
    'nonsense',
    'XFREQ=WEEKLY',
  ])('reads nothing from %j', (rule) => {
    expect(parseRuleFrequency(rule)).toBeNull();
  });

  it('knows only the documented intervals', () => {
    expect(toFrequency('month', 2)).toEqual({ count: 2, unit: 'MONTH' });
    expect([toFrequency('QUARTER', 1), toFrequency(null, 1), toFrequency('DAY', null), toFrequency('DAY', 0)]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});

describe('readSellingPlans', () => {
  it('knows a plan by number and GID, and takes the delivery interval of a prepaid one', () => {
    const prepaid = {
      shopifyNumericId: 680_002,
      shopifyId: 'gid://shopify/SellingPlan/680002',
      name: 'Monthly, prepaid for a year',
      billingPolicy: { interval: 'YEAR', intervalCount: 1 },
      deliveryPolicy: { interval: 'MONTH', intervalCount: 1 },
    };
    expect(readSellingPlans([{ sellingPlans: [prepaid] }])).toEqual([
      { ids: ['680002', 'gid://shopify/SellingPlan/680002'], frequency: { count: 1, unit: 'MONTH' } },
    ]);
  });

  it('keeps a plan whose interval is unknown, and leaves out what nothing can refer to', () => {
    const groups = [
      { sellingPlans: [{ shopifyId: 'gid://shopify/SellingPlan/7', deliveryPolicy: null }, { name: 'no id' }, null] },
      { sellingPlans: null },
      'odd',
    ];
    expect(readSellingPlans(groups)).toEqual([{ ids: ['gid://shopify/SellingPlan/7', '7'], frequency: null }]);
  });
});

describe('readBill', () => {
  const bill = {
    id: 4711,
    status: 'failed',
    retryCount: 2,
    billingDate: '2026-11-05T14:30:00.000Z',
    createdDate: '2026-11-05T14:30:01.000Z',
    updatedDate: '2026-11-06T14:30:00.000Z',
    error: 'card_declined',
    st: makePurchaseState(),
  };

  it('reads every field that we use', () => {
    expect(readBill(bill)).toEqual({
      ok: true,
      notes: [],
      row: {
        id: '4711',
        subscriptionId: '5b0c1f0a-0000-4000-8000-000000000001',
        customerId: '5b0c1f0a-0000-4000-8000-0000000000c1',
        status: 'failed',
        retryCount: 2,
        billingAt: Date.UTC(2026, 10, 5, 14, 30),
        updatedAt: Date.UTC(2026, 10, 6, 14, 30),
        error: 'card_declined',
      },
    });
  });

  it('takes whose it is from the caller when the answer does not repeat it', () => {
    const known = { subscriptionId: 's1', customerId: 'c1' };
    expect(readBill({ ...bill, st: undefined }, known)).toMatchObject({ row: known });
    expect(readBill({ ...bill, st: undefined })).toEqual({ ok: false, reason: 'st.id is missing or unreadable' });
    expect(readBill({ ...bill, st: { id: 's1' } })).toEqual({
      ok: false,
      reason: 'st.custRel.id is missing or unreadable',
    });
  });

  it('reads a count written as text, and needs it only for a failed bill', () => {
    expect(readBill({ ...bill, retryCount: '1' })).toMatchObject({ row: { retryCount: 1 } });
    expect(readBill({ ...bill, status: 'succeeded', retryCount: null })).toMatchObject({ row: { retryCount: 0 } });
    expect(readBill({ ...bill, retryCount: undefined })).toEqual({
      ok: false,
      reason: 'retryCount of a failed bill is missing',
    });
  });

  it('cannot keep a bill whose status is missing or unknown', () => {
    expect(readBill({ ...bill, status: 'refunded' })).toEqual({
      ok: false,
      reason: 'status is "refunded", which is unknown',
    });
    expect(readBill({ ...bill, status: null })).toEqual({ ok: false, reason: 'status is missing' });
  });

  it('falls back to the creation date', () => {
    expect(readBill({ ...bill, updatedDate: null, billingDate: null })).toMatchObject({
      row: { updatedAt: Date.UTC(2026, 10, 5, 14, 30, 1), billingAt: null },
    });
    expect(readBill({ ...bill, updatedDate: null, createdDate: null }).ok).toBe(false);
  });
});

describe('readBillMoment', () => {
  it('reads an audit row', () => {
    const row = { id: 471_100, billId: 4711, status: 'failed', retryCount: 0, createdDate: '2026-11-05T14:31:00.000Z' };
    expect(readBillMoment(row, '4711')).toEqual({
      ok: true,
      notes: [],
      row: { billId: '4711', status: 'failed', retryCount: 0, at: Date.UTC(2026, 10, 5, 14, 31), error: null },
    });
    expect(readBillMoment({ ...row, billId: undefined }, '4711')).toMatchObject({ row: { billId: '4711' } });
  });
});

describe('readEvent', () => {
  const event = {
    id: 'e1',
    eventDate: '2026-11-01T00:00:00.000Z',
    eventType: 'SKIP',
    createdBy: 'API',
    eventData: { orderDate: '2026-11-05T14:30:00.000Z', billId: 5 },
  };

  it('keeps the date of the order as it was written', () => {
    expect(readEvent(event)).toEqual({
      ok: true,
      notes: [],
      row: {
        id: 'e1',
        type: 'SKIP',
        at: Date.UTC(2026, 10, 1),
        createdBy: 'API',
        orderIso: '2026-11-05T14:30:00.000Z',
      },
    });
  });

  it('lets unknown types and authors pass', () => {
    expect(readEvent({ ...event, eventType: 'NEW_THING', createdBy: 'ROBOT', eventData: null })).toMatchObject({
      row: { type: 'NEW_THING', createdBy: 'ROBOT', orderIso: null },
    });
    expect(readEvent({ ...event, createdBy: null })).toMatchObject({ row: { createdBy: '' } });
  });

  it.each(['id', 'eventDate', 'eventType'])('cannot read an entry without %s', (name) => {
    expect(readEvent({ ...event, [name]: null })).toEqual({ ok: false, reason: `${name} is missing or unreadable` });
  });
});
