import type { SetUpConfirmations } from '../../shared/domain/set-up.ts';
import type { TemplateVersion } from '../../shared/domain/template.ts';
import type { TriggerName } from '../../shared/domain/triggers.ts';
import { prepared, type ReadDb, type WriteDb } from './types.ts';

/** The versions of each trigger's template, and what the merchant said about the automation in Postscript. */

const VERSION = 'id, trigger, copy, saved_at AS savedAt, restored_from AS restoredFrom';

/** The newest version; undefined while the trigger has the seed's copy. */
export function findTemplate(db: ReadDb, trigger: TriggerName): TemplateVersion | undefined {
  return listTemplateVersions(db, trigger, 1)[0];
}

/** Newest first. */
export function listTemplateVersions(db: ReadDb, trigger: TriggerName, limit: number): readonly TemplateVersion[] {
  return prepared<{ trigger: string; limit: number }, TemplateVersion>(
    db,
    `SELECT ${VERSION} FROM template_versions WHERE trigger = :trigger ORDER BY id DESC LIMIT :limit`,
  ).all({ trigger, limit });
}

export function findTemplateVersion(db: ReadDb, id: number): TemplateVersion | undefined {
  return prepared<{ id: number }, TemplateVersion>(db, `SELECT ${VERSION} FROM template_versions WHERE id = :id`).get({
    id,
  });
}

export function insertTemplateVersion(
  db: WriteDb,
  version: Omit<TemplateVersion, 'id' | 'savedAt'>,
  now: number,
): number {
  const inserted = prepared<Omit<TemplateVersion, 'id' | 'savedAt'> & { now: number }, { id: number }>(
    db,
    `INSERT INTO template_versions (trigger, copy, saved_at, restored_from)
     VALUES (:trigger, :copy, :now, :restoredFrom) RETURNING id`,
  ).get({ ...version, now });
  if (inserted === undefined) throw new Error(`Expected a version of ${version.trigger} to be saved`);
  return inserted.id;
}

const nothingConfirmed: SetUpConfirmations = {
  automationMadeAt: null,
  copiedAt: null,
  copiedCopy: null,
  pastedAt: null,
  pastedCopy: null,
  activatedAt: null,
};

export function findConfirmations(db: ReadDb, trigger: TriggerName): SetUpConfirmations {
  return (
    prepared<{ trigger: string }, SetUpConfirmations>(
      db,
      `SELECT automation_made_at AS automationMadeAt, copied_at AS copiedAt, copied_copy AS copiedCopy,
         pasted_at AS pastedAt, pasted_copy AS pastedCopy, activated_at AS activatedAt
       FROM set_up_confirmations WHERE trigger = :trigger`,
    ).get({ trigger }) ?? nothingConfirmed
  );
}

export function saveConfirmations(db: WriteDb, trigger: TriggerName, change: Partial<SetUpConfirmations>): void {
  prepared<SetUpConfirmations & { trigger: string }>(
    db,
    `INSERT OR REPLACE INTO set_up_confirmations
       (trigger, automation_made_at, copied_at, copied_copy, pasted_at, pasted_copy, activated_at)
     VALUES (:trigger, :automationMadeAt, :copiedAt, :copiedCopy, :pastedAt, :pastedCopy, :activatedAt)`,
  ).run({ ...findConfirmations(db, trigger), ...change, trigger });
}
