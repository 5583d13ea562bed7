import { NumberInput } from '@mantine/core';
import type { ShopSettings } from '../../../shared/domain/settings.ts';
import { Section } from '../../components/section.tsx';
import { InboxSetup } from './inbox-setup.tsx';
import { SettingsForm } from './settings-form.tsx';
import classes from './settings-form.module.css';
import { SettingsLoaded } from './settings-loaded.tsx';
import { useSettingsForm } from './use-settings-form.ts';

export function RepliesSection(): React.JSX.Element {
  return (
    <>
      <InboxSetup />
      <SettingsLoaded>{(settings) => <RepliesForm settings={settings} />}</SettingsLoaded>
    </>
  );
}

function RepliesForm({ settings }: Readonly<{ settings: ShopSettings }>): React.JSX.Element {
  const form = useSettingsForm('replies', settings, ['replyPollSeconds']);
  return (
    <SettingsForm form={form}>
      <Section title="Fetching" description="The inbox keeps every text until this computer asks for it.">
        <div className={classes['fields']}>
          <NumberInput
            label="Fetch replies every … seconds"
            min={10}
            max={3600}
            clampBehavior="none"
            allowDecimal={false}
            {...form.fields.getInputProps('replyPollSeconds')}
          />
        </div>
      </Section>
    </SettingsForm>
  );
}
