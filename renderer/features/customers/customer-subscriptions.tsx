import { Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconCalendarOff, IconCircleCheck, IconCircleX, IconPlayerPause } from '@tabler/icons-react';
import { decisionReasons, type DecisionReason } from '../../../shared/domain/decisions.ts';
import type { SubscriptionStatus } from '../../../shared/domain/platform.ts';
import { Clip } from '../../components/clip.tsx';
import { LookBadge, type Look } from '../../components/look-badge.tsx';
import { Section } from '../../components/section.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatDate } from '../../lib/format.ts';
import { useShopTime } from '../../lib/status.ts';
import { CustomerSkip } from './customer-skip.tsx';
import classes from './customer-subscriptions.module.css';
import type { CustomerDetail } from './queries.ts';

const statusLooks: Readonly<Record<SubscriptionStatus, Look>> = {
  ACTIVE: { icon: IconCircleCheck, label: 'Active', color: 'green' },
  PAUSED: { icon: IconPlayerPause, label: 'Paused', color: 'yellow' },
  CANCELLED: { icon: IconCircleX, label: 'Cancelled', color: 'gray' },
  EXPIRED: { icon: IconCalendarOff, label: 'Expired', color: 'gray' },
  FAILED: { icon: IconAlertTriangle, label: 'Failed', color: 'red' },
};

/** What holds it now. The reason's own sentence tells of something that is past. */
const holdWords: Partial<Record<DecisionReason, string>> = {
  sending_off: 'Its notice waits for sending to be switched on.',
  trigger_off: 'Its notice waits for its trigger to be switched on.',
};

type Notice = NonNullable<CustomerDetail['subscriptions'][number]['nextNotice']>;

/** Each subscription with its next order, when that has its notice, and what was skipped. */
export function CustomerSubscriptions({ customer }: Readonly<{ customer: CustomerDetail }>): React.JSX.Element {
  const { subscriptions, skips } = customer;
  return (
    <Section title="Subscriptions">
      {subscriptions.length === 0 && (
        <Text size="sm" c="dimmed">
          Smartrr lists none for this customer.
        </Text>
      )}
      <ul className={classes['list']}>
        {subscriptions.map((subscription) => {
          const { id, platformNumber, status, nextOrderDate, productTitles, nextNotice } = subscription;
          const skipped = skips.filter(({ subscriptionId }) => subscriptionId === id);
          return (
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
              {nextNotice !== null && <NextNotice notice={nextNotice} />}
              {skipped.length > 0 && (
                <ul className={classes['skips']} aria-label="Skips">
                  {skipped.map((skip) => (
                    <CustomerSkip key={skip.id} skip={skip} />
                  ))}
                </ul>
              )}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

function NextNotice({ notice }: Readonly<{ notice: Notice }>): React.JSX.Element {
  const shopTime = useShopTime();
  const { goesAt, reason, deliveryId } = notice;
  const link = deliveryId !== null && (
    <>
      {' '}
      <TextLink to={`/deliveries?id=${deliveryId}`}>Delivery {deliveryId}</TextLink>
    </>
  );
  if (goesAt !== null) {
    return (
      <Text size="sm">
        Its notice goes to Postscript on {shopTime(goesAt)}.{link}
      </Text>
    );
  }
  return (
    <Text size="sm">
      {reason === null
        ? 'Nothing has been decided about its notice yet.'
        : (holdWords[reason] ?? `Its notice: ${decisionReasons[reason].sentence}`)}
      {link}
    </Text>
  );
}
