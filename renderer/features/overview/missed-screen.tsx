import { Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { Empty } from '../../components/empty.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { Screen } from '../../components/screen.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { usePagedList } from '../../lib/use-paged-list.ts';
import { MissedTable } from './missed-table.tsx';
import { fetchMissed, missedKey } from './queries.ts';

/** Who was to hear about an order and did not: for a person to call, or to move the order by hand. */
export function MissedScreen(): React.JSX.Element {
  const { list, ...paging } = usePagedList(missedKey, fetchMissed);
  return (
    <Screen
      title="Missed notices"
      description="Notices of the last seven days that did not go out, because too little time was left before the order is charged. That happens when Heads Up was not running, or when an order was made or moved at the last moment."
    >
      <Loaded query={list} what="The missed notices" skeleton={<RowSkeletons rows={6} height={52} />}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty icon={IconCircleCheck} title="No notice was missed" action={<TextLink to="/">Overview</TextLink>}>
              Every notice of the last seven days was in time.
            </Empty>
          ) : (
            <div>
              <MissedTable rows={rows} />
              <LoadMore shown={rows.length} one="missed notice" many="missed notices" {...paging} />
              <Text size="sm" c="dimmed" mt="sm">
                More days before the order, or a shorter minimum notice, leave more time:{' '}
                <TextLink to="/upcoming">try it under Upcoming</TextLink>.
              </Text>
            </div>
          )
        }
      </Loaded>
    </Screen>
  );
}
