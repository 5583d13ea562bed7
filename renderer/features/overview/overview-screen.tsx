import { SimpleGrid, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Loaded } from '../../components/loaded.tsx';
import { Screen } from '../../components/screen.tsx';
import { formatCount } from '../../lib/format.ts';
import { useStatus } from '../../lib/status.ts';
import { ConnectionHealth } from './connection-health.tsx';
import { FirstStart } from './first-start.tsx';
import { NeedsPerson } from './needs-person.tsx';
import { overviewQuery, type Overview } from './queries.ts';
import { SendingCard } from './sending-card.tsx';
import { TodayNumbers } from './today-numbers.tsx';
import { UpcomingStrip } from './upcoming-strip.tsx';

export function OverviewScreen(): React.JSX.Element {
  const { isPractice, connections } = useStatus();
  const isFirstStart = !isPractice && connections.every(({ state }) => state === 'missing');
  return isFirstStart ? <FirstStart /> : <RunningOverview />;
}

function RunningOverview(): React.JSX.Element {
  const overview = useQuery(overviewQuery);
  return (
    <Screen title="Overview" {...describe(overview.data)}>
      <Loaded query={overview} what="The overview" skeleton={<OverviewSkeleton />}>
        {(data) => (
          <Stack gap="md">
            <NeedsPerson />
            <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
              <SendingCard noticesDueNow={data.noticesDueNow} />
              <ConnectionHealth />
            </SimpleGrid>
            <TodayNumbers today={data.today} />
            <UpcomingStrip days={data.upcomingNotices} />
          </Stack>
        )}
      </Loaded>
    </Screen>
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
