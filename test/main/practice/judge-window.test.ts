import { expect, it } from 'vitest';
import { judge } from '../../../main/practice/judge.ts';
import { instantOf } from '../../../shared/domain/calendar.ts';
import { defaultSettings } from '../../../shared/domain/settings.ts';
import { day } from '../../helpers/core-shop.ts';

const timeZone = 'America/New_York';
const on = (time: string): number => instantOf(timeZone, '2027-03-03', time);

it.each([
  ['19:00', '23:00', 0],
  ['10:00', '12:00', 1],
])('goes by when a text came in: at %s, although it took effect at %s', (arrived, applied, count) => {
  const event = {
    at: on(applied),
    arrivedAt: on(arrived),
    eventType: 'smartrr_subscription_created',
    externalId: 'created:s-1',
    customerId: 'c-1',
    subscriptionId: 's-1',
    orderDate: null,
    properties: {},
    wasAnswered: false,
    wasDropped: false,
  };
  const ledger = { events: [event], skips: [], unskips: [], replies: [], facts: [], orders: [], faults: {} };
  const { window, leadDays, minimumNoticeHours } = defaultSettings;
  const { sentOutsideWindow } = judge(
    ledger,
    {
      deliveries: [{ key: 'created:s-1', state: 'unknown', isTest: false, mayHaveArrived: true }],
      decisions: [],
      replies: [],
    },
    {
      timeZone,
      billing: { time: '09:30', timeZone },
      leadDays,
      minimumNoticeHours,
      window,
      startedAt: on('00:00') - day,
      endedAt: on('00:00') + day,
    },
  );
  expect(sentOutsideWindow).toBe(count);
});
