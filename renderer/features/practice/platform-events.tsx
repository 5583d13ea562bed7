import { Text } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { Clip } from '../../components/clip.tsx';
import { Empty } from '../../components/empty.tsx';
import { useShopTime } from '../../lib/status.ts';
import classes from './platform-events.module.css';
import type { Practice } from './queries.ts';

/** What the simulated Smartrr itself recorded: the other side of every claim that the console makes. */
export function PlatformEvents({ events }: Readonly<{ events: Practice['platformEvents'] }>): React.JSX.Element {
  const shopTime = useShopTime();
  if (events.length === 0) {
    return (
      <Empty icon={IconListDetails} title="Nothing recorded yet">
        Move the clock to the next event.
      </Empty>
    );
  }
  return (
    <ol className={classes['list']}>
      {events.map(({ at, customerName, text }, index) => (
        <li key={`${at} ${index}`} className={classes['event']}>
          <Text size="xs" c="dimmed">
            {shopTime(at)}
          </Text>
          <Text size="sm" fw={600}>
            <Clip text={customerName} />
          </Text>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {text}
          </Text>
        </li>
      ))}
    </ol>
  );
}
