import { describe, expect, it } from 'vitest';
import { judge } from '../../../main/practice/judge.ts';
import { day, hour } from '../../helpers/core-shop.ts';
import {
  confirmation,
  event,
  failed,
  order,
  reply,
  rules,
  setUp,
  skip,
  sound,
  soundRecord,
  startedAt,
  takenIn,
  tested,
} from '../../helpers/judged-shop.ts';

describe('the judge', () => {
  it('finds nothing wrong where nothing is', () => {
    expect(setUp()).toEqual({ findings: [], wrong: [] });
  });

  it('goes by the looks that it is told of: what was back before the next one was never away', () => {
    const gone = {
      ...order,
      orderDate: '2027-03-20',
      from: startedAt,
      until: startedAt + 2 * day,
      ended: 'moved',
    } as const;
    const back = { ...gone, from: gone.until + day, until: null, ended: null };
    const findWrong = (...days: readonly number[]) => {
      const looks = days.map((afterStart) => ({ at: startedAt + afterStart * day, believed: startedAt }));
      return judge({ ...sound, orders: [gone, back] }, soundRecord, { ...rules, looks }).undecided;
    };
    expect(findWrong(1, 4)).toBe(0);
    expect(findWrong(1, 2.5)).toBe(1);
    expect(findWrong(3.5)).toBe(0);
  });

  it('allows an order to be skipped again for another reply once its skip was taken back', () => {
    const again = { ...skip, at: skip.at + 2 * hour };
    const { newOrderDate: _, ...unskip } = { ...skip, at: skip.at + hour };
    const replies = [reply, { ...reply, id: 'im_2', at: again.at - 1 }];
    const record = { replies: [...soundRecord.replies, { id: 'im_2', reason: 'skipped' }] };
    expect(setUp({ skips: [skip, again], unskips: [unskip], replies }, record).wrong).toEqual([]);
    const late = { ...unskip, at: again.at + 1 };
    expect(setUp({ skips: [skip, again], unskips: [late], replies }, record).wrong).toEqual(['duplicateSkips']);
  });

  it.each<[string, string, Parameters<typeof setUp>]>([
    ['an event that came twice', 'duplicateEvents', [{ events: [...sound.events, event] }]],
    [
      'an event that came twice and was dropped by Postscript',
      'duplicateEvents',
      [{ events: [...sound.events, { ...event, wasDropped: true }] }],
    ],
    [
      'a second notice of one order under another id',
      'duplicateEvents',
      [
        { events: [...sound.events, { ...event, externalId: 'upcoming:s-1:2027-03-06:5' }] },
        {
          deliveries: [
            ...soundRecord.deliveries,
            { key: 'upcoming:s-1:2027-03-06:5', state: 'accepted', isTest: false, mayHaveArrived: false },
          ],
        },
      ],
    ],
    [
      'an order that was skipped twice',
      'duplicateSkips',
      [
        { skips: [skip, { ...skip, at: skip.at + hour }], replies: [reply, { ...reply, id: 'im_2' }] },
        { replies: [...soundRecord.replies, { id: 'im_2', reason: 'skipped' }] },
      ],
    ],
    [
      'a skip of another order than the one that the reply named',
      'wrongOrderSkips',
      [{ replies: [{ ...reply, namedOrder: { subscriptionId: 's-1', orderDate: '2027-03-20' } }] }],
    ],
    ['a skip that nobody asked for', 'wrongOrderSkips', [{ replies: [{ ...reply, meant: 'talk' }] }]],
    ['a skip before anybody asked for it', 'wrongOrderSkips', [{ replies: [{ ...reply, at: skip.at + 1 }] }]],
    [
      'two skips for one wish',
      'wrongOrderSkips',
      [
        {
          replies: [{ ...reply, namedOrder: null }],
          skips: [skip, { ...skip, orderDate: '2027-04-05', newOrderDate: '2027-05-05', at: skip.at + hour }],
          events: [...sound.events, { ...confirmation, externalId: 'skipped:s-1:2027-04-05', orderDate: '2027-04-05' }],
        },
        {
          deliveries: [
            ...soundRecord.deliveries,
            { key: 'skipped:s-1:2027-04-05', state: 'accepted', isTest: false, mayHaveArrived: false },
          ],
        },
      ],
    ],
    [
      'a text before the window opens',
      'sentOutsideWindow',
      [{ events: [{ ...event, ...takenIn('2027-03-03', '10:59') }, confirmation, failed] }],
    ],
    [
      'a text when the window has closed',
      'sentOutsideWindow',
      [{ events: [event, confirmation, { ...failed, ...takenIn('2027-03-05', '21:00') }] }],
    ],
    [
      'a confirmation of the customer’s own skip at night',
      'sentOutsideWindow',
      [
        {
          events: [event, { ...confirmation, ...takenIn('2027-03-03', '23:00') }, failed],
          skips: [{ ...skip, by: 'CUSTOMER' }],
        },
      ],
    ],
    [
      'a fact that was never announced and has no reason',
      'lostTriggers',
      [{ events: [event, confirmation] }, { deliveries: soundRecord.deliveries.slice(0, 2) }],
    ],
    [
      'a notice that was never sent and has no reason',
      'lostTriggers',
      [
        { events: [failed], skips: [], orders: [{ ...order, from: startedAt, until: null, ended: null }] },
        { deliveries: soundRecord.deliveries.slice(2) },
      ],
    ],
    [
      'a skip by reply that was never confirmed',
      'lostTriggers',
      [
        { events: [event, failed] },
        { deliveries: soundRecord.deliveries.filter(({ key }) => !key.startsWith('skipped')) },
      ],
    ],
    [
      'an accepted delivery that never reached Postscript',
      'lostTriggers',
      [
        {},
        {
          deliveries: [
            ...soundRecord.deliveries,
            { key: 'created:s-9', state: 'accepted', isTest: false, mayHaveArrived: false },
          ],
        },
      ],
    ],
    [
      'an event that reached Postscript and is called failed',
      'lostTriggers',
      [{}, { deliveries: soundRecord.deliveries.map((delivery) => ({ ...delivery, state: 'failed' })) }],
    ],
    ['a reply without a decision', 'undecided', [{}, { replies: [] }]],
    ['a reply whose decision is empty', 'undecided', [{}, { replies: [{ id: 'im_1', reason: null }] }]],
    [
      'an order that went away without a notice and without a reason',
      'undecided',
      [
        {
          orders: [
            ...sound.orders,
            { ...order, orderDate: '2027-03-20', from: startedAt, until: startedAt + 2 * day, ended: 'moved' },
          ],
        },
      ],
    ],
  ])('catches %s', (_, kind, [ledger, record]) => {
    const { findings, wrong } = setUp(ledger, record);
    expect(wrong).toEqual([kind]);
    expect(findings.every((finding) => finding.startsWith(`${kind}: `))).toBe(true);
  });

  it.each<[string, Parameters<typeof setUp>]>([
    [
      'a reason for what was not announced',
      [
        { events: [event, confirmation] },
        {
          deliveries: soundRecord.deliveries.slice(0, 2),
          decisions: [
            {
              fact: 'refused:payment-failed:7:0',
              reason: 'no_recipient',
              trigger: 'payment_method_failed',
              subscriptionId: 's-2',
              orderDate: null,
            },
          ],
        },
      ],
    ],
    [
      'a confirmation of a reply at night',
      [{ events: [event, { ...confirmation, ...takenIn('2027-03-03', '23:00') }, failed] }],
    ],
    [
      'an unknown delivery that did reach Postscript',
      [{}, { deliveries: soundRecord.deliveries.map((delivery) => ({ ...delivery, state: 'unknown' })) }],
    ],
    ['a test that was sent twice', [{ events: [...sound.events, tested, tested] }]],
  ])('lets pass %s', (_, [ledger, record]) => {
    expect(setUp(ledger, record).findings).toEqual([]);
  });
});
