import { randomUUID } from 'node:crypto';
import { registerTriggers } from '../../core/register-triggers.ts';
import { prepareTest, queueTest } from '../../core/send-test.ts';
import { lastAcceptedAt } from '../../db/delivery-log.ts';
import { saveSettings, sumHours } from '../../db/shop.ts';
import { addDays, dateIn, instantOf } from '../../../shared/domain/calendar.ts';
import { triggerNames } from '../../../shared/domain/triggers.ts';
import type { Handlers } from '../../../shared/ipc/contract.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { EngineContext } from '../context.ts';
import { waitBriefly } from '../wait-briefly.ts';

type Channels =
  'triggers.list' | 'triggers.setEnabled' | 'triggers.register' | 'triggers.previewTest' | 'triggers.sendTest';

const notConnected = fail('not_connected', 'Postscript is not connected.', 'Paste the private key in Settings first.');

export function triggerHandlers({ active, changed }: EngineContext): Pick<Handlers, Channels> {
  return {
    'triggers.list': () => {
      const { db, store, clock } = active();
      const settings = store.settings();
      const today = dateIn(settings.timeZone, clock.now());
      const from = instantOf(settings.timeZone, today, '00:00');
      const to = instantOf(settings.timeZone, addDays(today, 1), '00:00');
      return ok(
        triggerNames.map((trigger) => {
          const registeredAt = store.mark(`registered:${trigger}`);
          return {
            trigger,
            isEnabled: settings.enabledTriggers[trigger] === true,
            registeredAt: registeredAt === undefined ? null : Number(registeredAt),
            lastAcceptedAt: lastAcceptedAt(db, trigger, false),
            acceptedToday: sumHours(db, `accepted:${trigger}`, from, to),
          };
        }),
      );
    },
    'triggers.setEnabled': ({ trigger, isEnabled }) => {
      const shop = active();
      saveSettings(shop.db, { enabledTriggers: { ...shop.store.settings().enabledTriggers, [trigger]: isEnabled } });
      shop.store.forgetSettings();
      changed();
      return ok({});
    },
    'triggers.register': async () => {
      const shop = active();
      const { channel } = shop.clients();
      if (channel === null) return notConnected;
      const registrations = await registerTriggers(shop.store, channel, randomUUID, shop.clock.now());
      changed();
      return ok([...registrations]);
    },
    'triggers.previewTest': (request) => {
      const shop = active();
      const { channel } = shop.clients();
      if (channel === null) return notConnected;
      const prepared = prepareTest(shop.store, request, 'preview', shop.clock.now());
      if (!prepared.ok) return prepared;
      return ok({ ...channel.preview(prepared.value.event), renderedCopy: prepared.value.renderedCopy });
    },
    'triggers.sendTest': async (request) => {
      const shop = active();
      if (shop.clients().channel === null) return notConnected;
      const queued = queueTest(shop.store, request, randomUUID(), shop.clock.now());
      if (!queued.ok) return queued;
      await waitBriefly(shop.deliver());
      changed();
      return ok({ deliveryId: queued.value });
    },
  };
}
