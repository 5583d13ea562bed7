import { Button, Group, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { ShopSettings } from '../../../shared/domain/settings.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useAction } from '../../lib/use-action.ts';
import { NoticeFields } from './notice-fields.tsx';
import { SendingFields } from './sending-fields.tsx';
import { settingsErrors, type SettingsValues } from './settings-errors.ts';
import classes from './settings-form.module.css';
import { ShopFields } from './shop-fields.tsx';
import { UpkeepFields } from './upkeep-fields.tsx';

function valuesOf({ sendingOn: _on, enabledTriggers: _triggers, ...values }: ShopSettings): SettingsValues {
  return values;
}

export function SettingsForm({ settings }: Readonly<{ settings: ShopSettings }>): React.JSX.Element {
  const save = useAction('settings.save');
  const form = useForm<SettingsValues>({
    initialValues: valuesOf(settings),
    validate: settingsErrors,
    validateInputOnBlur: true,
  });
  const isDirty = form.isDirty();

  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        (values) =>
          save.mutate(values, {
            onSuccess: (saved) => {
              const kept = valuesOf(saved);
              form.setInitialValues(kept);
              form.setValues(kept);
            },
          }),
        (errors) => {
          const first = Object.keys(errors)[0];
          if (first !== undefined) form.getInputNode(first)?.focus();
        },
      )}
    >
      <Stack gap="md">
        <ShopFields form={form} />
        <NoticeFields form={form} />
        <SendingFields form={form} />
        <UpkeepFields form={form} />
        <div className={classes['bar']}>
          {save.error !== null && <ErrorNotice error={save.error} title="The settings were not saved" />}
          <Group justify="space-between" gap="sm">
            <Text size="sm" c="dimmed" aria-live="polite">
              {sayState(isDirty, save.isSuccess)}
            </Text>
            <Group gap="sm">
              <Button variant="default" disabled={!isDirty} onClick={() => form.reset()}>
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
  if (isDirty) return 'There are changes that are not saved.';
  return isSaved ? 'Saved.' : 'Everything is saved.';
}
