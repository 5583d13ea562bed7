import { Group, Text } from '@mantine/core';
import {
  IconCircleCheck,
  IconCircleX,
  IconClockPause,
  IconHelpCircle,
  IconKey,
  IconLock,
  IconPlugX,
  IconSend,
} from '@tabler/icons-react';
import type { AttemptOrigin, AttemptOutcome } from '../../../shared/domain/deliveries.ts';
import type { AttemptView } from '../../../shared/ipc/schemas.ts';
import { LookBadge, type Look } from '../../components/look-badge.tsx';
import { RawText } from '../../components/raw-text.tsx';
import { formatDuration } from '../../lib/format.ts';
import { useShopTime } from '../../lib/status.ts';
import { adviseOn } from './attempt-advice.ts';
import classes from './attempt-item.module.css';

const outcomeLooks: Readonly<Record<AttemptOutcome, Look>> = {
  in_flight: { icon: IconSend, label: 'Under way', color: 'blue' },
  accepted: { icon: IconCircleCheck, label: 'Accepted', color: 'green' },
  already_there: { icon: IconCircleCheck, label: 'Postscript had it already', color: 'green' },
  rate_limited: { icon: IconClockPause, label: 'Asked to wait', color: 'yellow' },
  not_sent: { icon: IconPlugX, label: 'Never left', color: 'yellow' },
  rejected: { icon: IconCircleX, label: 'Refused', color: 'red' },
  key_refused: { icon: IconKey, label: 'Key refused', color: 'red' },
  plan_refused: { icon: IconLock, label: 'Plan does not allow it', color: 'red' },
  unknown: { icon: IconHelpCircle, label: 'No clear answer', color: 'orange' },
};

const originWords: Readonly<Record<AttemptOrigin, string>> = {
  scheduled: 'By itself',
  manual: 'By a person',
  test: 'As a test',
};

export function AttemptItem({ attempt }: Readonly<{ attempt: AttemptView }>): React.JSX.Element {
  const { number, origin, startedAt, endedAt, outcome, httpStatus, message, request, response } = attempt;
  const shopTime = useShopTime();
  const advice = adviseOn(attempt);
  const took = endedAt === null ? '' : `, took ${formatDuration(endedAt - startedAt)}`;
  return (
    <li className={classes['item']}>
      <Group gap="xs">
        <Text size="sm" fw={600}>
          Attempt {number}
        </Text>
        <LookBadge look={outcomeLooks[outcome]} />
        {httpStatus !== null && (
          <Text size="sm" c="dimmed">
            HTTP {httpStatus}
          </Text>
        )}
      </Group>
      <Text size="xs" c="dimmed" mt={2}>
        {originWords[origin]}, {shopTime(startedAt, 'second')}
        {took}
      </Text>
      {message !== null && (
        <Text size="sm" mt={4} style={{ overflowWrap: 'anywhere' }}>
          {message}
        </Text>
      )}
      {advice !== null && (
        <Text size="sm" c="dimmed" mt={4}>
          {advice}
        </Text>
      )}
      {request !== null && <Part title="Request" text={request} />}
      {response !== null && <Part title="Answer" text={response} />}
    </li>
  );
}

function Part({ title, text }: Readonly<{ title: string; text: string }>): React.JSX.Element {
  return (
    <details className={classes['part']}>
      <summary>{title}</summary>
      <RawText>{text}</RawText>
    </details>
  );
}
