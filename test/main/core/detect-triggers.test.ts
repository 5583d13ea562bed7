import { describe, expect, it } from 'vitest';
import { detectTriggers, type DetectionInput } from '../../../main/core/detect-triggers.ts';
import { day, hour, makeSubscription, noon } from '../../helpers/core-shop.ts';
import { detect, makeEvent, makeInput } from '../../helpers/detection.ts';

const fresh = { createdAt: noon - hour, updatedAt: noon - hour };
const created = (change: Parameters<typeof makeSubscription>[0] = {}): Partial<DetectionInput> => ({
  before: undefined,
  after: makeSubscription({ ...fresh, ...change }),
});

describe('Subscription Created', () => {
  it.each<[string, string[], Partial<DetectionInput>]>([
    ['announces a subscription made after the baseline', ['created:subscription-1'], created()],
    ['announces it during the first sync too', ['created:subscription-1'], { ...created(), isFirstSync: true }],
    ['announces one that was paused at once', ['created:subscription-1'], created({ status: 'PAUSED' })],
    ['is silent about the baseline', [], { before: undefined, after: makeSubscription(), isFirstSync: true }],
    ['is silent at the instant of the baseline', [], { ...created(), baselineAt: noon - hour, isFirstSync: true }],
    ['says why when an older one shows up later', ['baseline'], { before: undefined, after: makeSubscription() }],
    ['is silent about a migrated one, and says why', ['migrated'], created({ isMigrated: true })],
    ['says why about one that has ended already', ['subscription_ended'], created({ status: 'EXPIRED' })],
    ['finds nothing in a subscription that did not change', [], {}],
  ])('%s', (_, expected, change) => {
    expect(detect(change)).toEqual(expected);
  });

  it('carries the tags that the seed promises', () => {
    const [delivery] = detectTriggers(makeInput(created({ frequency: { count: 2, unit: 'WEEK' } }))).deliveries;
    expect(delivery).toMatchObject({
      trigger: 'subscription_created',
      occurredAt: noon - hour,
      deadlineAt: noon + 3 * day,
      isUrgent: false,
      properties: {
        account_page_link: 'https://fern.example/account',
        delivery_frequency: '2',
        delivery_frequency_unit: 'weeks',
        order_total: '$25.00',
      },
    });
  });
});

const card = { id: 'card-2', lastDigits: '1111', updatedAt: '2027-03-01T16:00:00.000Z' };
const updated = 'payment-updated:customer-1:card-2:2027-03-01T16:00:00.000Z';

describe('Payment Method Updated', () => {
  it.each<[string, string[], Partial<DetectionInput>]>([
    ['announces another card', [updated], { after: makeSubscription({ paymentMethod: card }) }],
    [
      'announces the same card with a new expiry',
      ['payment-updated:customer-1:card-1:2027-03-01T16:00:00.000Z'],
      { after: makeSubscription({ paymentMethod: { ...card, id: 'card-1' } }) },
    ],
    [
      'is silent when the subscription has become that of another customer, with their card',
      [],
      { after: makeSubscription({ customerId: 'customer-2', paymentMethod: card }) },
    ],
    ['is silent about the card of a new subscription', ['baseline'], { before: undefined }],
    ['is silent when the answer leaves the card out', [], { after: makeSubscription({ paymentMethod: null }) }],
    [
      'is silent when a card is seen for the first time',
      [],
      { before: makeSubscription({ paymentMethod: null }), after: makeSubscription({ paymentMethod: card }) },
    ],
  ])('%s', (_, expected, change) => {
    expect(detect(change)).toEqual(expected);
  });

  it('is one fact for one card on three subscriptions', () => {
    const keys = ['a', 'b', 'c'].flatMap((id) =>
      detect({ before: makeSubscription({ id }), after: makeSubscription({ id, paymentMethod: card }) }),
    );
    expect(new Set(keys)).toEqual(new Set([updated]));
  });
});

const cancelledAt = Date.parse('2027-03-01T16:30:00.000Z');
const cancelled = makeSubscription({ status: 'CANCELLED', cancelledAt });
const deactivated = 'deactivated:customer-1:2027-03-01T16:30:00.000Z';

describe('Customer Deactivated', () => {
  it.each<[string, string[], Partial<DetectionInput>]>([
    ['announces the last one', [deactivated, 'subscription_cancelled'], { after: cancelled }],
    [
      'announces one cancelled while it was paused',
      [deactivated],
      { before: makeSubscription({ status: 'PAUSED' }), after: cancelled },
    ],
    [
      'announces one that came and went between two looks',
      [deactivated, 'subscription_cancelled'],
      { ...created(), after: makeSubscription({ ...fresh, status: 'CANCELLED', cancelledAt }) },
    ],
    [
      'waits for the last one while another is active or paused',
      ['subscription_cancelled'],
      { after: cancelled, otherLiveSubscriptions: 1 },
    ],
    ['is silent about one cancelled before the baseline', ['baseline'], { before: undefined, after: cancelled }],
    ['is silent when it was cancelled already', [], { before: cancelled, after: cancelled }],
    [
      'is silent about one that expires or fails',
      ['subscription_ended'],
      { after: makeSubscription({ status: 'EXPIRED' }) },
    ],
    [
      'takes the time of the change when the platform does not say when',
      ['deactivated:customer-1:2027-03-01T16:00:00.000Z', 'subscription_cancelled'],
      { after: makeSubscription({ status: 'CANCELLED', updatedAt: noon - hour }) },
    ],
    [
      'is named by the later of two that were cancelled between two looks',
      ['deactivated:customer-1:2027-03-01T16:40:00.000Z', 'subscription_cancelled'],
      { after: cancelled, otherCancelledAt: Date.parse('2027-03-01T16:40:00.000Z') },
    ],
  ])('%s', (_, expected, change) => {
    expect(detect(change)).toEqual(expected);
  });

  it('fires again when a customer comes back and cancels again', () => {
    const again = makeSubscription({ id: 'subscription-2', status: 'CANCELLED', cancelledAt: cancelledAt + day });
    expect(detect({ before: makeSubscription({ id: 'subscription-2' }), after: again })).toContain(
      'deactivated:customer-1:2027-03-02T16:30:00.000Z',
    );
  });
});

/** The order of March 4 is no longer the next one. */
const gone = makeSubscription({ nextOrderIso: '2027-04-03T14:30:00.000Z' });

describe('an order that went away without a notice', () => {
  it.each<[string, string[], Partial<DetectionInput>]>([
    ['was moved', ['order_moved'], { after: gone }],
    [
      'was skipped by the customer',
      ['not_noticed', 'order_skipped'],
      { after: gone, events: [makeEvent('SKIP', '2027-03-04')] },
    ],
    [
      'was skipped because it is out of stock',
      ['order_skipped'],
      { after: gone, events: [makeEvent('OOS_AUTOMATIC_SKIP', '2027-03-04')] },
    ],
    ['was skipped by a reply', ['order_skipped'], { after: gone, repliedSkips: new Set(['2027-03-04']) }],
    ['was charged', ['order_billed'], { after: gone, events: [makeEvent('CREATE_BILL', '2027-03-04')] }],
    ['was charged, as its bill says', ['order_billed'], { after: gone, billedOrders: new Set(['2027-03-04']) }],
    ['was paused', ['subscription_paused'], { after: makeSubscription({ status: 'PAUSED' }) }],
    ['had its notice', [], { after: gone, noticedOrders: new Set(['2027-03-04']) }],
    [
      'was decided about by the planner',
      [],
      { before: makeSubscription({ noticeOrderDate: '2027-03-04' }), after: gone },
    ],
    [
      'was charged while sending was off',
      ['sending_off'],
      {
        after: gone,
        billedOrders: new Set(['2027-03-04']),
        settings: { ...makeInput().settings, sendingOn: false },
      },
    ],
    [
      'was charged while the trigger was off',
      ['trigger_off'],
      {
        after: gone,
        billedOrders: new Set(['2027-03-04']),
        settings: {
          ...makeInput().settings,
          enabledTriggers: { ...makeInput().settings.enabledTriggers, upcoming_order: false },
        },
      },
    ],
  ])('%s', (_, expected, change) => {
    expect(detect(change)).toEqual(expected);
  });
});
