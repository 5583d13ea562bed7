import { Alert, Group, Text } from '@mantine/core';
import { IconShieldCheck, IconShieldExclamation } from '@tabler/icons-react';
import { useStatus } from '../lib/status.ts';

/** How keys are kept on this computer, and whether that is safe. */
export function SecretStoreNote(): React.JSX.Element {
  const { isSafe, description } = useStatus().secretStore;
  if (isSafe) {
    return (
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <IconShieldCheck size={18} color="var(--accent)" style={{ flex: 'none', marginTop: 2 }} aria-hidden />
        <Text size="sm">Keys are kept safely. {description}</Text>
      </Group>
    );
  }
  return (
    <Alert color="orange" icon={<IconShieldExclamation aria-hidden />} title="Keys are not kept safely here">
      <Text size="sm">{description}</Text>
    </Alert>
  );
}
