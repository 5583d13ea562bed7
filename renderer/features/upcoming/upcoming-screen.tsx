import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { IconAdjustments, IconCalendarOff, IconFilterOff, IconPlugX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'wouter';
import { formatCount } from '../../../shared/domain/counts.ts';
import { FORECAST_DAYS, forecastOutcomes } from '../../../shared/domain/forecast.ts';
import type { TriedSettings } from '../../../shared/ipc/upcoming-contract.ts';
import { DayChart } from '../../components/day-chart.tsx';
import { Empty } from '../../components/empty.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { Screen } from '../../components/screen.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatNumber } from '../../lib/format.ts';
import { useStatus } from '../../lib/status.ts';
import { usePagedList } from '../../lib/use-paged-list.ts';
import { fetchUpcoming, forecastDaysQuery, upcomingKey, type ForecastDays, type UpcomingFilter } from './queries.ts';
import { TrySettings } from './try-settings.tsx';
import { UpcomingDrawer } from './upcoming-drawer.tsx';
import { UpcomingFilters, type FilterName } from './upcoming-filters.tsx';
import { UpcomingTable } from './upcoming-table.tsx';

export function UpcomingScreen(): React.JSX.Element {
  const { lastSyncAt } = useStatus();
  const [isTrying, setIsTrying] = useState(false);
  return (
    <Screen
      title="Upcoming"
      description={`The notices of the next ${FORECAST_DAYS} days: when each goes out, to whom and with which text, or why it does not. Of each subscription only the next order is known. Looking sends nothing.`}
      actions={
        lastSyncAt !== null &&
        !isTrying && (
          <Button
            variant="default"
            leftSection={<IconAdjustments size={16} aria-hidden />}
            onClick={() => setIsTrying(true)}
          >
            Try other settings
          </Button>
        )
      }
    >
      {lastSyncAt === null ? <NotRead /> : <Upcoming isTrying={isTrying} onClose={() => setIsTrying(false)} />}
    </Screen>
  );
}

/** Before the first sync there is nothing to foretell from. */
function NotRead(): React.JSX.Element {
  const { sync, connections } = useStatus();
  const isConnected = connections.some(({ name, state }) => name === 'smartrr' && state !== 'missing');
  if (!isConnected) {
    return (
      <Empty
        icon={IconPlugX}
        title="No orders are known yet"
        action={<TextLink to="/settings/connections">Connect Smartrr</TextLink>}
      >
        Orders come from Smartrr with the first sync.
      </Empty>
    );
  }
  return (
    <Stack>
      <Text size="sm" aria-live="polite">
        {sync.isRunning
          ? `Reading Smartrr for the first time: ${formatCount(sync.rowsSeen, 'row')} so far.`
          : 'Smartrr is read for the first time. Orders appear here as soon as that is done.'}
      </Text>
      <RowSkeletons rows={6} height={56} />
    </Stack>
  );
}

/** The filters and the open order live in the address, so that back, forward and a reload restore them. */
function Upcoming({ isTrying, onClose }: Readonly<{ isTrying: boolean; onClose: () => void }>): React.JSX.Element {
  const [params, setParams] = useSearchParams();
  const [tried, setTried] = useState<TriedSettings | null>(null);
  const forecast = useQuery(forecastDaysQuery(tried));
  const filter: UpcomingFilter = {
    outcome: forecastOutcomes.find((outcome) => outcome === params.get('show')) ?? null,
    text: (params.get('q') ?? '').slice(0, 200),
    noticeDate: /^\d{4}-\d{2}-\d{2}$/.exec(params.get('day') ?? '')?.[0] ?? null,
    tried,
  };
  const { list, ...paging } = usePagedList(upcomingKey(filter), (cursor) => fetchUpcoming(filter, cursor));
  const restsBecause = forecast.data?.restsBecause ?? null;
  const openRow = list.data?.find(({ subscriptionId }) => subscriptionId === params.get('order')) ?? null;
  const isFiltered = filter.outcome !== null || filter.text !== '' || filter.noticeDate !== null;

  function setParam(name: FilterName | 'order', value: string | null): void {
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        if (value === null) after.delete(name);
        else after.set(name, value);
        return after;
      },
      { replace: name === 'q' },
    );
  }

  return (
    <Stack gap="md">
      <Loaded query={forecast} what="The forecast" skeleton={<Skeleton height={240} radius="md" />}>
        {(data) => (
          <Stack gap="md">
            {isTrying && (
              <TrySettings saved={data.saved} difference={data.difference} onTry={setTried} onClose={onClose} />
            )}
            <DayChart
              title={`Notices in the next ${FORECAST_DAYS} days`}
              description={summarise(data)}
              days={data.days.map(({ date, goes, tried: withTried }) => ({ date, count: goes, tried: withTried }))}
              counted={data.restsBecause === null ? 'Go out' : 'Would go out'}
              whenEmpty="No notice goes out in these days."
              linkOf={(date) => `/upcoming?day=${date}`}
            />
          </Stack>
        )}
      </Loaded>
      <UpcomingFilters filter={filter} onChange={setParam} />
      <Loaded query={list} what="The upcoming orders" skeleton={<RowSkeletons rows={8} height={52} />}>
        {(rows) => (
          <div>
            {rows.length > 0 && (
              <UpcomingTable
                rows={rows}
                isResting={restsBecause !== null}
                onOpen={(subscriptionId) => setParam('order', subscriptionId)}
              />
            )}
            {(rows.length > 0 || paging.hasMore) && (
              <LoadMore shown={rows.length} one="order" many="orders" lastOne="the last of these days" {...paging} />
            )}
            {rows.length === 0 && !paging.hasMore && (
              <NothingHere isFiltered={isFiltered} onClear={() => setParams({})} />
            )}
          </div>
        )}
      </Loaded>
      <UpcomingDrawer row={openRow} restsBecause={restsBecause} onClose={() => setParam('order', null)} />
    </Stack>
  );
}

function summarise({ totals, restsBecause }: ForecastDays): string {
  const going = restsBecause === null ? 'go out' : 'would go out';
  const counts = `${formatNumber(totals.goes)} ${going}, ${formatNumber(totals.will_not)} will not, ${formatNumber(totals.noticed)} ${totals.noticed === 1 ? 'order has its' : 'orders have their'} notice.`;
  if (restsBecause === 'sending_off') return `${counts} Sending is off, so nothing goes out.`;
  if (restsBecause === 'trigger_off') return `${counts} The Upcoming Order trigger is off, so nothing goes out.`;
  return counts;
}

function NothingHere({ isFiltered, onClear }: Readonly<{ isFiltered: boolean; onClear: () => void }>) {
  if (!isFiltered) {
    return (
      <Empty
        icon={IconCalendarOff}
        title="No order comes up"
        action={<TextLink to="/customers">Look at the subscriptions</TextLink>}
      >
        No live subscription has its next order in these days.
      </Empty>
    );
  }
  return (
    <Empty
      icon={IconFilterOff}
      title="No order matches"
      action={
        <Button variant="default" onClick={onClear}>
          Clear the filters
        </Button>
      }
    >
      None of the orders of these days is like that.
    </Empty>
  );
}
