import { Button, Group, List, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDebouncedCallback } from '@mantine/hooks';
import { formatCount } from '../../../shared/domain/counts.ts';
import type { TriedSettings } from '../../../shared/ipc/upcoming-contract.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { notifyDone } from '../../components/notify.tsx';
import { NoticeFields } from '../../components/notice-fields.tsx';
import { Section } from '../../components/section.tsx';
import { settingsErrors } from '../../lib/settings-errors.ts';
import { useAction } from '../../lib/use-action.ts';
import type { ForecastDays } from './queries.ts';
import classes from './try-settings.module.css';

type TrySettingsProps = Readonly<{
  saved: TriedSettings;
  /** Null until the forecast with other settings is there. */
  difference: ForecastDays['difference'];
  onTry: (tried: TriedSettings | null) => void;
  onClose: () => void;
}>;

const same = (a: TriedSettings, b: TriedSettings): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Other settings, and what they would change, before anything is saved. */
export function TrySettings({ saved, difference, onTry, onClose }: TrySettingsProps): React.JSX.Element {
  const save = useAction('settings.save');
  const tryLater = useDebouncedCallback(onTry, 200);
  const form = useForm<TriedSettings>({
    initialValues: saved,
    validate: settingsErrors,
    validateInputOnChange: true,
    onValuesChange: (values) => {
      save.reset();
      const isSound = Object.keys(settingsErrors(values)).length === 0;
      tryLater(isSound && !same(values, saved) ? values : null);
    },
  });
  const isChanged = !same(form.values, saved);
  const close = (): void => {
    tryLater.cancel();
    onTry(null);
    onClose();
  };

  return (
    <Section
      title="Try other settings"
      description="The chart and the list below show what would become of the notices. Nothing changes until you save."
    >
      <form
        noValidate
        onSubmit={form.onSubmit((values) =>
          save.mutate(values, {
            onSuccess: () => {
              notifyDone('The settings are saved.');
              close();
            },
          }),
        )}
      >
        <Stack gap="sm">
          <div className={classes['fields']}>
            <NoticeFields propsOf={(field) => form.getInputProps(field)} />
          </div>
          <div aria-live="polite">
            {!isChanged && (
              <Text size="sm" c="dimmed">
                These are the saved settings.
              </Text>
            )}
            {isChanged && difference !== null && <Differences difference={difference} />}
          </div>
          {save.error !== null && <ErrorNotice error={save.error} title="The settings were not saved" />}
          <Group gap="sm">
            <Button type="submit" disabled={!isChanged} loading={save.isPending}>
              Save these settings
            </Button>
            <Button variant="default" onClick={close}>
              {isChanged ? 'Discard' : 'Close'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

function Differences({ difference }: Readonly<{ difference: NonNullable<ForecastDays['difference']> }>) {
  const { moved, goAtOnce, becomeTooLate, becomeInTime, alreadyNoticed } = difference;
  const sentences = [
    `${formatCount(moved, 'notice goes', 'notices go')} out at another time.`,
    goAtOnce > 0 &&
      `${formatCount(goAtOnce, 'of them goes', 'of them go')} out at once, or when the window opens: the day has passed with these settings. Many at once may be held until you release them.`,
    becomeTooLate > 0 && `${formatCount(becomeTooLate, 'notice becomes', 'notices become')} too late and will not go.`,
    becomeInTime > 0 && `${formatCount(becomeInTime, 'notice is', 'notices are')} no longer too late.`,
    alreadyNoticed > 0 &&
      `${formatCount(alreadyNoticed, 'order has its notice', 'orders have their notice')} already. Nobody is noticed twice, so these stay as they are.`,
  ].filter((sentence) => sentence !== false);
  return (
    <List size="sm" spacing={2}>
      {sentences.map((sentence) => (
        <List.Item key={sentence}>{sentence}</List.Item>
      ))}
    </List>
  );
}
