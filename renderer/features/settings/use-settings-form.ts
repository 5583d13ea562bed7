import { useForm, type UseFormReturnType } from '@mantine/form';
import { useEffect, useEffectEvent } from 'react';
import type { ShopSettings } from '../../../shared/domain/settings.ts';
import { settingsErrors, type SettingsValues } from '../../lib/settings-errors.ts';
import { useStatus } from '../../lib/status.ts';
import { keepDraft, readDraft } from './drafts.ts';

type SectionValues<Name extends keyof SettingsValues> = Pick<SettingsValues, Name>;

export type SectionForm<Values> = Readonly<{
  section: string;
  fields: UseFormReturnType<Values>;
  /** Takes over what the engine kept, which may be tidier than what was typed. */
  adopt: (saved: SettingsValues) => void;
}>;

function pick<Name extends keyof SettingsValues>(
  settings: SettingsValues,
  names: readonly Name[],
): SectionValues<Name> {
  // Built from exactly the names of its type.
  return Object.fromEntries(names.map((name) => [name, settings[name]])) as SectionValues<Name>;
}

/** The form of one page. What is typed outlives the page until it is saved or undone. */
export function useSettingsForm<Name extends keyof SettingsValues>(
  section: string,
  settings: ShopSettings,
  names: readonly Name[],
): SectionForm<SectionValues<Name>> {
  const { isPractice } = useStatus();
  const fields = useForm<SectionValues<Name>>({
    initialValues: pick(settings, names),
    validate: settingsErrors,
    validateInputOnBlur: true,
    onValuesChange: (values) => {
      const initial = fields.getInitialValues();
      const changed = names.filter((name) => JSON.stringify(values[name]) !== JSON.stringify(initial[name]));
      keepDraft(section, isPractice, pick({ ...settings, ...values }, changed));
    },
  });

  // "Undo" goes back to what the engine holds now; a field that nobody has touched follows it.
  const beginAgain = useEffectEvent(() => {
    const kept = pick(settings, names);
    fields.setInitialValues(kept);
    fields.setValues({ ...kept, ...readDraft(section, isPractice) });
  });
  const savedText = JSON.stringify(pick(settings, names));
  useEffect(() => beginAgain(), [savedText]);

  return {
    section,
    fields,
    adopt: (saved) => {
      keepDraft(section, isPractice, {});
      fields.setInitialValues(pick(saved, names));
      fields.setValues(pick(saved, names));
    },
  };
}
