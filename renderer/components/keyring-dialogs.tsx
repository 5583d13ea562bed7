import { Checkbox, List, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useAction } from '../lib/use-action.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';

type KeyringDialogProps = Readonly<{ isOpen: boolean; onClose: () => void }>;

/** Says in words what keeping keys without a keyring means. Nothing is kept before the box is ticked and confirmed. */
export function AcceptKeyringDialog({ isOpen, onClose }: KeyringDialogProps): React.JSX.Element {
  const [isRead, setIsRead] = useState(false);
  const accept = useAction('computer.acceptWeakKeyring');
  const close = (): void => {
    setIsRead(false);
    accept.reset();
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title="Keep keys without a keyring?"
      confirmLabel="Keep keys here"
      isDisabled={!isRead}
      isPending={accept.isPending}
      error={accept.error}
      onClose={close}
      onConfirm={() => accept.mutate({ accept: true }, { onSuccess: close })}
    >
      <Stack gap="sm">
        <Text size="sm">
          Your keys would lie in a file of your account, disguised with a password that is known to everybody. Whoever
          can read that file can read them: another program that you run, an administrator, somebody with a copy of this
          disk or of its backup.
        </Text>
        <Text size="sm">With your keys, that person could:</Text>
        <List size="sm" spacing={4}>
          <List.Item>send texts to your customers in your name, at your expense;</List.Item>
          <List.Item>read who your customers are, with their numbers and orders;</List.Item>
          <List.Item>skip orders and change subscriptions.</List.Item>
        </List>
        <Text size="sm">
          If a keyring is set up later, Heads Up moves the keys into its protection by itself. You can take this back
          under Settings, Connections; the keys are removed then.
        </Text>
        <Checkbox
          checked={isRead}
          onChange={({ currentTarget }) => setIsRead(currentTarget.checked)}
          label="I understand that whoever can read the files of my account can read and use my keys."
        />
      </Stack>
    </ConfirmDialog>
  );
}

/** Asks before keys are removed: only the services can show them again. */
export function RefuseKeyringDialog({ isOpen, onClose }: KeyringDialogProps): React.JSX.Element {
  const refuse = useAction('computer.acceptWeakKeyring');
  const close = (): void => {
    refuse.reset();
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen={isOpen}
      title="Remove the keys that are kept this way?"
      confirmLabel="Remove the keys"
      isDangerous
      isPending={refuse.isPending}
      error={refuse.error}
      onClose={close}
      onConfirm={() => refuse.mutate({ accept: false }, { onSuccess: close })}
    >
      <Text size="sm">
        Every connection whose key lies here without protection is removed. Nothing is read or sent through it until you
        enter its key again, and that needs a keyring or your consent. The log, the settings and the templates stay.
      </Text>
    </ConfirmDialog>
  );
}
