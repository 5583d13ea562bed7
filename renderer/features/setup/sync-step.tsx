import { Button, Progress, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { formatCount } from '../../../shared/domain/counts.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Section } from '../../components/section.tsx';
import { formatNumber } from '../../lib/format.ts';
import { useAction } from '../../lib/use-action.ts';
import { overviewQuery, type Setup } from './queries.ts';
import { ConfirmButton, StepActions } from './step-actions.tsx';

type FirstSync = Setup['firstSync'];

export function SyncStep({ firstSync }: Readonly<{ firstSync: FirstSync }>): React.JSX.Element {
  const sync = useAction('sync.run');
  const { isDone, isRunning, problem } = firstSync;
  return (
    <>
      <Section
        title={isDone ? 'Your subscriptions are known' : 'Heads Up reads your subscriptions'}
        description="Nobody is texted about what it finds. What happened before is history; only what changes from now on is announced, and orders that come up."
      >
        {!isDone && <Reading firstSync={firstSync} />}
        <div aria-live="polite">{isDone && <Counts />}</div>
        <div aria-live="polite">
          {problem !== null && (
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              <b>{problem}</b> Heads Up tries again by itself every few minutes.
            </Text>
          )}
        </div>
        {sync.error !== null && <ErrorNotice error={sync.error} title="The reading did not start" />}
        {!isDone && !isRunning && (
          <div>
            <Button variant="default" loading={sync.isPending} onClick={() => sync.mutate({})}>
              Read now
            </Button>
          </div>
        )}
      </Section>
      <StepActions step="sync">
        <ConfirmButton step="sync" variant={isDone ? 'filled' : 'default'}>
          {isDone ? 'Continue' : 'Continue while it reads'}
        </ConfirmButton>
      </StepActions>
    </>
  );
}

function Reading({ firstSync }: Readonly<{ firstSync: FirstSync }>): React.JSX.Element {
  const { rowsRead, rowsTotal, isRunning } = firstSync;
  // Bills are read after the subscriptions, and nobody says how many there are.
  const read = rowsTotal === null ? rowsRead : Math.min(rowsRead, rowsTotal);
  const isAtBills = rowsTotal !== null && rowsRead >= rowsTotal;
  return (
    <div>
      <Text size="sm" mb={6}>
        {rowsTotal === null
          ? `${formatCount(read, 'row')} read so far.`
          : `${formatNumber(read)} of ${formatCount(rowsTotal, 'subscription')} read.`}
        {isAtBills && ' Now the bills of the last days.'}
        {!isRunning && ' Waiting for the next try.'}
      </Text>
      {rowsTotal !== null && rowsTotal > 0 && (
        <Progress value={(read / rowsTotal) * 100} aria-label="Subscriptions read" animated={false} />
      )}
    </div>
  );
}

function Counts(): React.JSX.Element {
  const { data } = useQuery(overviewQuery);
  if (data === undefined) return <Text size="sm">Everything is read.</Text>;
  return (
    <Text size="sm">
      {formatCount(data.customers, 'customer')} with {formatCount(data.activeSubscriptions, 'active subscription')}.
      Changes are looked for every few minutes from now on.
    </Text>
  );
}
