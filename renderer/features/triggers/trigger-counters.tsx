import { Text } from '@mantine/core';
import { TextLink } from '../../components/text-link.tsx';
import { formatNumber } from '../../lib/format.ts';
import { useShopTime } from '../../lib/status.ts';
import type { TriggerView } from './queries.ts';
import classes from './trigger-counters.module.css';

/** The engine stops counting here. */
const MOST_COUNTED = 1000;

/** What became of a trigger's deliveries. Each number leads to the log that it counts. */
export function TriggerCounters({ view }: Readonly<{ view: TriggerView }>): React.JSX.Element {
  const shopTime = useShopTime();
  const log = `/deliveries?trigger=${view.trigger}`;
  return (
    <dl className={classes['counters']}>
      <Counter label="Last accepted">
        {view.lastAcceptedAt === null ? 'None yet' : shopTime(view.lastAcceptedAt)}
      </Counter>
      <Counter label="Accepted in 24 h">
        <TextLink to={`${log}&state=accepted`}>{formatNumber(view.acceptedInDay)}</TextLink>
      </Counter>
      <Counter label="In line">
        {view.open === 0 ? '0' : <TextLink to={log}>{formatCapped(view.open)}</TextLink>}
        {view.nextDueAt !== null && (
          <Text span inherit c="dimmed">
            {' '}
            next {shopTime(view.nextDueAt)}
          </Text>
        )}
      </Counter>
      <Counter label="Not accepted">
        {view.notAccepted === 0 ? (
          '0'
        ) : (
          <TextLink to={`${log}&state=${view.newestRefusal === null ? 'unknown' : 'failed'}`}>
            {formatCapped(view.notAccepted)}
          </TextLink>
        )}
      </Counter>
    </dl>
  );
}

function Counter({ label, children }: Readonly<{ label: string; children: React.ReactNode }>): React.JSX.Element {
  return (
    <div className={classes['counter']}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function formatCapped(count: number): string {
  return count >= MOST_COUNTED ? `${formatNumber(MOST_COUNTED)}+` : formatNumber(count);
}
