import { listExtremePeople, toPerson, type Person } from '../../core/find-people.ts';
import { confirmStep, currentCopy, markCopied, restoreTemplate, saveTemplate } from '../../core/write-template.ts';
import { listTemplateVersions } from '../../db/templates.ts';
import { isReadyCopy } from '../../../shared/domain/template.ts';
import type { ChannelsOf } from '../../../shared/ipc/contract-part.ts';
import type { Handlers, Output } from '../../../shared/ipc/contract.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { EngineContext } from '../context.ts';

const MOST_VERSIONS = 100;

export function templateHandlers(context: EngineContext): Pick<Handlers, ChannelsOf<'templates'>> {
  const { active, changed } = context;
  return {
    'templates.get': ({ trigger }) => {
      const { db, store } = active();
      const copy = currentCopy(store, trigger);
      const { shopName, accountPageLink } = store.settings();
      return ok({
        copy,
        isReady: isReadyCopy(copy, trigger),
        versions: listTemplateVersions(db, trigger, MOST_VERSIONS).map(({ id, copy: text, savedAt, restoredFrom }) => ({
          id,
          copy: text,
          savedAt,
          restoredFrom,
        })),
        confirmations: store.findConfirmations(trigger),
        shopName,
        accountPageLink,
      });
    },
    'templates.save': ({ trigger, copy }) => {
      const { store, clock } = active();
      store.transaction(() => saveTemplate(store, trigger, copy, clock.now()));
      changed();
      return ok({});
    },
    'templates.restore': ({ trigger, versionId }) => {
      const { store, clock } = active();
      const restored = store.transaction(() => restoreTemplate(store, trigger, versionId, clock.now()));
      changed();
      return restored;
    },
    'templates.markCopied': ({ trigger }) => {
      const { store, clock } = active();
      const copy = store.transaction(() => markCopied(store, trigger, clock.now()));
      changed();
      return ok({ copy });
    },
    'templates.confirm': async ({ trigger, step, isDone }) => {
      const { store, clock } = active();
      const confirmed = store.transaction(() => confirmStep(store, trigger, step, isDone, clock.now()));
      if (!confirmed.ok) return confirmed;
      // The practice shop's automation is one that we can really reach.
      if (confirmed.value !== null) await context.practice()?.control.setCopy(trigger, confirmed.value);
      changed();
      return ok({});
    },
    'templates.people': ({ trigger }) => {
      const { store, clock } = active();
      return ok(listExtremePeople(store, trigger, clock.now()).map(toView));
    },
    'templates.person': ({ trigger, subscriptionId }) => {
      const { store, clock } = active();
      const subscription = store.findSubscription(subscriptionId);
      if (subscription === undefined)
        return fail('not_found', 'This subscription is not known.', 'Choose another one.');
      return ok(toView(toPerson(store, trigger, subscription, clock.now())));
    },
  };
}

function toView({ subscriptionId, customerName, values }: Person): Output<'templates.person'> {
  const known = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { subscriptionId, customerName, values: Object.fromEntries(known) };
}
