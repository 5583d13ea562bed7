import { NativeSelect, Stack, Switch, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Clip } from '../../components/clip.tsx';
import { PhonePreview } from './phone-preview.tsx';
import { sampleLabels, sampleNames } from './sample-people.ts';
import { SubscriptionPicker } from './subscription-picker.tsx';
import type { Preview, PreviewSource } from './use-preview.ts';

type PreviewPanelProps = Readonly<{ text: string; preview: Preview }>;

const sources: readonly { value: PreviewSource; label: string }[] = [
  ...sampleNames.map((name, index) => ({ value: name, label: `${sampleLabels[name]} (Alt+${index + 1})` })),
  { value: 'dearest', label: 'The longest text of all customers' },
  { value: 'subscription', label: 'A subscription …' },
];

/** The text as a phone shows it, with the values of whoever is chosen. */
export function PreviewPanel({ text, preview }: PreviewPanelProps): React.JSX.Element {
  const { source, setSource, subscription, setSubscription, values, name } = preview;
  const [isSplit, setIsSplit] = useState(false);
  return (
    <Stack gap="sm">
      <Title order={2}>Preview</Title>
      <NativeSelect
        label="Filled with"
        data={[...sources]}
        value={source}
        onChange={({ currentTarget }) => {
          const chosen = sources.find(({ value }) => value === currentTarget.value);
          if (chosen !== undefined) setSource(chosen.value);
        }}
      />
      {source === 'subscription' && <SubscriptionPicker chosen={subscription} onChoose={setSubscription} />}
      {name !== null && (
        <Text size="sm" c="dimmed" component="div">
          <Clip text={`The values of ${name === '' ? 'a customer without a name' : name}`} />
        </Text>
      )}
      <PhonePreview text={text} values={values} isSplit={isSplit} />
      <Switch
        size="sm"
        label="Show where segments split"
        checked={isSplit}
        onChange={({ currentTarget }) => setIsSplit(currentTarget.checked)}
      />
    </Stack>
  );
}
