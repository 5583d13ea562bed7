import { NumberInput, Text, TextInput } from '@mantine/core';
import { Section } from '../../components/section.tsx';
import { addDays, dateIn, formatCount, formatDate, formatLocalTime } from '../../lib/format.ts';
import { useStatus } from '../../lib/status.ts';
import type { SettingsValues } from './settings-errors.ts';
import classes from './settings-form.module.css';
import type { FieldsProps } from './shop-fields.tsx';

const EXAMPLE_IN_DAYS = 14;

export function NoticeFields({ form }: FieldsProps): React.JSX.Element {
  const { now } = useStatus();
  return (
    <Section title="Notices" description="When a customer hears about an upcoming order.">
      <div className={classes['fields']}>
        <NumberInput
          label="Days before the order"
          min={1}
          max={30}
          clampBehavior="none"
          allowDecimal={false}
          {...form.getInputProps('leadDays')}
        />
        <NumberInput
          label="Minimum notice, in hours"
          description="With less time left before the charge, no notice goes out."
          min={0}
          max={240}
          clampBehavior="none"
          allowDecimal={false}
          {...form.getInputProps('minimumNoticeHours')}
        />
        <TextInput label="Send window opens" type="time" {...form.getInputProps('window.opens')} />
        <TextInput
          label="Send window closes"
          description="Postscript also holds texts outside of its own waking hours."
          type="time"
          {...form.getInputProps('window.closes')}
        />
      </div>
      <Text size="sm" aria-live="polite">
        {exampleOf(form.values, now)}
      </Text>
    </Section>
  );
}

/** A worked example says more than the rule. */
function exampleOf({ leadDays, window, timeZone }: SettingsValues, now: number): string {
  if (!Number.isInteger(leadDays) || leadDays < 1 || leadDays > 30) return 'Use 1 to 30 days before the order.';
  const order = addDays(dateIn(timeZone, now), EXAMPLE_IN_DAYS + leadDays);
  const due = formatDate(addDays(order, -leadDays));
  return `An order on ${formatDate(order)} is announced on ${due}, from ${formatLocalTime(window.opens)}, ${formatCount(leadDays, 'day')} before.`;
}
