import { deriveSetUp, type SetUpConfirmations } from '../../shared/domain/set-up.ts';
import type { ShopSettings } from '../../shared/domain/settings.ts';
import { isReadyCopy, renderMessage } from '../../shared/domain/template.ts';
import {
  defaultCopyOf,
  tagNames,
  tags,
  triggerNames,
  triggers,
  type TriggerName,
} from '../../shared/domain/triggers.ts';
import type { ChannelsOf } from '../../shared/ipc/contract-part.ts';
import type { Handlers, Output } from '../../shared/ipc/contract.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { customers, DAY, HOUR, NOW, pick } from './fake-data.ts';

export type FakeShop = Readonly<{
  settings: () => ShopSettings;
  saveSettings: (change: Partial<ShopSettings>) => void;
  isConnected: () => boolean;
  hasData: () => boolean;
  now: () => number;
  changed: <T>(value: T) => Result<T>;
}>;

const account = 'https://fern-and-fable.example/account';

/** The six triggers in memory, one in each state of set-up, with their templates. */
export function createFakeTriggers(shop: FakeShop): Pick<Handlers, ChannelsOf<'triggers'> | ChannelsOf<'templates'>> {
  const versions = new Map<TriggerName, Output<'templates.get'>['versions']>();
  const confirmations = new Map<TriggerName, SetUpConfirmations>(
    triggerNames.map((trigger, index) => [trigger, makeConfirmations(trigger, index, shop.hasData())]),
  );
  let lastId = 0;

  const copyOf = (trigger: TriggerName): string => versions.get(trigger)?.[0]?.copy ?? defaultCopyOf(trigger);
  const confirmationsOf = (trigger: TriggerName): SetUpConfirmations =>
    confirmations.get(trigger) ?? makeConfirmations(trigger, 3, false);

  function addVersion(trigger: TriggerName, copy: string, restoredFrom: number | null): void {
    if (copy === copyOf(trigger)) return;
    lastId += 1;
    const version = { id: lastId, copy, savedAt: shop.now(), restoredFrom };
    versions.set(trigger, [version, ...(versions.get(trigger) ?? [])]);
  }

  function confirm(trigger: TriggerName, change: Partial<SetUpConfirmations>): void {
    confirmations.set(trigger, { ...confirmationsOf(trigger), ...change });
  }

  function toView(trigger: TriggerName, index: number): Output<'triggers.list'>[number] {
    const hasData = shop.hasData();
    const copy = copyOf(trigger);
    const lastAcceptedAt = !hasData || index > 3 ? null : NOW - index * 3 * HOUR;
    const newestRefusal = hasData && index === 3 ? { deliveryId: 134, at: NOW - HOUR } : null;
    const isKnownToPostscript = hasData && index !== 4;
    const isEnabled = shop.settings().enabledTriggers[trigger];
    const isCopyReady = isReadyCopy(copy, trigger);
    return {
      trigger,
      isEnabled,
      registeredAt: isKnownToPostscript ? NOW - 20 * DAY : null,
      isKnownToPostscript,
      setUp: deriveSetUp({
        isConnected: shop.isConnected(),
        isEnabled,
        isKnownToPostscript,
        confirmations: confirmationsOf(trigger),
        copy,
        isCopyReady,
        lastAcceptedAt,
        lastRefusedAt: newestRefusal?.at ?? null,
      }),
      isCopyReady,
      lastAcceptedAt,
      acceptedInDay: hasData ? pick([4, 61, 5, 3, 0, 0], index) : 0,
      nextDueAt: hasData && index === 1 ? NOW + 2 * HOUR : null,
      open: hasData && index === 1 ? 14 : 0,
      notAccepted: hasData && index === 3 ? 2 : 0,
      newestRefusal,
    };
  }

  return {
    'triggers.list': () => ok(triggerNames.map(toView)),
    'triggers.setEnabled': ({ trigger, isEnabled }) => {
      shop.saveSettings({ enabledTriggers: { ...shop.settings().enabledTriggers, [trigger]: isEnabled } });
      return shop.changed({});
    },
    'triggers.register': () =>
      shop.changed(
        triggerNames.map((trigger, index) => ({
          trigger,
          ok: index !== 4,
          message: index === 4 ? 'Postscript answered 400: the type is reserved.' : 'HTTP 202.',
        })),
      ),
    'triggers.previewTest': ({ trigger, subscriptionId, phone }) =>
      ok({
        method: 'POST',
        path: '/api/v2/events',
        body: {
          type: triggers[trigger].eventType,
          ...(phone === null ? {} : { phone_number: phone }),
          external_id: `test:${trigger}:1`,
          occurred_at: new Date(shop.now()).toISOString(),
          properties: { account_page_link: account, subscription_id: subscriptionId ?? '1001' },
        },
        renderedCopy: renderMessage(copyOf(trigger), makeValues('Dana Whitfield')),
      }),
    'triggers.sendTest': ({ phone }) =>
      phone === '123'
        ? fail('invalid_input', '123 is not a phone number.', 'Type it with its area code.')
        : shop.changed({ deliveryId: 137 }),
    'templates.get': ({ trigger }) =>
      ok({
        copy: copyOf(trigger),
        isReady: isReadyCopy(copyOf(trigger), trigger),
        versions: versions.get(trigger) ?? [],
        confirmations: confirmationsOf(trigger),
        shopName: shop.settings().shopName,
        accountPageLink: account,
      }),
    'templates.save': ({ trigger, copy }) => {
      addVersion(trigger, copy, null);
      return shop.changed({});
    },
    'templates.restore': ({ trigger, versionId }) => {
      const own = versions.get(trigger) ?? [];
      const version = own.find(({ id }) => id === versionId);
      if (versionId !== null && version === undefined) return fail('not_found', 'This version is not there.');
      addVersion(trigger, version?.copy ?? defaultCopyOf(trigger), versionId);
      return shop.changed({ previousId: own[0]?.id ?? null });
    },
    'templates.markCopied': ({ trigger }) => {
      const copy = copyOf(trigger);
      if (isReadyCopy(copy, trigger)) confirm(trigger, { copiedAt: shop.now(), copiedCopy: copy });
      return shop.changed({ copy });
    },
    'templates.confirm': ({ trigger, step, isDone }) => {
      const at = isDone ? shop.now() : null;
      const copy = isDone ? copyOf(trigger) : null;
      if (step === 'automation') confirm(trigger, { automationMadeAt: at });
      if (step === 'active') confirm(trigger, { activatedAt: at });
      if (step === 'copy') confirm(trigger, { pastedAt: at, pastedCopy: copy, copiedAt: null, copiedCopy: null });
      return shop.changed({});
    },
    'templates.people': () => ok(shop.hasData() ? customers.map(({ id, name }) => makePerson(id, name)) : []),
    'templates.person': ({ subscriptionId }) => {
      const owner = customers.find(({ subscriptions }) => subscriptions.some(({ id }) => id === subscriptionId));
      if (owner === undefined) return fail('not_found', 'This subscription is not known.', 'Choose another one.');
      return ok(makePerson(subscriptionId, owner.name));
    },
  };
}

function makeConfirmations(trigger: TriggerName, index: number, hasData: boolean): SetUpConfirmations {
  const at = hasData && index < 4 ? NOW - 19 * DAY : null;
  const pastedCopy = at === null ? null : index === 2 ? triggers[trigger].sampleCopy : defaultCopyOf(trigger);
  return { automationMadeAt: at, copiedAt: null, copiedCopy: null, pastedAt: at, pastedCopy, activatedAt: at };
}

function makePerson(subscriptionId: string, customerName: string): Output<'templates.person'> {
  return { subscriptionId, customerName, values: makeValues(customerName) };
}

function makeValues(name: string): Record<string, string> {
  const [firstName = '', ...rest] = name.split(' ');
  return {
    ...Object.fromEntries(tagNames.map((tag) => [tag, tags[tag].samples.short])),
    shop_name: 'Fern & Fable Coffee Roasters',
    account_page_link: account,
    first_name: firstName,
    last_name: rest.join(' '),
  };
}
