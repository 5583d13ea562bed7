import { NumberInput } from '@mantine/core';
import type { ShopSettings } from '../../../shared/domain/settings.ts';
import { Section } from '../../components/section.tsx';
import { SettingsForm } from './settings-form.tsx';
import classes from './settings-form.module.css';
import { SettingsLoaded } from './settings-loaded.tsx';
import { useSettingsForm } from './use-settings-form.ts';

export function PrivacySection(): React.JSX.Element {
  return <SettingsLoaded>{(settings) => <PrivacyForm settings={settings} />}</SettingsLoaded>;
}

function PrivacyForm({ settings }: Readonly<{ settings: ShopSettings }>): React.JSX.Element {
  const form = useSettingsForm('privacy', settings, ['retentionDays']);
  return (
    <SettingsForm form={form}>
      <Section title="Keeping" description="Once a day, what is older is erased.">
        <div className={classes['fields']}>
          <NumberInput
            label="Keep texts and requests for … days"
            description="The rows stay; only what was written in them is erased."
            min={7}
            max={3650}
            clampBehavior="none"
            allowDecimal={false}
            {...form.fields.getInputProps('retentionDays')}
          />
        </div>
      </Section>
    </SettingsForm>
  );
}
