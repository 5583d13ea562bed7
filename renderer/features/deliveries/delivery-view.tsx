import { Badge, Group, Stack, Text, Title } from '@mantine/core';
import { triggers } from '../../../shared/domain/triggers.ts';
import type { DecisionView } from '../../../shared/ipc/schemas.ts';
import { Bubble, estimateNote } from '../../components/bubble.tsx';
import { Clip } from '../../components/clip.tsx';
import { DecisionLine } from '../../components/decision-line.tsx';
import { DeliveryStateBadge } from '../../components/delivery-state-badge.tsx';
import { Facts, type Fact } from '../../components/facts.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatDate, formatPhone } from '../../lib/format.ts';
import { useShopTime } from '../../lib/status.ts';
import { AttemptItem } from './attempt-item.tsx';
import { DeliveryActions } from './delivery-actions.tsx';
import { DeliveryTools } from './delivery-tools.tsx';
import classes from './delivery-view.module.css';
import { NextStepItem } from './next-step-item.tsx';
import type { DeliveryDetail } from './queries.ts';

type DeliveryViewProps = Readonly<{
  detail: DeliveryDetail;
  isPhoneShown: boolean;
  onTogglePhone: () => void;
}>;

export function DeliveryView({ detail, isPhoneShown, onTogglePhone }: DeliveryViewProps): React.JSX.Element {
  const { delivery, attempts, decisions, renderedCopy, properties } = detail;
  const shopTime = useShopTime();
  return (
    <Stack gap="lg">
      <Group gap="xs">
        <Text fw={650} size="lg">
          {triggers[delivery.trigger].title}
        </Text>
        <DeliveryStateBadge state={delivery.state} />
        {delivery.isTest && <Badge color="violet">Test</Badge>}
      </Group>
      <DeliveryTools detail={detail} isPhoneShown={isPhoneShown} onTogglePhone={onTogglePhone} />
      <DeliveryActions delivery={delivery} />
      <Facts facts={factsOf(detail, shopTime)} />
      <section>
        <Title order={3} mb="xs">
          The text
        </Title>
        <Bubble side="to_customer" note={estimateNote}>
          {renderedCopy}
        </Bubble>
      </section>
      <section>
        <Title order={3} mb="xs">
          Attempts
        </Title>
        {attempts.length === 0 && delivery.waitsFor === null ? (
          <Text size="sm" c="dimmed">
            No request has been made.
          </Text>
        ) : (
          <ol className={classes['timeline']}>
            {attempts.map((attempt) => (
              <AttemptItem key={attempt.number} attempt={attempt} />
            ))}
            <NextStepItem detail={detail} />
          </ol>
        )}
      </section>
      <section>
        <Title order={3} mb="xs">
          Decisions
        </Title>
        <ol className={classes['list']}>
          {decisions.map((decision) => (
            <DecisionItem key={decision.id} decision={decision} />
          ))}
        </ol>
      </section>
      <section>
        <Title order={3} mb="xs">
          Tags sent along
        </Title>
        <Facts
          facts={Object.entries(properties).map(([label, value]) => ({
            label: `{${label}}`,
            value: String(value),
            isTag: true,
          }))}
        />
      </section>
    </Stack>
  );
}

function DecisionItem({ decision }: Readonly<{ decision: DecisionView }>): React.JSX.Element {
  const shopTime = useShopTime();
  return (
    <li>
      <Text size="xs" c="dimmed">
        {shopTime(decision.at, 'second')}
      </Text>
      <DecisionLine reason={decision.reason} detail={decision.detail} />
    </li>
  );
}

function factsOf({ delivery }: DeliveryDetail, shopTime: ReturnType<typeof useShopTime>): Fact[] {
  const { customerId, customerName, phone, orderDate, subscriptionId, createdAt, dueAt, finishedAt, key } = delivery;
  const name = <Clip text={customerName === '' ? 'Nobody' : customerName} />;
  const facts: Fact[] = [
    {
      label: 'Customer',
      value: customerId === null ? name : <TextLink to={customerPath(customerId)}>{name}</TextLink>,
    },
  ];
  if (phone !== null) facts.push({ label: 'Phone', value: formatPhone(phone) });
  if (orderDate !== null) facts.push({ label: 'Order', value: formatDate(orderDate) });
  if (subscriptionId !== null) facts.push({ label: 'Subscription', value: subscriptionId });
  facts.push({ label: 'Decided', value: shopTime(createdAt, 'second') });
  if (dueAt !== null) facts.push({ label: 'Due', value: shopTime(dueAt, 'second') });
  if (finishedAt !== null) facts.push({ label: 'Finished', value: shopTime(finishedAt, 'second') });
  facts.push({ label: 'Key', value: <span className={classes['tag']}>{key}</span> });
  return facts;
}

function customerPath(id: string): string {
  return `/customers/${encodeURIComponent(id)}`;
}
