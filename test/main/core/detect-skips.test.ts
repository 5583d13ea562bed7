import { describe, expect, it } from 'vitest';
import { detectTriggers, type DetectionInput } from '../../../main/core/detect-triggers.ts';
import { day, hour, makeSubscription, noon } from '../../helpers/core-shop.ts';
import { detect, makeEvent, makeInput } from '../../helpers/detection.ts';

const skip = makeEvent('SKIP', '2027-03-04');
const unskip = makeEvent('UNSKIP', '2027-03-04', { at: noon - 1 });
const noticed = new Set(['2027-03-04']);
const announced = 'skipped:subscription-1:2027-03-04';
/** After the skip: the order of April 3 is next. */
const after = makeSubscription({ nextOrderIso: '2027-04-03T14:30:00.000Z', updatedAt: noon - hour });
/** Keeps the line about the missing notice out of the table. */
const before = makeSubscription({ noticeOrderDate: '2027-03-04' });

const detectSkip = (change: Partial<DetectionInput>): string[] => detect({ before, after, events: [skip], ...change });
const everySkip = { settings: { ...makeInput().settings, announceEverySkip: true } };

describe('Skipped Order of a skip on the platform', () => {
  it.each<[string, string[], Partial<DetectionInput>]>([
    ['announces the customer’s own skip after a notice', [announced], { noticedOrders: noticed }],
    ['is silent without a notice, and says why', ['not_noticed'], {}],
    ['announces it without a notice where the shop wants every skip', [announced], everySkip],
    [
      'is silent about a skip by the shop',
      ['skipped_by_shop'],
      { noticedOrders: noticed, events: [{ ...skip, createdBy: 'AGENT' }] },
    ],
    [
      'is silent about a skip by a script, even where every skip is wanted',
      ['skipped_by_shop'],
      { ...everySkip, events: [{ ...skip, createdBy: 'SCRIPT' }] },
    ],
    [
      'leaves a skip by a reply to the skip procedure',
      [],
      { noticedOrders: noticed, repliedSkips: noticed, events: [{ ...skip, createdBy: 'API' }] },
    ],
    [
      'is silent about our own entry of a skip that we took back',
      [],
      { noticedOrders: noticed, undoneSkips: noticed, events: [{ ...skip, createdBy: 'API' }, unskip] },
    ],
    [
      'announces a skip of the customer’s own after ours was taken back',
      [announced],
      { noticedOrders: noticed, undoneSkips: noticed, events: [{ ...skip, id: 'later', at: noon }, unskip] },
    ],
    ['is silent about a skip that was taken back', ['skip_undone'], { noticedOrders: noticed, events: [skip, unskip] }],
    [
      'announces a skip after an earlier one was taken back',
      [announced],
      { noticedOrders: noticed, events: [{ ...skip, id: 'later', at: noon }, unskip] },
    ],
    [
      'is silent about an out-of-stock skip',
      [],
      { noticedOrders: noticed, events: [makeEvent('OOS_AUTOMATIC_SKIP', '2027-03-04')] },
    ],
    [
      'is silent about a refused skip',
      [],
      { noticedOrders: noticed, events: [makeEvent('FAILED_SKIP', '2027-03-04')] },
    ],
    [
      'is silent about what is older than the baseline',
      [],
      { noticedOrders: noticed, events: [{ ...skip, at: noon - 20 * day }] },
    ],
    ['is silent on the first look', ['baseline'], { before: undefined, noticedOrders: noticed }],
    [
      'is silent when the subscription has ended since',
      ['subscription_ended'],
      { before, noticedOrders: noticed, after: makeSubscription({ ...after, status: 'EXPIRED' }) },
    ],
    [
      'takes the order that was next for a skip that names none',
      [announced],
      { noticedOrders: noticed, events: [{ ...skip, orderIso: null }] },
    ],
    [
      'waits while the row still shows the order as the next one: it is older than its log',
      [],
      { noticedOrders: noticed, after: makeSubscription() },
    ],
    [
      'says that a skip was undone when its order was charged after all',
      ['skip_undone'],
      { noticedOrders: noticed, events: [skip, makeEvent('CREATE_BILL', '2027-03-04', { at: noon })] },
    ],
    [
      'believes the bill too that the order was charged after all',
      ['skip_undone'],
      { noticedOrders: noticed, billedOrders: noticed },
    ],
  ])('%s', (_, expected, change) => {
    expect(detectSkip(change)).toEqual(expected);
  });

  it('names the new date and comes from the time of the skip', () => {
    const [delivery] = detectTriggers(makeInput({ before, after, events: [skip], noticedOrders: noticed })).deliveries;
    expect(delivery).toMatchObject({
      orderDate: '2027-03-04',
      occurredAt: skip.at,
      isUrgent: false,
      properties: { new_delivery_date: 'April 3, 2027', order_date: 'March 4, 2027', order_date_iso: '2027-03-04' },
    });
  });

  it('announces two skipped orders as two facts', () => {
    const both = [skip, makeEvent('SKIP', '2027-04-03')];
    const later = makeSubscription({ nextOrderIso: '2027-05-03T14:30:00.000Z' });
    expect(detectSkip({ ...everySkip, events: both, after: later })).toEqual([
      announced,
      'skipped:subscription-1:2027-04-03',
    ]);
  });

  it('decides the same fact when it looks again', () => {
    const look = () => detectTriggers(makeInput({ before, after, events: [skip] })).decisions.map(({ fact }) => fact);
    expect(look()).toEqual(['refused:skipped:subscription-1:2027-03-04']);
    expect(look()).toEqual(look());
  });
});
