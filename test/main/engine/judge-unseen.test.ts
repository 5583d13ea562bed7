import { describe, expect, it } from 'vitest';
import {
  at,
  confirmation,
  event,
  failed,
  order,
  setUp,
  skip,
  sound,
  soundRecord,
  takenIn,
} from '../../helpers/judged-shop.ts';

describe('what the engine could see only as one thing', () => {
  it('takes a customer who has a new subscription by the next look for one who was never without', () => {
    const people = { customerId: 'c-3', billId: null, retryCount: null, paymentMethodId: null } as const;
    const deactivated = {
      ...people,
      trigger: 'customer_deactivated',
      subscriptionId: 's-3',
      stamp: '2027-03-05',
      at: at('2027-03-05', '12:00'),
    } as const;
    const created = { ...people, trigger: 'subscription_created', subscriptionId: 's-4', stamp: null } as const;
    const announced = {
      deliveries: [
        ...soundRecord.deliveries,
        { key: 'created:s-4', state: 'unknown', isTest: false, mayHaveArrived: false },
      ],
    } as const;
    const soon = { ...created, at: at('2027-03-05', '13:00') };
    expect(setUp({ facts: [...sound.facts, deactivated, soon] }, announced).wrong).toEqual([]);
    const late = { ...created, at: at('2027-03-06', '13:00') };
    expect(setUp({ facts: [...sound.facts, deactivated, late] }, announced).wrong).toEqual(['lostTriggers']);
  });

  it('takes a confirmation at night for the customer’s own wish where the shop came before our request', () => {
    const ledger = {
      events: [event, { ...confirmation, ...takenIn('2027-03-03', '23:00') }, failed],
      skips: [{ ...skip, by: 'AGENT' }],
    } as const;
    const skipped = { ...order, reason: 'skipped', trigger: null, fact: null } as const;
    expect(setUp(ledger).wrong).toContain('sentOutsideWindow');
    expect(setUp(ledger, { decisions: [skipped] }).wrong).not.toContain('sentOutsideWindow');
  });
});
