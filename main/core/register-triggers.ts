import type { TriggerChannel } from '../../shared/domain/remote.ts';
import { triggerNames, type TriggerName } from '../../shared/domain/triggers.ts';
import { prepareTest } from './send-test.ts';
import type { Store } from './store.ts';

export type Registration = Readonly<{ trigger: TriggerName; ok: boolean; message: string }>;

/**
 * Sends one event of each type without a recipient, so that Postscript lists it before real traffic
 * (postscript-api.md 2.3: the definition is captured even when nobody matches).
 */
export async function registerTriggers(
  store: Store,
  channel: TriggerChannel,
  uniqueId: () => string,
  now: number,
): Promise<readonly Registration[]> {
  const registrations: Registration[] = [];
  for (const trigger of triggerNames) {
    const prepared = prepareTest(store, { trigger, subscriptionId: null, phone: null }, uniqueId(), now);
    if (!prepared.ok) {
      registrations.push({ trigger, ok: false, message: prepared.error.message });
      continue;
    }
    const outcome = await channel.send({ ...prepared.value.event, externalId: `register:${trigger}:${uniqueId()}` });
    const isOk = outcome.kind !== 'error';
    if (isOk) store.setMark(`registered:${trigger}`, String(now));
    registrations.push({ trigger, ok: isOk, message: isOk ? 'Postscript accepted it.' : outcome.error.message });
  }
  return registrations;
}
