import { TextInput } from '@mantine/core';
import type { ShopSettings } from '../../../shared/domain/settings.ts';
import { Section } from '../../components/section.tsx';
import { ZoneSelect } from '../../components/zone-select.tsx';
import { SettingsForm } from './settings-form.tsx';
import classes from './settings-form.module.css';
import { SettingsLoaded } from './settings-loaded.tsx';
import { useSettingsForm } from './use-settings-form.ts';
import { ZoneChange } from './zone-change.tsx';

const regionNames = new Intl.DisplayNames('en-US', { type: 'region' });

export function ShopSection(): React.JSX.Element {
  return <SettingsLoaded>{(settings) => <ShopForm settings={settings} />}</SettingsLoaded>;
}

function ShopForm({ settings }: Readonly<{ settings: ShopSettings }>): React.JSX.Element {
  const form = useSettingsForm('shop', settings, ['shopName', 'timeZone', 'country', 'accountPageLink']);
  const { fields } = form;
  const { country, timeZone } = fields.values;
  return (
    <SettingsForm form={form}>
      <Section title="Your shop">
        <div className={classes['fields']}>
          <TextInput
            label="Shop name"
            description="Only shown here. Texts carry the name that Postscript knows."
            {...fields.getInputProps('shopName')}
          />
          <TextInput
            label="Account page link"
            description="Becomes the tag {account_page_link}."
            placeholder="https://your-shop.example/account"
            type="url"
            {...fields.getInputProps('accountPageLink')}
          />
          <TextInput
            label="Country"
            description={`For phone numbers without a country: ${nameRegion(country)}`}
            maxLength={2}
            {...fields.getInputProps('country')}
            onChange={({ currentTarget }) => fields.setFieldValue('country', currentTarget.value.toUpperCase())}
          />
        </div>
      </Section>
      <Section title="Time zone" description="Orders have their dates in this zone, and the send window is open in it.">
        <ZoneSelect
          value={timeZone}
          error={fields.errors['timeZone']}
          onChange={(zone) => fields.setFieldValue('timeZone', zone)}
        />
        <ZoneChange from={settings.timeZone} to={timeZone} />
      </Section>
    </SettingsForm>
  );
}

function nameRegion(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (regionNames.of(code) ?? code) : 'two letters';
}
