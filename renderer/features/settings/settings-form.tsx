import { Button, Group, Stack, Text } from '@mantine/core';
import { ErrorNotice } from '../../components/error-notice.tsx';
import type { SettingsValues } from '../../lib/settings-errors.ts';
import { useAction } from '../../lib/use-action.ts';
import classes from './settings-form.module.css';
import type { SectionForm } from './use-settings-form.ts';

type SettingsFormProps<Values> = Readonly<{ form: SectionForm<Values>; children: React.ReactNode }>;

/** Saves the fields of one page, and only those. */
export function SettingsForm<Values extends Partial<SettingsValues>>({
  form: { fields, adopt },
  children,
}: SettingsFormProps<Values>): React.JSX.Element {
  const save = useAction('settings.save');
  const isDirty = fields.isDirty();

  return (
    <form
      noValidate
      onSubmit={fields.onSubmit(
        (values) =>
          save.mutate(values, {
            onSuccess: (saved) => {
              // What was typed while it was being saved is a new change.
              if (JSON.stringify(fields.getValues()) === JSON.stringify(values)) adopt(saved);
            },
          }),
        (errors) => {
          const first = Object.keys(errors)[0];
          if (first !== undefined) fields.getInputNode(first)?.focus();
        },
      )}
    >
      <Stack gap="md">
        {children}
        <div className={classes['bar']}>
          {save.error !== null && <ErrorNotice error={save.error} title="The settings were not saved" />}
          <Group justify="space-between" gap="sm">
            <Text size="sm" c="dimmed" aria-live="polite">
              {sayState(isDirty, save.isSuccess)}
            </Text>
            <Group gap="sm">
              <Button variant="default" disabled={!isDirty} onClick={() => fields.reset()}>
                Undo the changes
              </Button>
              <Button type="submit" loading={save.isPending} disabled={!isDirty}>
                Save the settings
              </Button>
            </Group>
          </Group>
        </div>
      </Stack>
    </form>
  );
}

function sayState(isDirty: boolean, isSaved: boolean): string {
  if (isDirty) return 'There are changes that are not saved. They stay here until you save or undo them.';
  return isSaved ? 'Saved.' : 'Everything is saved.';
}
