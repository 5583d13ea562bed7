import { Text } from '@mantine/core';
import { Section } from '../../components/section.tsx';

export function BackupSection(): React.JSX.Element {
  return (
    <Section title="What to copy">
      <Text size="sm">
        Everything that belongs to the shop, its settings included, is in the file heads-up.db of the data folder. Stop
        Heads Up before you copy it. Keys are not in it: they are kept by this computer and entered again elsewhere.
      </Text>
    </Section>
  );
}
