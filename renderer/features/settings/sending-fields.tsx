import { NumberInput, Radio, Stack, Switch } from '@mantine/core';
import { Section } from '../../components/section.tsx';
import classes from './settings-form.module.css';
import type { FieldsProps } from './shop-fields.tsx';

export function SendingFields({ form }: FieldsProps): React.JSX.Element {
  return (
    <Section title="Sending">
      <Radio.Group label="How triggers reach Postscript" {...form.getInputProps('channel')}>
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
        {...form.getInputProps('announceEverySkip', { type: 'checkbox' })}
      />
      <div className={classes['fields']}>
        <NumberInput
          label="Triggers per second"
          description="Postscript takes 15 from a whole account; other tools share them."
          min={0.1}
          max={15}
          step={1}
          clampBehavior="none"
          {...form.getInputProps('ratePerSecond')}
        />
        <NumberInput
          label="Storm guard"
          description="Sending is held when an hour has more than 50 triggers and this many times the usual busiest hour's."
          min={2}
          max={1000}
          clampBehavior="none"
          {...form.getInputProps('stormFactor')}
        />
      </div>
    </Section>
  );
}
