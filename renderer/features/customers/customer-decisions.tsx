import { Group, Text } from '@mantine/core';
import { triggers } from '../../../shared/domain/triggers.ts';
import type { DecisionView } from '../../../shared/ipc/schemas.ts';
import { DecisionLine } from '../../components/decision-line.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { Section } from '../../components/section.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatDate } from '../../lib/format.ts';
import { useShopTime } from '../../lib/status.ts';
import { usePagedList } from '../../lib/use-paged-list.ts';
import classes from './customer-decisions.module.css';
import { decisionsKey, fetchDecisions } from './queries.ts';

/** The answer to "why did she not get it?": every decision about one customer, newest first. */
export function CustomerDecisions({ customerId }: Readonly<{ customerId: string }>): React.JSX.Element {
  const { list, ...paging } = usePagedList(decisionsKey(customerId), (cursor) => fetchDecisions(customerId, cursor));
  return (
    <Section title="Every decision" description="Newest first.">
      <Loaded query={list} what="The decisions" skeleton={<RowSkeletons rows={5} height={56} />}>
        {(rows) =>
          rows.length === 0 ? (
            <Text size="sm" c="dimmed">
              Nothing has been decided about this customer yet.
            </Text>
          ) : (
            <div>
              <ol className={classes['list']}>
                {rows.map((decision) => (
                  <DecisionItem key={decision.id} decision={decision} />
                ))}
              </ol>
              <LoadMore shown={rows.length} one="decision" many="decisions" {...paging} />
            </div>
          )
        }
      </Loaded>
    </Section>
  );
}

function DecisionItem({ decision }: Readonly<{ decision: DecisionView }>): React.JSX.Element {
  const shopTime = useShopTime();
  const { at, trigger, orderDate, reason, detail, deliveryId } = decision;
  return (
    <li className={classes['item']}>
      <div className={classes['what']}>
        <Text size="sm" fw={600}>
          {trigger === null ? 'Reply' : triggers[trigger].title}
        </Text>
        <Text size="xs" c="dimmed">
          {shopTime(at, 'second')}
        </Text>
      </div>
      <div className={classes['why']}>
        <DecisionLine reason={reason} detail={detail} />
        <Group gap="md" pl={26}>
          {orderDate !== null && (
            <Text size="xs" c="dimmed">
              Order {formatDate(orderDate)}
            </Text>
          )}
          {deliveryId !== null && (
            <Text size="xs">
              <TextLink to={`/deliveries?id=${deliveryId}`}>Delivery {deliveryId}</TextLink>
            </Text>
          )}
        </Group>
      </div>
    </li>
  );
}
