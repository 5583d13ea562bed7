import { Group, Text, Title } from '@mantine/core';
import { triggers } from '../../../shared/domain/triggers.ts';
import type { DecisionView } from '../../../shared/ipc/schemas.ts';
import { DecisionLine } from '../../components/decision-line.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { RowSkeletons } from '../../components/row-skeletons.tsx';
import { Section } from '../../components/section.tsx';
import { formatDate } from '../../lib/format.ts';
import { useShopTime } from '../../lib/status.ts';
import { usePagedList } from '../../lib/use-paged-list.ts';
import classes from './customer-timeline.module.css';
import { DecisionLinks } from './decision-links.tsx';
import { groupByOrder, type OrderGroup } from './group-by-order.ts';
import { decisionsKey, fetchDecisions, type CustomerDetail } from './queries.ts';

/** Every decision about one customer, by order, newest first. */
export function CustomerTimeline({ customer }: Readonly<{ customer: CustomerDetail }>): React.JSX.Element {
  const { id, subscriptions } = customer;
  const { list, ...paging } = usePagedList(decisionsKey(id), (cursor) => fetchDecisions(id, cursor));
  const numberOf = (subscriptionId: string | null): string | null =>
    subscriptions.length < 2 ? null : (subscriptions.find((one) => one.id === subscriptionId)?.platformNumber ?? null);
  return (
    <Section title="Every decision" description="By order, newest first.">
      <Loaded query={list} what="The decisions" skeleton={<RowSkeletons rows={5} height={56} />}>
        {(rows) =>
          rows.length === 0 ? (
            <Text size="sm" c="dimmed">
              Nothing has been decided about this customer yet.
            </Text>
          ) : (
            <div>
              <div className={classes['groups']}>
                {groupByOrder(rows).map((group) => (
                  <Order key={group.key} group={group} subscriptionNumber={numberOf(group.subscriptionId)} />
                ))}
              </div>
              <LoadMore shown={rows.length} one="decision" many="decisions" {...paging} />
            </div>
          )
        }
      </Loaded>
    </Section>
  );
}

type OrderProps = Readonly<{ group: OrderGroup; subscriptionNumber: string | null }>;

function Order({ group, subscriptionNumber }: OrderProps): React.JSX.Element {
  const { orderDate, decisions } = group;
  return (
    <div>
      <Title order={3} size="sm" className={classes['order']}>
        {orderDate === null ? 'About no order' : `Order of ${formatDate(orderDate)}`}
        {subscriptionNumber !== null && (
          <Text span size="sm" c="dimmed">
            {' '}
            of subscription {subscriptionNumber}
          </Text>
        )}
      </Title>
      <ol className={classes['list']}>
        {decisions.map((decision) => (
          <DecisionItem key={decision.id} decision={decision} />
        ))}
      </ol>
    </div>
  );
}

function DecisionItem({ decision }: Readonly<{ decision: DecisionView }>): React.JSX.Element {
  const shopTime = useShopTime();
  const { at, trigger, reason, detail, deliveryId, replyId } = decision;
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
          <DecisionLinks deliveryId={deliveryId} replyId={replyId} />
        </Group>
      </div>
    </li>
  );
}
