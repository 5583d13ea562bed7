import { SimpleGrid, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { formatCount } from '../../../shared/domain/counts.ts';
import { DayChart } from '../../components/day-chart.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Screen } from '../../components/screen.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { computerQuery } from '../../lib/computer.ts';
import { useStatus } from '../../lib/status.ts';
import { ConnectionHealth } from './connection-health.tsx';
import { FirstStart } from './first-start.tsx';
import { NeedsPerson } from './needs-person.tsx';
import { overviewQuery, type Overview } from './queries.ts';
import { SendingCard } from './sending-card.tsx';
import { SetUpProgress } from './set-up-progress.tsx';
import { TodayNumbers } from './today-numbers.tsx';

export function OverviewScreen(): React.JSX.Element {
  const { isPractice, connections } = useStatus();
  const { data: computer } = useQuery(computerQuery);
  const isConnected = connections.some(({ state }) => state !== 'missing');
  // Keys that are saved and cannot be opened: that shop is not new, and its overview says what is the matter.
  const hasSavedKeys = computer?.secretStore.problem != null;
  const isFirstStart = !isPractice && !isConnected && !hasSavedKeys;
  return isFirstStart ? <FirstStart /> : <RunningOverview />;
}

function RunningOverview(): React.JSX.Element {
  const overview = useQuery(overviewQuery);
  return (
    <Screen title="Overview" {...describe(overview.data)}>
      <Loaded query={overview} what="The overview" skeleton={<OverviewSkeleton />}>
        {(data) => (
          <Stack gap="md">
            <NeedsPerson overview={data} />
            <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
              <ConnectionHealth />
              <SendingCard noticesDueNow={data.noticesDueNow} />
            </SimpleGrid>
            <TodayNumbers today={data.today} />
            <DayChart
              title="Orders that come up in the next 14 days"
              description={<NoticesAhead days={data.upcomingNotices} />}
              days={data.upcomingNotices.map(({ date, notices }) => ({ date, count: notices }))}
              counted="Orders"
              whenEmpty="No order comes up for a notice in these days."
              linkOf={(date) => `/upcoming?day=${date}`}
            />
            <SetUpProgress />
          </Stack>
        )}
      </Loaded>
    </Screen>
  );
}

function NoticesAhead({ days }: Readonly<{ days: Overview['upcomingNotices'] }>): React.JSX.Element {
  const total = days.reduce((sum, { notices }) => sum + notices, 0);
  return (
    <>
      {formatCount(total, 'order')}, by the day on which the notice is due.{' '}
      <TextLink to="/upcoming">See each notice, and why some do not go</TextLink>
    </>
  );
}

function describe(overview: Overview | undefined): { description?: string } {
  if (overview === undefined) return {};
  const customers = formatCount(overview.customers, 'customer');
  return { description: `${customers}, ${formatCount(overview.activeSubscriptions, 'active subscription')}.` };
}

function OverviewSkeleton(): React.JSX.Element {
  return (
    <Stack gap="md">
      <Skeleton height={92} radius="md" />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <Skeleton height={190} radius="md" />
        <Skeleton height={190} radius="md" />
      </SimpleGrid>
      <Skeleton height={110} radius="md" />
      <Skeleton height={220} radius="md" />
    </Stack>
  );
}
