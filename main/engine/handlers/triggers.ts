import { randomUUID } from 'node:crypto';
import { registerTriggers } from '../../core/register-triggers.ts';
import { prepareTest, queueTest } from '../../core/send-test.ts';
import { currentCopy } from '../../core/write-template.ts';
import { findNewestAccepted } from '../../db/newest-accepted.ts';
import { saveSettings, sumHours } from '../../db/shop.ts';
import { countNotAccepted, findNewestRefusal, readLine } from '../../db/trigger-log.ts';
import { deriveSetUp } from '../../../shared/domain/set-up.ts';
import { isReadyCopy } from '../../../shared/domain/template.ts';
import { triggerNames, type TriggerName } from '../../../shared/domain/triggers.ts';
import type { Handlers, Output } from '../../../shared/ipc/contract.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { EngineContext } from '../context.ts';
import type { Shop } from '../shop.ts';
import { waitBriefly } from '../wait-briefly.ts';

type Channels =
  'triggers.list' | 'triggers.setEnabled' | 'triggers.register' | 'triggers.previewTest' | 'triggers.sendTest';

const DAY_MS = 86_400_000;
const notConnected = fail('not_connected', 'Postscript is not connected.', 'Paste the private key in Settings first.');

export function triggerHandlers({ active, changed }: EngineContext): Pick<Handlers, Channels> {
  return {
    'triggers.list': () => ok(triggerNames.map((trigger) => toView(active(), trigger))),
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

function toView({ db, store, clock, clients }: Shop, trigger: TriggerName): Output<'triggers.list'>[number] {
  const now = clock.now();
  const registered = store.mark(`registered:${trigger}`);
  const registeredAt = registered === undefined ? null : Number(registered);
  const acceptedAt = findNewestAccepted(db, { trigger, isTest: 0 })?.finishedAt ?? null;
  const isKnownToPostscript =
    registeredAt !== null || acceptedAt !== null || findNewestAccepted(db, { trigger, isTest: 1 }) !== undefined;
  const newestRefusal = findNewestRefusal(db, trigger) ?? null;
  const { count, nextDueAt } = readLine(db, trigger);
  const copy = currentCopy(store, trigger);
  const isCopyReady = isReadyCopy(copy, trigger);
  const isEnabled = store.settings().enabledTriggers[trigger] === true;
  return {
    trigger,
    isEnabled,
    registeredAt,
    isKnownToPostscript,
    setUp: deriveSetUp({
      isConnected: clients().channel !== null,
      isEnabled,
      isKnownToPostscript,
      confirmations: store.findConfirmations(trigger),
      copy,
      isCopyReady,
      lastAcceptedAt: acceptedAt,
      lastRefusedAt: newestRefusal?.at ?? null,
    }),
    isCopyReady,
    lastAcceptedAt: acceptedAt,
    acceptedInDay: sumHours(db, `accepted:${trigger}`, now - DAY_MS, now),
    nextDueAt,
    open: count,
    notAccepted: countNotAccepted(db, trigger),
    newestRefusal,
  };
}
