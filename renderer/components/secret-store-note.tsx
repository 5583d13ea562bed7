import { Alert, Group, Text } from '@mantine/core';
import { IconShieldCheck, IconShieldExclamation } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Computer } from '../../shared/ipc/computer-contract.ts';
import { computerQuery } from '../lib/computer.ts';
import { Loaded } from './loaded.tsx';
import { RowSkeletons } from './row-skeletons.tsx';

/** How keys are kept on this computer, and whether that is safe. */
export function SecretStoreNote(): React.JSX.Element {
  const computer = useQuery(computerQuery);
  return (
    <Loaded query={computer} what="This computer" skeleton={<RowSkeletons rows={1} height={24} />}>
      {({ secretStore }) => <Note {...secretStore} />}
    </Loaded>
  );
}

function Note({ isSafe, description }: Computer['secretStore']): React.JSX.Element {
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
