import { detectTriggers, type Detection, type DetectionInput } from '../../main/core/detect-triggers.ts';
import type { PlatformEvent } from '../../shared/domain/platform.ts';
import { defaultSettings } from '../../shared/domain/settings.ts';
import { day, hour, makeSubscription, noon } from './core-shop.ts';

/** One entry of a subscription's log, an hour before noon. */
export function makeEvent(type: string, orderDate: string | null, change: Partial<PlatformEvent> = {}): PlatformEvent {
  return {
    id: `event-${type}-${orderDate ?? 'none'}`,
    type,
    at: noon - hour,
    createdBy: 'CUSTOMER',
    orderIso: orderDate === null ? null : `${orderDate}T14:30:00.000Z`,
    ...change,
  };
}

/** A look at noon at a subscription that did not change, but for what the test says. */
export function makeInput(change: Partial<DetectionInput> = {}): DetectionInput {
  return {
    before: makeSubscription(),
    after: makeSubscription({ updatedAt: noon - hour }),
    events: [],
    orderDateOf: (iso) => iso.slice(0, 10),
    now: noon,
    settings: { ...defaultSettings, sendingOn: true, accountPageLink: 'https://fern.example/account' },
    baselineAt: noon - 20 * day,
    isFirstSync: false,
    noticedOrders: new Set(),
    repliedSkips: new Set(),
    undoneSkips: new Set(),
    billedOrders: new Set(),
    otherLiveSubscriptions: 0,
    otherCancelledAt: null,
    ...change,
  };
}

/** Keys of the deliveries, then reasons of the decisions. */
export function namesOf({ deliveries, decisions }: Detection): string[] {
  return [...deliveries.map(({ key }) => key), ...decisions.map(({ reason }) => reason)];
}

export function detect(change: Partial<DetectionInput> = {}): string[] {
  return namesOf(detectTriggers(makeInput(change)));
}
