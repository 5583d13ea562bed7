import { Button, Group, Stack, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { formatCount } from '../../../shared/domain/counts.ts';
import { connectionNames, connectionStateLooks } from '../../components/connection-looks.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { LookBadge } from '../../components/look-badge.tsx';
import { Section } from '../../components/section.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { useShopTime, useStatus, type Status } from '../../lib/status.ts';
import { useAction } from '../../lib/use-action.ts';
import classes from './connection-health.module.css';

type Connection = Status['connections'][number];

/** What each service is for, so that "not connected" says what is missed. */
const uses: Readonly<Record<Connection['name'], string>> = {
  postscript: 'takes the triggers and texts customers',
  smartrr: 'tells what happens to subscriptions, and skips orders',
  inbox: 'brings the replies of customers',
};

const nextSteps: Readonly<Record<Connection['state'], string | null>> = {
  missing: 'Connect it',
  ok: null,
  failing: 'Look at the connection',
  refused: 'Replace the key',
};

export function ConnectionHealth(): React.JSX.Element {
  const { connections, sync, lastSyncAt } = useStatus();
  const shopTime = useShopTime();
  const run = useAction('sync.run');
  return (
    <Section title="Connections">
      <ul className={classes['connections']}>
        {connections.map((connection) => (
          <li key={connection.name}>
            <Group justify="space-between" gap="xs">
              <Text size="sm" fw={600}>
                {connectionNames[connection.name]}
              </Text>
              <LookBadge look={connectionStateLooks[connection.state]} />
            </Group>
            <Text size="sm" c="dimmed" className={classes['words']}>
              {describe(connection, shopTime)}{' '}
              {nextSteps[connection.state] !== null && (
                <TextLink to="/settings/connections">{nextSteps[connection.state]}</TextLink>
              )}
            </Text>
          </li>
        ))}
      </ul>
      <Group justify="space-between" gap="sm">
        <Stack gap={0} aria-live="polite" style={{ flex: 1, minWidth: '10rem' }}>
          <Text size="sm">
            {sync.isRunning
              ? `Reading Smartrr: ${formatCount(sync.rowsSeen, 'row')} so far.`
              : lastSyncAt === null
                ? 'Smartrr has not been read yet.'
                : `Smartrr was read ${shopTime(lastSyncAt)}.`}
          </Text>
          {sync.problem !== null && (
            <Text size="sm" c="var(--mantine-color-error)" className={classes['words']}>
              {sync.problem}
            </Text>
          )}
        </Stack>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconRefresh size={14} aria-hidden />}
          loading={run.isPending}
          disabled={sync.isRunning}
          onClick={() => run.mutate({})}
        >
          Read now
        </Button>
      </Group>
      {run.error !== null && <ErrorNotice error={run.error} title="Smartrr could not be read" />}
    </Section>
  );
}

function describe(
  { name, state, label, lastOkAt, failingSince, problem }: Connection,
  shopTime: (at: number) => string,
): string {
  if (state === 'missing') return `It ${uses[name]}.`;
  const answered = lastOkAt === null ? 'Not asked yet.' : `Last answer ${shopTime(lastOkAt)}.`;
  if (state === 'ok') return label === null ? answered : `${label}. ${answered}`;
  const since = failingSince === null ? '' : ` Since ${shopTime(failingSince)}.`;
  const retried = state === 'failing' ? ' It is tried again by itself.' : '';
  return `${problem ?? 'It does not answer.'}${since} ${answered}${retried}`;
}
