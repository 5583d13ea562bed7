import { describe, expect, it } from 'vitest';
import { createForecaster } from '../../../main/core/forecast-notice.ts';
import { instantOf } from '../../../shared/domain/calendar.ts';
import type { ForecastNotice, UpcomingOrder } from '../../../shared/domain/forecast.ts';
import { defaultSettings, type ShopSettings } from '../../../shared/domain/settings.ts';
import { hour } from '../../helpers/core-shop.ts';

const zone = 'America/New_York';
const billing = { time: '09:30', timeZone: zone };
/** Thursday, March 18; its notice is due on Monday, March 15, the day after the clocks went forward. */
const orderDate = '2027-03-18';
const dueAt = instantOf(zone, '2027-03-15', '11:00');
const now = instantOf(zone, '2027-03-12', '16:00');
const deadlineAt = instantOf(zone, '2027-03-17', '09:30');

const notice: ForecastNotice = {
  id: 1,
  key: `upcoming:s-1:${orderDate}:3`,
  state: 'accepted',
  reason: 'accepted',
  dueAt,
  deadlineAt,
  mayHaveLeft: true,
};
const inLine: ForecastNotice = { ...notice, state: 'planned', reason: 'queued', mayHaveLeft: false };
const dropped: ForecastNotice = { ...notice, state: 'suppressed', reason: 'order_moved', mayHaveLeft: false };

function forecast(order: Partial<UpcomingOrder> = {}, settings: Partial<ShopSettings> = {}, at = now, through = -1) {
  return createForecaster({ ...defaultSettings, ...settings }, billing, at, { through, replaced: null })({
    subscriptionId: 's-1',
    orderDate,
    orderAt: instantOf(zone, orderDate, '09:30'),
    createdAt: 0,
    isPaused: false,
    hasRecipient: true,
    isBilled: false,
    isPlanned: false,
    notice: null,
    decided: null,
    ...order,
  });
}

const goes = (goesAt: number) => ({ outcome: 'goes', goesAt, reason: null });
const not = (reason: string) => ({ outcome: 'will_not', goesAt: null, reason });
const noticed = { outcome: 'noticed', goesAt: null, reason: 'already_noticed' };

describe('createForecaster', () => {
  it('names the opening of the window, so many calendar days before, over a clock change too', () => {
    expect(forecast()).toEqual(goes(dueAt));
    expect(forecast({}, { leadDays: 5, window: { opens: '08:15', closes: '10:00' } })).toEqual(
      goes(instantOf(zone, '2027-03-13', '08:15')),
    );
  });

  it('lets what is late go at once, or at the next opening, while it is in time', () => {
    const evening = instantOf(zone, '2027-03-15', '22:00');
    expect(forecast({}, {}, dueAt + hour)).toEqual(goes(dueAt + hour));
    expect(forecast({}, {}, evening)).toEqual(goes(instantOf(zone, '2027-03-16', '11:00')));
    expect(forecast({}, { minimumNoticeHours: 48 }, evening)).toEqual(not('too_late'));
  });

  it('says of an order whose notice was due before a restore that it may have had it', () => {
    expect(forecast({}, {}, dueAt + hour, dueAt)).toEqual(not('restored'));
    expect(forecast({}, {}, dueAt - hour, dueAt - 1)).toEqual(goes(dueAt));
    // Younger than the restore.
    expect(forecast({ createdAt: dueAt + 1 }, {}, dueAt + hour, dueAt)).toEqual(goes(dueAt + hour));
  });

  it.each([
    ['the subscription is paused', { isPaused: true }, 'subscription_paused'],
    ['nobody can be reached', { hasRecipient: false }, 'no_recipient'],
    ['the order is being billed', { isBilled: true }, 'order_billed'],
    ['its notice in line meets a bill', { isPlanned: true, notice: inLine, isBilled: true }, 'order_billed'],
    ['the planner found it too late', { isPlanned: true, decided: 'too_late' }, 'too_late'],
    ['the planner found nobody', { isPlanned: true, decided: 'no_recipient' }, 'no_recipient'],
    ['its notice was dropped for good', { isPlanned: true, notice: dropped }, 'order_moved'],
    ['its dropped notice may have left', { notice: { ...dropped, mayHaveLeft: true } }, 'order_moved'],
  ] as const)('says why not when %s', (_, order, reason) => {
    expect(forecast(order)).toEqual(not(reason));
  });

  it('brings no second notice under other lead days beside a dropped one that may have left', () => {
    const order = { notice: { ...dropped, mayHaveLeft: true } };
    for (const leadDays of [1, 5, 30]) expect(forecast(order, { leadDays })).toEqual(not('order_moved'));
    expect(forecast({ notice: dropped }, { leadDays: 5 })).toMatchObject({ outcome: 'goes' });
  });

  it('takes up again a notice that was dropped before anything left', () => {
    expect(forecast({ notice: dropped })).toEqual(goes(dueAt));
  });

  it.each(['sending', 'accepted', 'unknown', 'failed'] as const)(
    'brings no second notice beside one that is %s, whatever the lead days become',
    (state) => {
      const order = { isPlanned: true, notice: { ...notice, state } };
      expect(forecast(order)).toEqual(noticed);
      for (const leadDays of [1, 2, 5, 30]) expect(forecast(order, { leadDays })).toEqual(noticed);
      // Nor when the order is thought about anew.
      expect(forecast({ ...order, isPlanned: false }, { leadDays: 5 })).toEqual(noticed);
    },
  );

  it('counts an order as noticed whose notice stands under the date of another zone', () => {
    expect(forecast({ isPlanned: true })).toEqual(noticed);
  });

  it('moves what is in line with the window only, and up to its own deadline', () => {
    const order = { isPlanned: true, notice: inLine };
    expect(forecast(order, { leadDays: 30 })).toEqual(goes(dueAt));
    expect(forecast(order, { window: { opens: '09:00', closes: '20:00' } })).toEqual(goes(dueAt));
    expect(forecast(order, { window: { opens: '15:00', closes: '20:00' } })).toEqual(
      goes(instantOf(zone, '2027-03-15', '15:00')),
    );
    expect(forecast(order, {}, deadlineAt + 1)).toEqual(not('too_late'));
  });
});
