import { readHold, clearHold } from '../../core/hold.ts';
import { allowVolume, releaseStorm } from '../../core/storm-guard.ts';
import { planNotices } from '../../core/plan-notices.ts';
import { billingClock } from '../../core/sync-platform.ts';
import { saveSettings } from '../../db/shop.ts';
import { redateOrders } from '../../db/subscriptions.ts';
import { dateIn } from '../../../shared/domain/calendar.ts';
import type { Handlers } from '../../../shared/ipc/contract.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { EngineContext } from '../context.ts';
import { waitBriefly } from '../wait-briefly.ts';
import { mostNoticesAhead } from './status.ts';

type Channels = 'settings.get' | 'settings.save' | 'sending.setOn' | 'sending.releaseHold';

export function settingsHandlers(context: EngineContext): Pick<Handlers, Channels> {
  const { active, changed } = context;
  return {
    'settings.get': () => ok(active().store.settings()),
    'settings.save': (change) => {
      const shop = active();
      const before = shop.store.settings();
      shop.store.transaction(() => {
        saveSettings(shop.db, change);
        // An order's date is its day in the shop's zone: another zone, other dates.
        const { timeZone = before.timeZone } = change;
        if (timeZone !== before.timeZone) redateOrders(shop.db, (at) => dateIn(timeZone, at));
      });
      shop.store.forgetSettings();
      if (context.practice() === undefined) context.real.settingsChanged();
      changed();
      return ok(shop.store.settings());
    },
    'sending.setOn': async ({ on }) => {
      const shop = active();
      const { store, clock } = shop;
      if (on && shop.clients().channel === null) {
        return fail('not_connected', 'Postscript is not connected.', 'Paste the private key in Settings first.');
      }
      // The person saw how many notices go out first and on the days after; that many are no storm.
      if (on) allowVolume(store, mostNoticesAhead(shop), clock.now());
      saveSettings(shop.db, { sendingOn: on });
      store.forgetSettings();
      if (on) {
        planNotices(store, billingClock(store), clock.now());
        await waitBriefly(shop.deliver());
      }
      changed();
      return ok({});
    },
    'sending.releaseHold': async () => {
      const { store, clock, deliver } = active();
      const hold = readHold(store, clock.now());
      if (hold === undefined) return ok({});
      if (hold.kind === 'storm') releaseStorm(store, clock.now());
      else clearHold(store, hold.kind);
      await waitBriefly(deliver());
      changed();
      return ok({});
    },
  };
}
