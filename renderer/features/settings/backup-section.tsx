import { Alert, Button, Code, CopyButton, Group, List, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Output } from '../../../shared/ipc/contract.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { notifyDone } from '../../components/notify.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { Section } from '../../components/section.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { useShopTime, useStatus } from '../../lib/status.ts';
import { useAction } from '../../lib/use-action.ts';
import { BackupTable } from './backup-table.tsx';
import { backupsQuery } from './queries.ts';

type Backups = Output<'backups.list'>;

export function BackupSection(): React.JSX.Element {
  const { isPractice } = useStatus();
  const backups = useQuery(backupsQuery(isPractice));
  return (
    <Loaded query={backups} what="The backups" skeleton={<RowSkeletons rows={3} height={90} />}>
      {(data) => (
        <Stack gap="md">
          {data.restored !== null && <RestoredNote {...data.restored} />}
          <BackupsCard data={data} />
          <FolderCard folder={data.folder} />
        </Stack>
      )}
    </Loaded>
  );
}

function BackupsCard({ data }: Readonly<{ data: Backups }>): React.JSX.Element {
  const create = useAction('backups.create');
  return (
    <Section
      title="Backups"
      description={`Made by itself once a day; the last ${data.dailyKept} of these are kept. One that you make stays until you remove it.`}
      actions={
        <Button
          variant="default"
          loading={create.isPending}
          onClick={() => create.mutate({}, { onSuccess: () => notifyDone('The backup is made.') })}
        >
          Make a backup now
        </Button>
      }
    >
      {create.error !== null && <ErrorNotice error={create.error} title="The backup was not made" />}
      {data.backups.length === 0 ? (
        <Text size="sm" c="dimmed">
          There is none yet. The first one is made within a day, or now.
        </Text>
      ) : (
        <BackupTable backups={data.backups} />
      )}
    </Section>
  );
}

/** What the merchant has to know for as long as it may explain why somebody got nothing. */
function RestoredNote({ madeAt, restoredAt }: NonNullable<Backups['restored']>): React.JSX.Element {
  const { sendingOn } = useStatus();
  const shopTime = useShopTime();
  return (
    <Alert
      color={sendingOn ? 'gray' : 'orange'}
      icon={<IconHistory aria-hidden />}
      title={`A backup was restored on ${shopTime(restoredAt)}`}
    >
      <Text size="sm">
        {madeAt > 0 && `It knows what happened until ${shopTime(madeAt)}. `}
        What happened from then to the restore is not sent and not skipped by itself.{' '}
        {!sendingOn && 'Sending is switched off until you switch it on. '}
        Look at <TextLink to="/deliveries?state=unknown">what was in line</TextLink> and at{' '}
        <TextLink to="/replies">the replies</TextLink> that came in between.
      </Text>
    </Alert>
  );
}

function FolderCard({ folder }: Readonly<{ folder: string }>): React.JSX.Element {
  return (
    <Section title="The folder, and another computer">
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Code style={{ overflowWrap: 'anywhere', whiteSpace: 'normal' }}>{folder}</Code>
        <CopyButton value={folder}>
          {({ copied, copy }) => (
            <Button
              size="xs"
              variant="default"
              flex="none"
              onClick={copy}
              leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
            >
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      </Group>
      <List size="sm" type="ordered" spacing={4}>
        <List.Item>Make a backup here, then stop Heads Up on this computer for good: two would both send.</List.Item>
        <List.Item>
          Copy the file into the same folder of Heads Up on the other computer, and restore it there.
        </List.Item>
        <List.Item>Enter the keys there. No backup holds a key.</List.Item>
      </List>
    </Section>
  );
}
