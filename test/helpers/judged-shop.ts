import { judge } from '../../main/practice/judge.ts';
import type { EngineRecord, Rules } from '../../main/practice/judge-types.ts';
import type { PracticeLedger } from '../../main/practice/ledger.ts';
import { instantOf } from '../../shared/domain/calendar.ts';
import { day } from './core-shop.ts';

/** What both sides know of a small shop in which everything is as it should be, and the judge to hold it against. */

const zone = 'America/New_York';
export const startedAt = instantOf(zone, '2027-03-01', '10:00');
export const at = (date: string, time: string): number => instantOf(zone, date, time);
/** An event that took effect at once. */
export const takenIn = (date: string, time: string) => ({ at: at(date, time), arrivedAt: at(date, time) });

export const rules: Rules = {
  timeZone: zone,
  billing: { time: '09:30', timeZone: zone },
  leadDays: 3,
  minimumNoticeHours: 24,
  window: { opens: '11:00', closes: '21:00' },
  startedAt,
  endedAt: startedAt + 14 * day,
};

export const order = { subscriptionId: 's-1', customerId: 'c-1', orderDate: '2027-03-06' };
export const event = {
  ...order,
  eventType: 'smartrr_upcoming_order',
  externalId: 'upcoming:s-1:2027-03-06:3',
  ...takenIn('2027-03-03', '11:00'),
  properties: {},
  wasAnswered: true,
  wasDropped: false,
};
export const skip = { ...order, at: at('2027-03-03', '12:01'), newOrderDate: '2027-04-05', by: 'API' } as const;
export const reply = {
  id: 'im_1',
  at: at('2027-03-03', '12:00'),
  customerId: 'c-1',
  body: 'SKIP',
  meant: 'skip',
  namedOrder: { subscriptionId: 's-1', orderDate: '2027-03-06' },
} as const;
export const confirmation = {
  ...event,
  eventType: 'smartrr_order_skipped',
  externalId: 'skipped:s-1:2027-03-06',
  ...takenIn('2027-03-03', '12:01'),
};
export const tested = { ...event, externalId: 'test:upcoming_order:a' };
const failure = {
  trigger: 'payment_method_failed',
  at: at('2027-03-05', '09:35'),
  customerId: 'c-2',
  subscriptionId: 's-2',
  billId: '7',
  retryCount: 0,
  paymentMethodId: null,
  stamp: null,
} as const;
export const failed = {
  ...event,
  subscriptionId: 's-2',
  customerId: 'c-2',
  orderDate: '2027-03-05',
  eventType: 'smartrr_payment_method_failed',
  externalId: 'payment-failed:7:0',
  ...takenIn('2027-03-05', '11:00'),
};

/** One customer who skips by reply and one whose card fails: everything as it should be. */
export const sound: PracticeLedger = {
  events: [event, confirmation, failed],
  skips: [skip],
  unskips: [],
  replies: [reply],
  facts: [failure],
  orders: [
    { ...order, from: startedAt - 20 * day, until: skip.at, ended: 'skipped' },
    { ...order, orderDate: '2027-04-05', from: skip.at, until: null, ended: null },
  ],
  faults: {},
};

export const soundRecord: EngineRecord = {
  deliveries: sound.events.map(({ externalId }) => ({
    key: externalId ?? '',
    state: 'accepted',
    isTest: false,
    mayHaveArrived: false,
  })),
  decisions: [],
  replies: [{ id: 'im_1', reason: 'skipped' }],
};

/** What the judge finds when both sides are doctored like this; the count, then the findings. */
export function setUp(ledger: Partial<PracticeLedger> = {}, record: Partial<EngineRecord> = {}) {
  const { findings, ...counts } = judge({ ...sound, ...ledger }, { ...soundRecord, ...record }, rules);
  return { findings, wrong: Object.entries(counts).flatMap(([name, count]) => (count === 0 ? [] : [name])) };
}
