import { Alert, Button, Group, Progress, Stack, Switch, Text } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconClock,
  IconDownload,
  IconRefresh,
  type Icon,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Computer } from '../../../shared/ipc/computer-contract.ts';
import { assertNever } from '../../../shared/result.ts';
import type { FoundUpdate, UpdateState } from '../../../shared/ipc/update-state.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { RawText } from '../../components/raw-text.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { computerQuery } from '../../lib/computer.ts';
import { useShopTime } from '../../lib/status.ts';
import { useAction } from '../../lib/use-action.ts';

/** How this installation gets newer versions: only ever when the merchant says so. */
export function ComputerUpdates(): React.JSX.Element {
  const computer = useQuery(computerQuery);
  return (
    <Loaded query={computer} what="The updates" skeleton={<RowSkeletons rows={2} height={28} />}>
      {({ desktop }) =>
        desktop === null ? (
          <Text size="sm">
            In a browser tab, Heads Up does not update itself. Get the newer version into its folder, stop Heads Up and
            start it again.
          </Text>
        ) : (
          <DesktopUpdates desktop={desktop} />
        )
      }
    </Loaded>
  );
}

function DesktopUpdates({ desktop }: Readonly<{ desktop: NonNullable<Computer['desktop']> }>): React.JSX.Element {
  const { updates, looksForUpdates, installsOnQuit } = desktop;
  const save = useAction('computer.save');
  if (updates.kind === 'no_feed') {
    return (
      <Text size="sm">
        {updates.message} {updates.nextStep}
      </Text>
    );
  }
  return (
    <Stack gap="md">
      <Switch
        label="Look for updates"
        description="At the start and once a day. Nothing is downloaded or installed before you say so."
        checked={looksForUpdates}
        disabled={save.isPending}
        onChange={({ currentTarget }) => save.mutate({ looksForUpdates: currentTarget.checked })}
      />
      {looksForUpdates && (
        <>
          <Switch
            label="Install a downloaded update when I quit"
            description="Without being asked again. It does not start Heads Up."
            checked={installsOnQuit}
            disabled={save.isPending}
            onChange={({ currentTarget }) => save.mutate({ installsOnQuit: currentTarget.checked })}
          />
          <Current updates={updates} installsOnQuit={installsOnQuit} />
        </>
      )}
      {save.error !== null && <ErrorNotice error={save.error} title="The setting was not saved" />}
    </Stack>
  );
}

type CurrentProps = Readonly<{ updates: UpdateState; installsOnQuit: boolean }>;

/** Where the update is, and the one step that comes next. */
function Current({ updates, installsOnQuit }: CurrentProps): React.JSX.Element {
  const check = useAction('computer.checkForUpdate');
  const download = useAction('computer.downloadUpdate');
  const install = useAction('computer.installUpdate');
  const error = check.error ?? download.error ?? install.error;
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="sm">
        <div aria-live="polite" style={{ flex: '1 1 16rem', minWidth: 0 }}>
          <StateNote updates={updates} />
          {updates.kind === 'ready' && (
            <Text size="sm" c="dimmed">
              {installsOnQuit ? 'It gets in when you quit. ' : 'Nothing is installed before you say so. '}
              Restarting finishes the request under way first; sending and reading go on after the start.
            </Text>
          )}
        </div>
        {updates.kind === 'available' && (
          <Button
            leftSection={<IconDownload size={16} aria-hidden />}
            loading={download.isPending}
            onClick={() => download.mutate({})}
          >
            Download
          </Button>
        )}
        {updates.kind === 'ready' && (
          <Button
            leftSection={<IconRefresh size={16} aria-hidden />}
            loading={install.isPending}
            onClick={() => install.mutate({})}
          >
            Restart now
          </Button>
        )}
        {(updates.kind === 'idle' || updates.kind === 'checking' || updates.kind === 'failed') && (
          <Button
            variant="default"
            loading={check.isPending || updates.kind === 'checking'}
            onClick={() => check.mutate({})}
          >
            {updates.kind === 'failed' ? 'Check again' : 'Check now'}
          </Button>
        )}
      </Group>
      {updates.kind === 'downloading' && (
        <Progress value={updates.percent} aria-label={`Download of version ${updates.update.version}`} />
      )}
      {'update' in updates && <Notes update={updates.update} />}
      {error !== null && <ErrorNotice error={error} title="That did not work" />}
    </Stack>
  );
}

type UpdateFailure = Extract<UpdateState, { kind: 'failed' }>;

const failureTitles: Readonly<Record<UpdateFailure['during'], string>> = {
  check: 'The check did not work',
  download: 'The download did not work',
  install: 'The update was not installed',
};

function StateNote({ updates }: Readonly<{ updates: UpdateState }>): React.JSX.Element | null {
  const shopTime = useShopTime();
  switch (updates.kind) {
    // Said by the switch and by the page itself.
    case 'off':
    case 'no_feed':
      return null;
    case 'idle':
      return updates.lastCheckedAt === null ? (
        <StateLine icon={IconClock}>Not checked yet.</StateLine>
      ) : (
        <StateLine icon={IconCircleCheck} color="var(--accent)">
          This is the newest version, as checked {shopTime(updates.lastCheckedAt)}.
        </StateLine>
      );
    case 'checking':
      return <StateLine icon={IconClock}>Checking…</StateLine>;
    case 'available':
      return <StateLine icon={IconDownload}>Version {updates.update.version} is available.</StateLine>;
    case 'downloading':
      return (
        <StateLine icon={IconDownload}>
          Downloading version {updates.update.version}: {updates.percent}%.
        </StateLine>
      );
    case 'ready':
      return (
        <StateLine icon={IconCircleCheck} color="var(--accent)">
          Version {updates.update.version} is downloaded and checked.
        </StateLine>
      );
    case 'failed':
      return (
        <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title={failureTitles[updates.during]}>
          <Text size="sm">
            {updates.message} {updates.nextStep} ({shopTime(updates.failedAt)})
          </Text>
        </Alert>
      );
    default:
      return assertNever(updates);
  }
}

type StateLineProps = Readonly<{ icon: Icon; color?: string; children: React.ReactNode }>;

function StateLine({ icon: LineIcon, color = 'var(--ink-soft)', children }: StateLineProps): React.JSX.Element {
  return (
    <Group gap={6} wrap="nowrap" align="flex-start">
      <LineIcon size={18} color={color} style={{ flex: 'none', marginTop: 2 }} aria-hidden />
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {children}
      </Text>
    </Group>
  );
}

/** Outside text: shown as it is, never as mark-up. */
function Notes({ update }: Readonly<{ update: FoundUpdate }>): React.JSX.Element | null {
  if (update.notes === null) return null;
  return (
    <details>
      <Text component="summary" size="sm" mb={4}>
        What is new in {update.version}
      </Text>
      <RawText>{update.notes}</RawText>
    </details>
  );
}
