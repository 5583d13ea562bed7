import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { ShopSettings } from '../../../shared/domain/settings.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { NoticeFields } from '../../components/notice-fields.tsx';
import { Section } from '../../components/section.tsx';
import { WorkedExample } from '../../components/worked-example.tsx';
import { ZoneSelect } from '../../components/zone-select.tsx';
import { settingsErrors, type SettingsValues } from '../../lib/settings-errors.ts';
import { useAction } from '../../lib/use-action.ts';
import { pathOf, placeAfter } from './places.ts';
import { settingsQuery } from './queries.ts';
import { StepActions } from './step-actions.tsx';
import classes from './setup.module.css';

type TimingValues = Pick<SettingsValues, 'timeZone' | 'leadDays' | 'window' | 'accountPageLink'>;

export function TimingStep(): React.JSX.Element {
  const settings = useQuery(settingsQuery);
  return (
    <Loaded query={settings} what="The settings" skeleton={<RowSkeletons rows={2} height={150} />}>
      {(data) => <TimingForm settings={data} />}
    </Loaded>
  );
}

function TimingForm({ settings }: Readonly<{ settings: ShopSettings }>): React.JSX.Element {
  const [, navigate] = useLocation();
  const save = useAction('settings.save');
  const confirm = useAction('setup.confirm');
  const { timeZone, leadDays, window, accountPageLink } = settings;
  const form = useForm<TimingValues>({
    initialValues: { timeZone, leadDays, window, accountPageLink },
    validate: settingsErrors,
    validateInputOnBlur: true,
  });
  const { values } = form;

  async function keep(chosen: TimingValues): Promise<void> {
    await save.mutateAsync(chosen);
    await confirm.mutateAsync({ step: 'timing' });
    navigate(pathOf(placeAfter('timing')));
  }

  return (
    <form
      noValidate
      onSubmit={form.onSubmit(
        // What failed is in the two actions, and shown below.
        (chosen) => void keep(chosen).catch(() => undefined),
        (errors) => {
          const first = Object.keys(errors)[0];
          if (first !== undefined) form.getInputNode(first)?.focus();
        },
      )}
    >
      <div className={classes['content']}>
        <Section
          title="Notices"
          description="Orders have their dates in the shop’s time zone, and texts go out within its window."
        >
          <ZoneSelect
            value={values.timeZone}
            error={form.errors['timeZone']}
            onChange={(zone) => form.setFieldValue('timeZone', zone)}
          />
          <div className={classes['fields']}>
            <NoticeFields propsOf={(field) => form.getInputProps(field)} hasMinimum={false} />
          </div>
          <WorkedExample settings={{ ...values, minimumNoticeHours: settings.minimumNoticeHours }} />
        </Section>
        <Section title="Account page" description="Every text can lead there, with the tag {account_page_link}.">
          <TextInput
            label="Account page link"
            placeholder="https://your-shop.example/account"
            type="url"
            maw="26rem"
            {...form.getInputProps('accountPageLink')}
          />
        </Section>
        {save.error !== null && <ErrorNotice error={save.error} title="The settings were not saved" />}
        {confirm.error !== null && <ErrorNotice error={confirm.error} title="That could not be kept" />}
        <StepActions step="timing">
          <Button type="submit" loading={save.isPending || confirm.isPending}>
            Save and continue
          </Button>
        </StepActions>
      </div>
    </form>
  );
}
