import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconLock, IconLockOpen, IconShieldCheck, IconShieldExclamation, type Icon } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SecretStoreState } from '../../shared/ipc/computer-contract.ts';
import { computerQuery } from '../lib/computer.ts';
import { AcceptKeyringDialog, RefuseKeyringDialog } from './keyring-dialogs.tsx';
import { Loaded } from './loaded.tsx';
import { RowSkeletons } from './row-skeletons.tsx';

/** How keys are kept on this computer, what to do where that is not safe, and which saved key cannot be opened. */
export function SecretStoreNote(): React.JSX.Element {
  const computer = useQuery(computerQuery);
  return (
    <Loaded query={computer} what="This computer" skeleton={<RowSkeletons rows={1} height={24} />}>
      {({ secretStore }) => <Note {...secretStore} />}
    </Loaded>
  );
}

const warnings: Readonly<Record<Exclude<SecretStoreState['state'], 'protected'>, { icon: Icon; title: string }>> = {
  unprotected: { icon: IconShieldExclamation, title: 'Keys cannot be kept safely here' },
  accepted: { icon: IconLockOpen, title: 'Keys are kept without protection' },
  unavailable: { icon: IconLock, title: 'The keyring is locked' },
};

function Note({ state, description, problem }: SecretStoreState): React.JSX.Element {
  return (
    <Stack gap="sm">
      {problem !== null && (
        <Alert color="orange" icon={<IconLock aria-hidden />} title="A saved key cannot be opened">
          <Text size="sm">{problem}</Text>
        </Alert>
      )}
      {state === 'protected' ? (
        <Group gap="xs" wrap="nowrap" align="flex-start">
          <IconShieldCheck size={18} color="var(--accent)" style={{ flex: 'none', marginTop: 2 }} aria-hidden />
          <Text size="sm">Keys are kept safely. {description}</Text>
        </Group>
      ) : (
        // Another state is another question: the one that was open belonged to the last.
        <Warning key={state} state={state} description={description} />
      )}
    </Stack>
  );
}

type WarningProps = Readonly<{ state: keyof typeof warnings; description: string }>;

function Warning({ state, description }: WarningProps): React.JSX.Element {
  const [isAsking, setIsAsking] = useState(false);
  const { icon: WarningIcon, title } = warnings[state];
  const close = (): void => setIsAsking(false);
  return (
    <Alert color="orange" icon={<WarningIcon aria-hidden />} title={title}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{description}</Text>
        {state !== 'unavailable' && (
          <Button size="xs" variant="default" onClick={() => setIsAsking(true)}>
            {state === 'unprotected' ? 'Keep keys here all the same' : 'Stop keeping keys this way'}
          </Button>
        )}
      </Stack>
      {state === 'unprotected' && <AcceptKeyringDialog isOpen={isAsking} onClose={close} />}
      {state === 'accepted' && <RefuseKeyringDialog isOpen={isAsking} onClose={close} />}
    </Alert>
  );
}
