import { Button, Group, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { formatCount } from '../../shared/domain/counts.ts';
import { ErrorNotice } from '../components/error-notice.tsx';
import { Facts } from '../components/facts.tsx';
import { useShopTime, useStatus } from '../lib/status.ts';
import { useAction } from '../lib/use-action.ts';
import classes from './header.module.css';

/** How fresh everything is, and when it is looked at next. */
export function SyncPanel({ id }: Readonly<{ id: string }>): React.JSX.Element {
  const { sync, lastSyncAt, nextReplyPollAt, isPractice, connections, version } = useStatus();
  const shopTime = useShopTime();
  const run = useAction('sync.run');
  const isMissing = (wanted: 'smartrr' | 'inbox'): boolean =>
    connections.some(({ name, state }) => name === wanted && state === 'missing');
  const describeNext = (at: number | null, service: 'smartrr' | 'inbox'): string => {
    if (isMissing(service)) return 'Not connected';
    if (at !== null) return shopTime(at);
    return isPractice ? 'When the practice clock moves' : 'Not planned';
  };

  return (
    <section id={id} className={classes['panel']} aria-label="Sync">
      <Facts
        facts={[
          { label: 'Last sync', value: lastSyncAt === null ? 'None yet' : shopTime(lastSyncAt) },
          {
            label: 'Next sync',
            value: sync.isRunning
              ? `Running, ${formatCount(sync.rowsSeen, 'row')} read`
              : describeNext(sync.nextAt, 'smartrr'),
          },
          { label: 'Next look for replies', value: describeNext(nextReplyPollAt, 'inbox') },
          { label: 'Heads Up', value: `Version ${version}` },
        ]}
      />
      {sync.problem !== null && (
        <Text size="sm" c="red" style={{ overflowWrap: 'anywhere' }}>
          The last sync did not finish: {sync.problem}
        </Text>
      )}
      <Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconRefresh size={14} aria-hidden />}
          loading={run.isPending}
          disabled={sync.isRunning || isMissing('smartrr')}
          onClick={() => run.mutate({})}
        >
          Sync now
        </Button>
      </Group>
      {run.error !== null && <ErrorNotice error={run.error} title="The sync could not be started" />}
    </section>
  );
}
