import type { ConfirmableStep } from '../../shared/domain/set-up.ts';
import { isReadyCopy } from '../../shared/domain/template.ts';
import { defaultCopyOf, type TriggerName } from '../../shared/domain/triggers.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Store } from './store.ts';

/** The trigger's template as it stands: the newest version, or the seed's copy. */
export function currentCopy(store: Store, trigger: TriggerName): string {
  return store.findTemplate(trigger)?.copy ?? defaultCopyOf(trigger);
}

/** Every save is a version, also of a draft with problems. Saving what is there already makes none. */
export function saveTemplate(store: Store, trigger: TriggerName, copy: string, now: number): void {
  if (copy === currentCopy(store, trigger)) return;
  store.insertTemplateVersion({ trigger, copy, restoredFrom: null }, now);
}

/**
 * Makes an old version the newest one, as a version of its own. Null is the seed's copy.
 *
 * Answers which version was the newest before, so that restoring can be undone by restoring that one.
 */
export function restoreTemplate(
  store: Store,
  trigger: TriggerName,
  versionId: number | null,
  now: number,
): Result<Readonly<{ previousId: number | null }>> {
  const version = versionId === null ? null : store.findTemplateVersion(versionId);
  if (version !== null && version?.trigger !== trigger) {
    return fail('not_found', 'This version is not there.', 'Choose another one from the list.');
  }
  const previousId = store.findTemplate(trigger)?.id ?? null;
  const copy = version?.copy ?? defaultCopyOf(trigger);
  if (copy !== currentCopy(store, trigger)) {
    store.insertTemplateVersion({ trigger, copy, restoredFrom: versionId }, now);
  }
  return ok({ previousId });
}

/** The merchant has the saved copy on the clipboard. A draft may be copied too, but it does not count as copied. */
export function markCopied(store: Store, trigger: TriggerName, now: number): string {
  const copy = currentCopy(store, trigger);
  if (isReadyCopy(copy, trigger)) store.saveConfirmations(trigger, { copiedAt: now, copiedCopy: copy });
  return copy;
}

/**
 * Notes what the merchant did in Postscript, or takes it back.
 *
 * Pasted is what was copied last; who copied by hand pasted the saved copy. A draft cannot be confirmed: it would reach
 * customers with gaps. Answers the copy that Postscript's automation has now, when that is what changed.
 */
export function confirmStep(
  store: Store,
  trigger: TriggerName,
  step: ConfirmableStep,
  isDone: boolean,
  now: number,
): Result<string | null> {
  const at = isDone ? now : null;
  switch (step) {
    case 'automation':
      store.saveConfirmations(trigger, { automationMadeAt: at });
      return ok(null);
    case 'active':
      store.saveConfirmations(trigger, { activatedAt: at });
      return ok(null);
    case 'copy':
      return isDone ? confirmPasted(store, trigger, now) : takeBackPasted(store, trigger);
  }
}

function confirmPasted(store: Store, trigger: TriggerName, now: number): Result<string> {
  const copy = store.findConfirmations(trigger).copiedCopy ?? currentCopy(store, trigger);
  if (!isReadyCopy(copy, trigger)) {
    return fail('conflict', 'This copy is a draft: it has problems.', 'Mend them in the template first.');
  }
  store.saveConfirmations(trigger, { pastedAt: now, pastedCopy: copy, copiedAt: null, copiedCopy: null });
  return ok(copy);
}

function takeBackPasted(store: Store, trigger: TriggerName): Result<null> {
  store.saveConfirmations(trigger, { pastedAt: null, pastedCopy: null });
  return ok(null);
}
