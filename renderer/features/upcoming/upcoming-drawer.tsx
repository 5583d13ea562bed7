import { Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { formatCount } from '../../../shared/domain/counts.ts';
import { decisionReasons } from '../../../shared/domain/decisions.ts';
import type { UpcomingRow } from '../../../shared/ipc/upcoming-contract.ts';
import { Bubble, estimateNote } from '../../components/bubble.tsx';
import { Clip } from '../../components/clip.tsx';
import { Facts, type Fact } from '../../components/facts.tsx';
import { SideDrawer } from '../../components/side-drawer.tsx';
import { TextLink } from '../../components/text-link.tsx';
import { formatDate, formatPhone } from '../../lib/format.ts';
import { useShopTime } from '../../lib/status.ts';
import { OutcomeBadge } from './outcome-badge.tsx';
import type { ForecastDays } from './queries.ts';

type Rest = ForecastDays['restsBecause'];

type UpcomingDrawerProps = Readonly<{ row: UpcomingRow | null; restsBecause: Rest; onClose: () => void }>;

/** One upcoming order beside the list. Escape closes it, and the focus goes back to its row. */
export function UpcomingDrawer({ row, restsBecause, onClose }: UpcomingDrawerProps): React.JSX.Element {
  // While the drawer slides out, it still shows what it showed.
  const [shown, setShown] = useState(row);
  if (row !== null && row !== shown) setShown(row);
  return (
    <SideDrawer
      isOpen={row !== null}
      onClose={onClose}
      title={shown === null ? 'Order' : `Order of ${formatDate(shown.orderDate)}`}
    >
      {shown !== null && <OrderView row={shown} restsBecause={restsBecause} />}
    </SideDrawer>
  );
}

function OrderView({ row, restsBecause }: Readonly<{ row: UpcomingRow; restsBecause: Rest }>): React.JSX.Element {
  const { customerId, customerName, outcome, renderedCopy, segments } = row;
  const shopTime = useShopTime();
  return (
    <Stack>
      <div>
        <OutcomeBadge outcome={outcome} isResting={restsBecause !== null} />
        <Text size="sm" mt={4}>
          {explain(row, restsBecause, shopTime)}
        </Text>
      </div>
      <Facts facts={factsOf(row)} />
      <div>
        <Text size="sm" fw={600} mb={4}>
          {outcome === 'will_not' ? 'The text that would have gone' : 'The text'}
        </Text>
        <Bubble side="to_customer" note={estimateNote}>
          {renderedCopy}
        </Bubble>
        <Text size="sm" c="dimmed" mt={4}>
          {formatCount(segments, 'segment')}.
        </Text>
      </div>
      <Stack gap={4}>
        <Text size="sm">
          <TextLink to={`/customers/${encodeURIComponent(customerId)}`}>
            Everything about {customerName === '' ? 'this customer' : <bdi>{customerName.slice(0, 60)}</bdi>}
          </TextLink>
        </Text>
        <Text size="sm">
          <TextLink to="/triggers/upcoming_order">The Upcoming Order trigger and its copy</TextLink>
        </Text>
        {row.delivery !== null && (
          <Text size="sm">
            <TextLink to={`/deliveries?id=${row.delivery.id}`}>Its notice in the log</TextLink>
          </Text>
        )}
      </Stack>
    </Stack>
  );
}

function explain(
  { goesAt, reason }: UpcomingRow,
  restsBecause: Rest,
  shopTime: ReturnType<typeof useShopTime>,
): string {
  if (goesAt === null) return reason === null ? '' : decisionReasons[reason].sentence;
  if (restsBecause === 'sending_off') return `It would go out ${shopTime(goesAt)} if sending were on.`;
  if (restsBecause === 'trigger_off') return `It would go out ${shopTime(goesAt)} if its trigger were on.`;
  return `It goes out ${shopTime(goesAt)}, unless the order changes until then. That is checked again just before.`;
}

function factsOf(row: UpcomingRow): Fact[] {
  const { customerName, phone, hasEmail, orderDate, noticeDate, platformNumber, productTitles } = row;
  return [
    { label: 'Customer', value: <Clip text={customerName === '' ? 'No name' : customerName} /> },
    { label: 'Phone', value: phone === null ? (hasEmail ? 'None; matched by e-mail' : 'None') : formatPhone(phone) },
    { label: 'Order', value: formatDate(orderDate) },
    { label: 'Products', value: <Clip text={productTitles.length === 0 ? 'Not named' : productTitles.join(', ')} /> },
    { label: 'Subscription', value: <Clip text={platformNumber} /> },
    { label: 'Notice due', value: formatDate(noticeDate) },
  ];
}
