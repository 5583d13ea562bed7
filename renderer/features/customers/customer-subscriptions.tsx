import { Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconCalendarOff, IconCircleCheck, IconCircleX, IconPlayerPause } from '@tabler/icons-react';
import type { SubscriptionStatus } from '../../../shared/domain/platform.ts';
import type { SubscriptionView } from '../../../shared/ipc/schemas.ts';
import { Clip } from '../../components/clip.tsx';
import { LookBadge, type Look } from '../../components/look-badge.tsx';
import { Section } from '../../components/section.tsx';
import { formatDate } from '../../lib/format.ts';
import classes from './customer-subscriptions.module.css';

const statusLooks: Readonly<Record<SubscriptionStatus, Look>> = {
  ACTIVE: { icon: IconCircleCheck, label: 'Active', color: 'green' },
  PAUSED: { icon: IconPlayerPause, label: 'Paused', color: 'yellow' },
  CANCELLED: { icon: IconCircleX, label: 'Cancelled', color: 'gray' },
  EXPIRED: { icon: IconCalendarOff, label: 'Expired', color: 'gray' },
  FAILED: { icon: IconAlertTriangle, label: 'Failed', color: 'red' },
};

type CustomerSubscriptionsProps = Readonly<{ subscriptions: readonly SubscriptionView[] }>;

export function CustomerSubscriptions({ subscriptions }: CustomerSubscriptionsProps): React.JSX.Element {
  return (
    <Section title="Subscriptions">
      {subscriptions.length === 0 && (
        <Text size="sm" c="dimmed">
          Smartrr lists none for this customer.
        </Text>
      )}
      <ul className={classes['list']}>
        {subscriptions.map(({ id, platformNumber, status, nextOrderDate, productTitles }) => (
          <li key={id} className={classes['item']}>
            <Group gap="xs">
              <Text size="sm" fw={600}>
                Subscription {platformNumber}
              </Text>
              <LookBadge look={statusLooks[status]} />
              <Text size="sm">
                {nextOrderDate === null ? 'No next order' : `Next order ${formatDate(nextOrderDate)}`}
              </Text>
            </Group>
            <Text size="sm" c="dimmed">
              <Clip text={productTitles.join(', ') || 'Products unknown'} />
            </Text>
          </li>
        ))}
      </ul>
    </Section>
  );
}
