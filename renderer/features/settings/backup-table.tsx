import { Button, Group, List, Stack, Table, Text, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import type { BackupView } from '../../../shared/ipc/backups-contract.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { notifyDone } from '../../components/notify.tsx';
import { formatBytes } from '../../lib/format.ts';
import { useShopTime } from '../../lib/status.ts';
import { useAction } from '../../lib/use-action.ts';

const kindWords: Readonly<Record<BackupView['kind'], string>> = {
  daily: 'Made by itself',
  asked: 'Made by hand',
  before_update: 'Made before an update',
  replaced: 'The database that a restore replaced',
  other: 'Put there by hand',
};

type Asked = Readonly<{ what: 'restore' | 'remove'; backup: BackupView }>;

export function BackupTable({ backups }: Readonly<{ backups: readonly BackupView[] }>): React.JSX.Element {
  const shopTime = useShopTime();
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = (): void => setAsked(null);
  return (
    <>
      <Table.ScrollContainer minWidth={520}>
        <Table verticalSpacing={6} aria-label="Backups, newest first">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Made</Table.Th>
              <Table.Th>Kind</Table.Th>
              <Table.Th ta="right">Size</Table.Th>
              <Table.Th>
                <VisuallyHidden>Actions</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {backups.map((backup) => (
              <Table.Tr key={backup.name}>
                <Table.Td>{shopTime(backup.madeAt)}</Table.Td>
                <Table.Td>{kindWords[backup.kind]}</Table.Td>
                <Table.Td ta="right" style={{ fontVariantNumeric: 'tabular-nums' }}>
                  {formatBytes(backup.bytes)}
                </Table.Td>
                <Table.Td>
                  <Group gap={6} justify="flex-end" wrap="nowrap">
                    {(['restore', 'remove'] as const).map((what) => (
                      <Button
                        key={what}
                        size="xs"
                        variant={what === 'restore' ? 'default' : 'subtle'}
                        color="gray"
                        aria-label={`${words[what]} the backup of ${shopTime(backup.madeAt)}`}
                        onClick={() => setAsked({ what, backup })}
                      >
                        {words[what]}
                      </Button>
                    ))}
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {asked?.what === 'restore' && <RestoreDialog backup={asked.backup} onClose={close} />}
      {asked?.what === 'remove' && <RemoveDialog backup={asked.backup} onClose={close} />}
    </>
  );
}

const words = { restore: 'Restore', remove: 'Remove' } as const;

type DialogProps = Readonly<{ backup: BackupView; onClose: () => void }>;

function RestoreDialog({ backup, onClose }: DialogProps): React.JSX.Element {
  const shopTime = useShopTime();
  const restore = useAction('backups.restore');
  return (
    <ConfirmDialog
      isOpen
      title={`Restore the backup of ${shopTime(backup.madeAt)}?`}
      confirmLabel="Restore it"
      isPending={restore.isPending}
      error={restore.error}
      onClose={onClose}
      onConfirm={() =>
        restore.mutate(
          { name: backup.name },
          {
            onSuccess: () => {
              notifyDone('The backup is restored. Sending is switched off.');
              onClose();
            },
          },
        )
      }
    >
      <Stack gap="sm">
        <Text size="sm">
          It is checked first. Then it takes the place of the database, which is kept among the backups, and the engine
          starts again; this page waits for it.
        </Text>
        <List size="sm" spacing={4}>
          <List.Item>Nothing is handed to Postscript twice, and no order is skipped twice.</List.Item>
          <List.Item>
            Sending is switched off. What was in line when the backup was made waits for you, marked “to check”.
          </List.Item>
          <List.Item>
            What happened since then is not announced any more; replies that came since then wait for you.
          </List.Item>
        </List>
      </Stack>
    </ConfirmDialog>
  );
}

function RemoveDialog({ backup, onClose }: DialogProps): React.JSX.Element {
  const shopTime = useShopTime();
  const remove = useAction('backups.remove');
  return (
    <ConfirmDialog
      isOpen
      title={`Remove the backup of ${shopTime(backup.madeAt)}?`}
      confirmLabel="Remove it"
      isDangerous
      isPending={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={() => remove.mutate({ name: backup.name }, { onSuccess: onClose })}
    >
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        The file {backup.name} is deleted from this computer. That cannot be taken back.
      </Text>
    </ConfirmDialog>
  );
}
