import { NumberInput, Radio, Stack, Switch } from '@mantine/core';
import type { ShopSettings } from '../../../shared/domain/settings.ts';
import { NoticeFields } from '../../components/notice-fields.tsx';
import { Section } from '../../components/section.tsx';
import { WorkedExample } from '../../components/worked-example.tsx';
import { SettingsForm } from './settings-form.tsx';
import classes from './settings-form.module.css';
import { SettingsLoaded } from './settings-loaded.tsx';
import { useSettingsForm } from './use-settings-form.ts';

export function SendingSection(): React.JSX.Element {
  return <SettingsLoaded>{(settings) => <SendingForm settings={settings} />}</SettingsLoaded>;
}

function SendingForm({ settings }: Readonly<{ settings: ShopSettings }>): React.JSX.Element {
  const form = useSettingsForm('sending', settings, [
    'leadDays',
    'minimumNoticeHours',
    'window',
    'channel',
    'announceEverySkip',
    'ratePerSecond',
    'stormFactor',
    'syncMinutes',
  ]);
  const { fields } = form;
  const { leadDays, window, minimumNoticeHours } = fields.values;
  return (
    <SettingsForm form={form}>
      <Section title="Notices" description="When a customer hears about an upcoming order.">
        <div className={classes['fields']}>
          <NoticeFields propsOf={(field) => fields.getInputProps(field)} />
        </div>
        <WorkedExample settings={{ leadDays, window, minimumNoticeHours, timeZone: settings.timeZone }} />
      </Section>
      <Section title="How triggers reach Postscript">
        <Radio.Group label="Channel" {...fields.getInputProps('channel')}>
          <Stack gap="xs" mt={4}>
            <Radio
              value="custom_events"
              label="Custom events"
              description="For automation flows, made with Postscript's Flow Builder."
            />
            <Radio
              value="legacy_triggers"
              label="Legacy triggers"
              description="For Legacy Automations that begin with “Smartrr:”."
            />
          </Stack>
        </Radio.Group>
        <Switch
          label="Announce every skip"
          description="Off: a skip is announced only when the customer had a notice for that order."
          {...fields.getInputProps('announceEverySkip', { type: 'checkbox' })}
        />
      </Section>
      <Section title="Pace" description="How fast, and when to stop and ask.">
        <div className={classes['fields']}>
          <NumberInput
            label="Triggers per second"
            description="Postscript takes 15 from a whole account; other tools share them."
            min={0.1}
            max={15}
            step={1}
            clampBehavior="none"
            {...fields.getInputProps('ratePerSecond')}
          />
          <NumberInput
            label="Storm guard"
            description="Sending is held when an hour has more than 50 triggers and this many times the usual busiest hour's."
            min={2}
            max={1000}
            clampBehavior="none"
            {...fields.getInputProps('stormFactor')}
          />
          <NumberInput
            label="Read Smartrr every … minutes"
            description="How soon a change of a subscription is noticed."
            min={1}
            max={60}
            clampBehavior="none"
            allowDecimal={false}
            {...fields.getInputProps('syncMinutes')}
          />
        </div>
      </Section>
    </SettingsForm>
  );
}
