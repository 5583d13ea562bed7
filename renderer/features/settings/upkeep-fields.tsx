import { NumberInput } from '@mantine/core';
import { Section } from '../../components/section.tsx';
import classes from './settings-form.module.css';
import type { FieldsProps } from './shop-fields.tsx';

export function UpkeepFields({ form }: FieldsProps): React.JSX.Element {
  const whole = { clampBehavior: 'none', allowDecimal: false } as const;
  return (
    <Section title="Reading and keeping">
      <div className={classes['fields']}>
        <NumberInput
          label="Read Smartrr every … minutes"
          min={1}
          max={60}
          {...whole}
          {...form.getInputProps('syncMinutes')}
        />
        <NumberInput
          label="Fetch replies every … seconds"
          min={10}
          max={3600}
          {...whole}
          {...form.getInputProps('replyPollSeconds')}
        />
        <NumberInput
          label="Keep texts and requests for … days"
          description="The rows stay; only what was written in them is erased."
          min={7}
          max={3650}
          {...whole}
          {...form.getInputProps('retentionDays')}
        />
      </div>
    </Section>
  );
}
