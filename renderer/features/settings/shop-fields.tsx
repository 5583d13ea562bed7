import { NativeSelect, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { Section } from '../../components/section.tsx';
import type { SettingsValues } from './settings-errors.ts';
import classes from './settings-form.module.css';

const knownZones = Intl.supportedValuesOf('timeZone');
const regionNames = new Intl.DisplayNames('en-US', { type: 'region' });

export type FieldsProps = Readonly<{ form: UseFormReturnType<SettingsValues> }>;

export function ShopFields({ form }: FieldsProps): React.JSX.Element {
  const { country } = form.values;
  return (
    <Section title="Shop">
      <div className={classes['fields']}>
        <TextInput label="Shop name" {...form.getInputProps('shopName')} />
        <NativeSelect
          label="Time zone"
          description="Order dates and the send window are in this zone."
          data={zoneGroups(form.values.timeZone)}
          {...form.getInputProps('timeZone')}
        />
        <TextInput
          label="Country"
          description={`For phone numbers without a country: ${nameRegion(country)}`}
          maxLength={2}
          {...form.getInputProps('country')}
          onChange={({ currentTarget }) => form.setFieldValue('country', currentTarget.value.toUpperCase())}
        />
        <TextInput
          label="Account page link"
          description="Becomes the tag {account_page_link}."
          placeholder="https://your-shop.example/account"
          type="url"
          {...form.getInputProps('accountPageLink')}
        />
      </div>
    </Section>
  );
}

/** By continent, because a flat list has more than four hundred lines. */
function zoneGroups(chosen: string): { group: string; items: string[] }[] {
  // The list leaves out aliases such as UTC, which a shop may nevertheless have.
  const zones = knownZones.includes(chosen) ? knownZones : [chosen, ...knownZones];
  const groups = Map.groupBy(zones, (zone) => zone.split('/', 1)[0] ?? zone);
  return [...groups].map(([group, items]) => ({ group, items }));
}

function nameRegion(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (regionNames.of(code) ?? code) : 'two letters';
}
