import { Badge, Group, Text } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { Clip } from '../../components/clip.tsx';
import { DeliveryStateBadge } from '../../components/delivery-state-badge.tsx';
import { Empty } from '../../components/empty.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { Section } from '../../components/section.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { everyDelivery } from '../../../shared/domain/delivery-filter.ts';
import type { DeliveryRow } from '../../../shared/ipc/schemas.ts';
import type { TriggerName } from '../../../shared/domain/triggers.ts';
import { call } from '../../lib/call.ts';
import { useShopTime } from '../../lib/status.ts';
import { usePagedList } from '../../lib/use-paged-list.ts';
import classes from './history-tab.module.css';

/** The deliveries of one trigger, newest first. The log itself has the filters. */
export function HistoryTab({ trigger }: Readonly<{ trigger: TriggerName }>): React.JSX.Element {
  const deliveries = usePagedList(['deliveries', 'of', trigger], (cursor) =>
    call('deliveries.list', { cursor, filter: { ...everyDelivery, trigger } }),
  );
  return (
    <Section
      title="Deliveries"
      actions={<TextLink to={`/deliveries?trigger=${trigger}`}>Open in the log, with filters</TextLink>}
    >
      <Loaded query={deliveries.list} what="The deliveries" skeleton={<RowSkeletons rows={6} />}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty icon={IconSend} title="Nothing yet">
              Deliveries of this trigger appear here, tests too.
            </Empty>
          ) : (
            <>
              <ul className={classes['rows']}>
                {rows.map((row) => (
                  <HistoryRow key={row.id} row={row} />
                ))}
              </ul>
              <LoadMore shown={rows.length} one="delivery" many="deliveries" {...deliveries} />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

function HistoryRow({ row }: Readonly<{ row: DeliveryRow }>): React.JSX.Element {
  const shopTime = useShopTime();
  return (
    <li className={classes['row']}>
      <Group gap="xs" wrap="nowrap">
        <DeliveryStateBadge state={row.state} />
        {row.isTest && <Badge color="violet">Test</Badge>}
      </Group>
      <Clip text={row.customerName === '' ? (row.phone ?? 'Nobody') : row.customerName} />
      <Text size="sm" c="dimmed">
        {shopTime(row.finishedAt ?? row.dueAt ?? row.createdAt)}
      </Text>
      <TextLink to={`/deliveries?id=${row.id}`}>Delivery {row.id}</TextLink>
    </li>
  );
}
