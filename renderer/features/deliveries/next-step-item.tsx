import { Text } from '@mantine/core';
import type { AttemptView } from '../../../shared/ipc/schemas.ts';
import { useShopTime } from '../../lib/status.ts';
import classes from './attempt-item.module.css';
import type { DeliveryDetail } from './queries.ts';
import { waitWords } from './wait-words.ts';

/** The end of the timeline while the delivery is open: when the next request is due, and why not now. */
export function NextStepItem({ detail }: Readonly<{ detail: DeliveryDetail }>): React.JSX.Element | null {
  const { delivery, attempts, deadlineAt } = detail;
  const shopTime = useShopTime();
  const { waitsFor, dueAt } = delivery;
  if (waitsFor === null || dueAt === null) return null;
  const last = attempts.at(-1);
  const isTimed = waitsFor === 'time' || waitsFor === 'window' || waitsFor === 'retry';
  return (
    <li className={classes['item']} data-future>
      <Text size="sm" fw={600}>
        {isTimed ? `${last === undefined ? 'Due' : 'Next try'} ${shopTime(dueAt, 'second')}` : 'Not yet'}
      </Text>
      <Text size="sm">{waitsFor === 'retry' ? whyRetry(last, shopTime(dueAt, 'second')) : waitWords[waitsFor]}</Text>
      <Text size="xs" c="dimmed">
        If it has not left by {shopTime(deadlineAt)}, it is not sent.
      </Text>
    </li>
  );
}

function whyRetry(last: AttemptView | undefined, dueAt: string): string {
  if (last?.outcome === 'rate_limited') return `Postscript asked us to wait; the next try is at ${dueAt}.`;
  if (last?.outcome === 'not_sent') return 'The request never left, so nobody can be texted twice.';
  return waitWords.retry;
}
